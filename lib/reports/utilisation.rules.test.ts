import { expect, test } from 'vitest';
import { hoursShown, lastDays, shareOf, spanOf } from '@/lib/reports/utilisation.rules';

const NOW = new Date('2026-11-24T10:00:00Z');

test('without a span it is the four whole weeks before today', () => {
  expect(lastDays(NOW)).toEqual({ from: '2026-10-27', to: '2026-11-23' });
  expect(spanOf({}, NOW)).toEqual({ span: lastDays(NOW), faults: {} });
});

test.each([
  [{ from: '2026-11-01', to: 'x' }, { to: 'Enter the last day' }],
  [{ from: '', to: '2026-11-01' }, { from: 'Enter the first day' }],
  [{ from: '2026-11-02', to: '2026-11-01' }, { to: 'The last day must not be before the first' }],
  [{ from: '2025-11-01', to: '2026-11-02' }, { to: 'Choose at most 366 days' }],
])('a span that cannot be is said so, and the usual one shown: %j', (typed, faults) => {
  expect(spanOf(typed, NOW)).toEqual({ span: lastDays(NOW), faults });
});

test('a whole leap year fits', () => {
  expect(spanOf({ from: '2027-03-01', to: '2028-02-29' }, NOW)).toEqual({ span: { from: '2027-03-01', to: '2028-02-29' }, faults: {} });
});

test.each([
  [0, 0, null],
  [0, 9, 0],
  [1, 900, 1],
  [899, 900, 99],
  [900, 900, 100],
  [1, 3, 33],
])('%i of %i is %s per cent: nothing offered is no share, and only all is 100', (part, whole, percent) => {
  expect(shareOf(part, whole)).toBe(percent);
});

test('an hour without slots between others has its column', () => {
  expect(hoursShown([{ weekday: 1, hour: 9, offered: 1, booked: 0 }, { weekday: 3, hour: 12, offered: 1, booked: 0 }])).toEqual([9, 10, 11, 12]);
  expect(hoursShown([])).toEqual([]);
});
