import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dueAt, hasEveryWord, insteadOfSearch, isSameCode, isSearchable, numericId, searchMinutes } from '@/lib/directory/disposition.rules';
import { addDays, addMinutes, londonInstant, parseLocalDate, weekday } from '@/lib/platform/time';
import { clockTime, londonDate, minutesBetween, whenWords, type LocalDate } from '@/lib/platform/time-words';
import { field } from '@/prisma/seed/csv';
import { readRecords } from '@/prisma/seed/files';

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

// Every bank holiday of England in 2026 to 2028, as published on gov.uk: a disposition made at 10:00 on the day before it ends on this working day.
const AROUND_HOLIDAYS = [
  ['2026-01-01', '2026-01-02'],
  ['2026-04-03', '2026-04-07'],
  ['2026-04-06', '2026-04-07'],
  ['2026-05-04', '2026-05-05'],
  ['2026-05-25', '2026-05-26'],
  ['2026-08-31', '2026-09-01'],
  ['2026-12-25', '2026-12-29'],
  ['2026-12-28', '2026-12-29'],
  ['2027-01-01', '2027-01-04'],
  ['2027-03-26', '2027-03-30'],
  ['2027-03-29', '2027-03-30'],
  ['2027-05-03', '2027-05-04'],
  ['2027-05-31', '2027-06-01'],
  ['2027-08-30', '2027-08-31'],
  ['2027-12-27', '2027-12-29'],
  ['2027-12-28', '2027-12-29'],
  ['2028-01-03', '2028-01-04'],
  ['2028-04-14', '2028-04-18'],
  ['2028-04-17', '2028-04-18'],
  ['2028-05-01', '2028-05-02'],
  ['2028-05-29', '2028-05-30'],
  ['2028-08-28', '2028-08-29'],
  ['2028-12-25', '2028-12-27'],
  ['2028-12-26', '2028-12-27'],
] as const;
const SHIPPED = new Set(readRecords('bank-holidays-england.csv').map((row) => localDate(field(row, 'date'))));

test('D-026: the bank holidays that are shipped are those of the table, for each of the three years', () => {
  const shipped = [...SHIPPED].filter((date) => date >= '2026' && date < '2029');
  expect(shipped).toEqual(AROUND_HOLIDAYS.map(([holiday]) => holiday));
});

test.each(AROUND_HOLIDAYS)('D-026: the working day after the eve of %s is %s, until 18:30 in London', (holiday, due) => {
  const at = londonInstant(addDays(localDate(holiday), -1), 10 * 60);
  expect(at && dueAt({ timeframeMinutes: null, timeframeLabel: 'next working day' }, at, SHIPPED)).toEqual(londonInstant(localDate(due), 18 * 60 + 30));
});

test('D-026: n working days end at 18:30 on a working day, never a weekend or holiday, with n working days gone by, whenever they begin', () => {
  const isWorkingDay = (date: LocalDate) => weekday(date) <= 5 && !SHIPPED.has(date);
  const minutesOfThreeYears = minutesBetween(new Date('2026-01-01T00:00:00Z'), new Date('2028-12-01T00:00:00Z'));
  fc.assert(
    fc.property(fc.integer({ min: 0, max: minutesOfThreeYears }), fc.integer({ min: 1, max: 10 }), (minute, days) => {
      const at = addMinutes(new Date('2026-01-01T00:00:00Z'), minute);
      const due = dueAt({ timeframeMinutes: null, timeframeLabel: `${days} working days` }, at, SHIPPED);
      if (!due) throw new Error('working days have a due time');
      const gone: LocalDate[] = [];
      for (let date = addDays(londonDate(at), 1); date <= londonDate(due); date = addDays(date, 1)) if (isWorkingDay(date)) gone.push(date);
      expect([gone.length, gone.at(-1), clockTime(due)]).toEqual([days, londonDate(due), '18:30']);
    }),
  );
});

// London clocks went from 01:00 GMT to 02:00 BST on 29 March 2026, and from 02:00 BST to 01:00 GMT on 25 October 2026.
test.each([
  ['spring, 1 hour from 00:30', '2026-03-29T00:30:00Z', 60, '2026-03-29T01:30:00Z', '02:30'],
  ['spring, 2 hours from 00:30', '2026-03-29T00:30:00Z', 120, '2026-03-29T02:30:00Z', '03:30'],
  ['spring, 12 hours from the evening before', '2026-03-28T20:00:00Z', 720, '2026-03-29T08:00:00Z', '09:00'],
  ['autumn, 1 hour from 00:30 BST', '2026-10-24T23:30:00Z', 60, '2026-10-25T00:30:00Z', '01:30 BST'],
  ['autumn, 2 hours from 00:30 BST', '2026-10-24T23:30:00Z', 120, '2026-10-25T01:30:00Z', '01:30 GMT'],
  ['autumn, 6 hours from 00:30 BST', '2026-10-24T23:30:00Z', 360, '2026-10-25T05:30:00Z', '05:30'],
])('U-133: minutes are real minutes on the night that the clocks change, and the clock says which: %s', (_words, at, timeframeMinutes, due, shown) => {
  const found = dueAt({ timeframeMinutes, timeframeLabel: null }, new Date(at), SHIPPED);
  expect(found).toEqual(new Date(due));
  expect(found && clockTime(found)).toBe(shown);
});

test.each([
  ['a Saturday night into summer time', '2026-03-28T23:30:00Z', '2026-03-30T17:30:00Z'],
  ['the hour that the spring change skips', '2026-03-29T01:00:00Z', '2026-03-30T17:30:00Z'],
  ['the first 01:30 of the autumn night', '2026-10-25T00:30:00Z', '2026-10-26T18:30:00Z'],
  ['the second 01:30 of the autumn night', '2026-10-25T01:30:00Z', '2026-10-26T18:30:00Z'],
  ['a minute before midnight', '2026-11-24T23:59:00Z', '2026-11-25T18:30:00Z'],
  ['midnight, which is the next day', '2026-11-25T00:00:00Z', '2026-11-26T18:30:00Z'],
  ['after midnight in London, before it in UTC', '2026-06-30T23:30:00Z', '2026-07-02T17:30:00Z'],
])('D-026: the working day after %s is told by the calendar of London', (_words, at, due) => {
  expect(dueAt({ timeframeMinutes: null, timeframeLabel: 'next working day' }, new Date(at), SHIPPED)).toEqual(new Date(due));
});

test('across midnight the due time is of tomorrow until midnight, and of today after it', () => {
  const at = new Date('2026-11-24T23:50:00Z');
  const due = dueAt({ timeframeMinutes: 60, timeframeLabel: '1 hour' }, at, SHIPPED);
  expect(due && whenWords(due, at)).toBe('tomorrow 00:50');
  expect(due && whenWords(due, addMinutes(at, 10))).toBe('00:50');
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

function localDate(text: string): LocalDate {
  const date = parseLocalDate(text);
  if (!date) throw new Error(`no such date: ${text}`);
  return date;
}
