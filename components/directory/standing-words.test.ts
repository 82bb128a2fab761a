import { expect, test } from 'vitest';
import { standingWords } from '@/components/directory/standing-words';
import type { WhyNot } from '@/lib/directory/why-not.rules';

const NOW = new Date('2026-11-24T10:00:00Z');
const NOON = new Date('2026-11-24T12:00:00Z');

test('a service in the list is told with its position alone', () => {
  expect(standingWords({ kind: 'listed', position: 3 }, NOW)).toEqual({ title: 'In your list, at 3', reasons: [] });
});

test('D-039: what is outranked is told with what stands before it', () => {
  const one = { position: 1, name: 'Oakwood Lane Surgery' };
  const other = { position: 4, name: 'Wharfedale' };
  expect(standingWords({ kind: 'outranked', by: [one] }, NOW).reasons).toEqual(['The list shows one service of its type: Oakwood Lane Surgery (at 1).']);
  expect(standingWords({ kind: 'outranked', by: [one, other] }, NOW).reasons).toEqual(['The list shows two services of its type: Oakwood Lane Surgery (at 1) and Wharfedale (at 4).']);
});

test('D-032: what is too far down its type is told so', () => {
  expect(standingWords({ kind: 'too-many-nearer' }, NOW)).toEqual({ title: 'Not in your list', reasons: ['A hundred services of its type are nearer.'] });
});

test.each<[WhyNot, string]>([
  [{ check: 'distance', distanceMiles: 12.4, limitMiles: 6.2 }, 'It is 12.4 miles away. The search goes 6.2 miles.'],
  [{ check: 'capacity', note: 'two doctors away', resetsAt: NOON }, 'It has no capacity until 12:00: two doctors away.'],
  [{ check: 'capacity', note: null, resetsAt: null }, 'It has no capacity.'],
  [{ check: 'opening', open: { kind: 'closed', opensAt: NOON } }, 'It is closed until 12:00.'],
  [{ check: 'opening', open: { kind: 'open', until: NOON } }, 'It closes at 12:00, within half an hour.'],
  [{ check: 'opening', open: { kind: 'unknown' } }, 'It is closed for the next 7 days, or its opening times are not known.'],
  [{ check: 'only-if-open', minutes: 30, open: { kind: 'closed', opensAt: NOON } }, 'It is listed only when it is open or opens within 30 minutes: opens 12:00.'],
  [{ check: 'age' }, 'It does not take patients of this age.'],
])('%j is told in words', (reason, words) => {
  expect(standingWords({ kind: 'left-out', reasons: [reason] }, NOW)).toEqual({ title: 'Not in your list', reasons: [words] });
});
