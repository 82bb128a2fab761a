import { expect, test } from 'vitest';
import { newId } from '@/lib/platform/id';
import { closureForm, closureValues, isWholeDays } from '@/lib/schedule/closure-form.schema';

const NOW = new Date('2026-11-24T10:00:00Z');
const service = newId();
const other = newId();
const DAYS = { services: `${service},${other}`, length: 'days', fromDay: '25', fromMonth: '11', fromYear: '2026', toDay: '26', toMonth: '11', toYear: '2026', reason: ' Staff \n training ' };
const TIMES = { ...DAYS, length: 'times', toDay: '25', fromTime: '9', toTime: '12:30' };

function read(typed: Record<string, string>) {
  const parsed = closureForm(NOW).safeParse(typed);
  return parsed.success ? parsed.data : Object.fromEntries(parsed.error.issues.map(({ path, message }) => [path.join('.'), message]));
}

test('whole days run from the first midnight to the one after the last day, the reason on one line', () => {
  expect(read(DAYS)).toEqual({ serviceIds: [service, other], startsAt: new Date('2026-11-25T00:00:00Z'), endsAt: new Date('2026-11-27T00:00:00Z'), reason: 'Staff training' });
});

test('whole days keep to London’s midnight over a clock change', () => {
  expect(read({ ...DAYS, fromDay: '27', fromMonth: '3', fromYear: '2027', toDay: '28', toMonth: '3', toYear: '2027' })).toMatchObject({ startsAt: new Date('2027-03-27T00:00:00Z'), endsAt: new Date('2027-03-28T23:00:00Z') });
});

test('times are London’s, and 24:00 is the end of the day', () => {
  expect(read(TIMES)).toMatchObject({ startsAt: new Date('2026-11-25T09:00:00Z'), endsAt: new Date('2026-11-25T12:30:00Z') });
  expect(read({ ...TIMES, toTime: '24:00' })).toMatchObject({ endsAt: new Date('2026-11-26T00:00:00Z') });
});

test('one that has begun may still be told: only its end must be to come', () => {
  expect(read({ ...TIMES, fromDay: '24', toDay: '24', fromTime: '09:00', toTime: '10:01' })).toMatchObject({ startsAt: new Date('2026-11-24T09:00:00Z') });
});

test.each([
  [{ ...DAYS, toDay: '24' }, { to: 'The last day cannot be before the first' }],
  [{ ...TIMES, toTime: '09:00' }, { toTime: 'It must end after it starts' }],
  [{ ...DAYS, fromDay: '22', toDay: '23' }, { to: 'This is over already: choose an end that is still to come' }],
  [{ ...TIMES, fromDay: '24', toDay: '24', toTime: '10:00' }, { toTime: 'This is over already: choose an end that is still to come' }],
  [{ ...DAYS, toYear: '2062' }, { to: 'A closure lasts a year at most: check the year' }],
  [{ ...DAYS, fromDay: '31' }, { from: 'Enter a real date with a year of 4 digits, like 24 11 2026' }],
  [{ ...TIMES, fromTime: '25:00', toTime: '' }, { fromTime: 'Enter a time like 09:00 or 17:30; 24:00 is the end of the day', toTime: 'Enter the time that it ends' }],
  [{ ...TIMES, fromDay: '28', fromMonth: '3', fromYear: '2027', toDay: '28', toMonth: '3', toYear: '2027', fromTime: '01:30' }, { fromTime: 'That time does not exist that night: the clocks go forward from 01:00 to 02:00' }],
  [{ ...DAYS, services: '' }, { services: 'Choose at least one service' }],
  [{ ...DAYS, services: 'nonsense' }, { services: 'Choose at least one service' }],
  [{ ...DAYS, reason: '  ' }, { reason: 'Say why: call handlers are shown it' }],
  [{ ...DAYS, reason: 'x'.repeat(201) }, { reason: 'Enter at most 200 characters' }],
])('what cannot be is told at its field (%#)', (typed, faults) => {
  expect(read(typed)).toEqual(faults);
});

test('an empty form has every fault at once', () => {
  expect(Object.keys(read({}))).toEqual(['services', 'from', 'to', 'reason']);
});

test.each([DAYS, TIMES])('a closure goes back into the form that it came from (%#)', (typed) => {
  const closure = closureForm(NOW).parse(typed);
  expect(closureForm(NOW).parse(closureValues(closure))).toEqual(closure);
  expect(isWholeDays(closure)).toBe(typed.length === 'days');
});
