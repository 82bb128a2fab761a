import { expect, test } from 'vitest';
import { fieldErrors } from '@/lib/platform/form';
import { parseLocalDate } from '@/lib/platform/time';
import { copyForm, copyValues } from '@/lib/schedule/copy-form.schema';
import { dateValues } from '@/lib/schedule/pattern-form.schema';

const TODAY = parseLocalDate('2026-11-24');

function dates(given: Record<string, string>): Record<string, string> {
  return Object.entries(given).reduce((typed, [name, text]) => ({ ...typed, ...dateValues(name, parseLocalDate(text)) }), {});
}

function copied(what: 'day' | 'week', given: Record<string, string>, more: Record<string, string> = {}) {
  if (!TODAY) throw new Error('no date');
  const parsed = copyForm(TODAY).safeParse({ what, ...dates(given), ...more });
  return parsed.success ? { targets: parsed.data.map(({ to }) => to), pairs: parsed.data } : { faults: fieldErrors(parsed.error) };
}

test('a day goes to one other day', () => {
  expect(copied('day', { from: '2026-11-24', first: '2026-11-28' }).pairs).toEqual([{ from: '2026-11-24', to: '2026-11-28' }]);
});

test('a day goes to the chosen weekdays of a stretch, never to itself', () => {
  expect(copied('day', { from: '2026-11-24', first: '2026-11-24', last: '2026-12-04' }, { weekdays: '2,5' }).targets).toEqual(['2026-11-27', '2026-12-01', '2026-12-04']);
});

test('a past day may be copied, but nothing is copied to the past', () => {
  expect(copied('day', { from: '2026-11-02', first: '2026-11-24' }).targets).toEqual(['2026-11-24']);
  expect(copied('day', { from: '2026-11-02', first: '2026-11-23' }).faults).toEqual({ first: 'What is past stays as it was: choose today or a later day' });
});

test('at most 62 days at once', () => {
  expect(copied('day', { from: '2026-11-24', first: '2026-11-25', last: '2027-01-25' }).targets).toHaveLength(62);
  expect(copied('day', { from: '2026-11-24', first: '2026-11-25', last: '2027-01-26' }).faults).toEqual({ last: 'Copy to at most 62 days at once' });
});

test('what is missing or makes no sense is told at its field', () => {
  expect(copied('day', {}).faults).toEqual({ from: 'Enter the day to copy', first: 'Enter the first day to copy it to' });
  expect(copied('day', { from: '2026-11-24', first: '2026-11-26', last: '2026-11-25' }).faults).toEqual({ last: 'The last day is before the first' });
  expect(copied('day', { from: '2026-11-24', first: '2026-11-26' }, { weekdays: '1' }).faults).toHaveProperty('first');
  expect(copied('week', { from: '2026-11-24', first: '2026-12-01' }, { weeks: '9' }).faults).toEqual({ weeks: 'Enter 1 to 8 weeks' });
  expect(copied('week', { from: '2026-11-24', first: '2026-11-29' }, { weeks: '1' }).faults).toEqual({ first: 'That is the same week: choose another' });
});

test('a week goes day by day, Monday to Sunday, to several weeks in a row', () => {
  const { pairs = [] } = copied('week', { from: '2026-11-26', first: '2026-12-03' }, { weeks: '2' });
  expect(pairs).toHaveLength(14);
  expect(pairs[0]).toEqual({ from: '2026-11-23', to: '2026-11-30' });
  expect(pairs[13]).toEqual({ from: '2026-11-29', to: '2026-12-13' });
});

test('of a week that has begun only the days to come get copies', () => {
  expect(copied('week', { from: '2026-11-16', first: '2026-11-24' }, { weeks: '1' }).targets).toEqual(['2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27', '2026-11-28', '2026-11-29']);
});

test.each([
  ['day', { from: '2026-11-24', first: '2026-11-28' }, {}],
  ['day', { from: '2026-11-24', first: '2026-11-27', last: '2026-12-22' }, { weekdays: '2,5' }],
  ['week', { from: '2026-11-26', first: '2026-12-03' }, { weeks: '2' }],
  ['week', { from: '2026-11-16', first: '2026-11-24' }, { weeks: '1' }],
] as const)('days to copy are shown again as a %s: %o', (what, given, more) => {
  const { pairs = [] } = copied(what, given, more);
  const shown = copyValues(pairs);
  expect(shown['what']).toBe(what);
  expect(copied(what, {}, shown).pairs).toEqual(pairs);
});
