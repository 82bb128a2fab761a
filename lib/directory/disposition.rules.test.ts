import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dueAt, hasEveryWord, insteadOfSearch, isSameCode, isSearchable, numericId, searchMinutes } from '@/lib/directory/disposition.rules';
import { parseLocalDate } from '@/lib/platform/time';
import type { LocalDate } from '@/lib/platform/time-words';

const TUESDAY_AT_TEN = new Date('2026-11-24T10:00:00Z');
const HOLIDAYS = new Set(['2026-12-25', '2026-12-28'].map(parseLocalDate).filter((date): date is LocalDate => date !== null));

test.each([
  ['Dx05', 1005],
  ['dx22', 1022],
  ['DX117', 1117],
  ['Dx118', 1118],
  ['Dx012', 11012],
  ['Dx335', 11335],
  ['Dx1112', 11112],
  ['Dx0116', 100116],
  ['Dx01213', 1001213],
  ['DxCV05', 1005],
  ['Dx5', null],
  ['05', null],
  ['', null],
])('D-058: the number of %s is %s', (code, expected) => {
  expect(numericId(code)).toBe(expected);
});

test('D-058: the number never depends on case and always ends in the digits of the code', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\d{2,5}$/), (digits) => {
      expect(numericId(`Dx${digits}`)).toBe(numericId(`dX${digits}`));
      expect(String(numericId(`Dx${digits}`))).toMatch(new RegExp(`${digits}$`));
    }),
  );
});

test('D-057: codes are compared without case and with their leading zeros', () => {
  expect(isSameCode('Dx05', 'DX05')).toBe(true);
  expect(isSameCode('Dx012', 'Dx12')).toBe(false);
});

test.each([
  ['120 minutes', 120, '2 hours', '2026-11-24T10:00:00Z', '2026-11-24T12:00:00Z'],
  ['immediately', 0, 'immediately', '2026-11-24T10:00:00Z', '2026-11-24T10:00:00Z'],
  ['next working day, 18:30', null, 'next working day', '2026-11-24T10:00:00Z', '2026-11-25T18:30:00Z'],
  ['Friday to Monday', null, 'next working day', '2026-11-27T10:00:00Z', '2026-11-30T18:30:00Z'],
  ['over Christmas to Tuesday', null, 'next working day', '2026-12-24T10:00:00Z', '2026-12-29T18:30:00Z'],
  ['3 working days', null, '3 working days', '2026-11-26T10:00:00Z', '2026-12-01T18:30:00Z'],
  ['5 working days', null, '5 working days', '2026-11-24T10:00:00Z', '2026-12-01T18:30:00Z'],
  ['18:30 in summer time', null, 'next working day', '2026-07-01T10:00:00Z', '2026-07-02T17:30:00Z'],
  ['non-urgent is 7 days', null, 'non-urgent', '2026-11-24T10:00:00Z', '2026-12-01T10:00:00Z'],
])('D-026: %s', (_words, timeframeMinutes, timeframeLabel, at, due) => {
  expect(dueAt({ timeframeMinutes, timeframeLabel }, new Date(at), HOLIDAYS)).toEqual(new Date(due));
});

test.each(['Category 1', null])('D-026: without a timeframe there is no due time: %s', (timeframeLabel) => {
  const disposition = { timeframeMinutes: null, timeframeLabel };
  expect(dueAt(disposition, TUESDAY_AT_TEN, HOLIDAYS)).toBeNull();
  expect(searchMinutes(disposition, TUESDAY_AT_TEN, HOLIDAYS)).toBeNull();
});

test('D-026: a working-day label is searched as the minutes up to 18:30', () => {
  expect(searchMinutes({ timeframeMinutes: null, timeframeLabel: 'next working day' }, TUESDAY_AT_TEN, HOLIDAYS)).toBe(32.5 * 60);
});

test.each(['ambulance', 'self_care', 'information'])('D-055: %s has no search, and says what to do instead', (family) => {
  expect(isSearchable({ family })).toBe(false);
  expect(insteadOfSearch({ family })).toMatch(/Nothing can be booked/);
});

test('D-055: primary care is searched for', () => {
  expect(isSearchable({ family: 'primary_care' })).toBe(true);
  expect(insteadOfSearch({ family: 'primary_care' })).toBeNull();
});

test.each([
  ['primary care 2 hours', true],
  ['PRIMARY care', true],
  ['prim', true],
  ['primary 12 hours', false],
  ['dental', false],
  ['', false],
])('words find a title only when every one occurs, and numbers only whole: %s', (typed, isFound) => {
  expect(hasEveryWord('Dx05 To contact a Primary Care Service within 2 hours', typed)).toBe(isFound);
});

test('"2 hours" does not find "12 hours"', () => {
  expect(hasEveryWord('Dx07 To contact a Primary Care Service within 12 hours', 'primary care 2 hours')).toBe(false);
});
