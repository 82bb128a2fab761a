import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { ageOn, daysBetween, localDateFrom, londonInstant, londonMinute, parseLocalDate, startOfLondonDay, weekday, addDays } from '@/lib/platform/time';
import { birthDateWords, clockTime, clockTimeToTheSecond, dayAndMonth, dayWords, durationWords, londonDate, longDate, minutesBetween, monthWords, shortDate, whenWords, type LocalDate } from '@/lib/platform/time-words';

const NOW = new Date('2026-11-24T10:00:00Z');

function date(text: string): LocalDate {
  const parsed = parseLocalDate(text);
  if (!parsed) throw new Error(`no such day: ${text}`);
  return parsed;
}

test('a wall time that the spring change skips has no instant', () => {
  expect(londonInstant(date('2026-03-29'), 60)).toBeNull();
  expect(londonInstant(date('2026-03-29'), 119)).toBeNull();
  expect(londonInstant(date('2026-03-29'), 59)).toEqual(new Date('2026-03-29T00:59:00Z'));
  expect(londonInstant(date('2026-03-29'), 120)).toEqual(new Date('2026-03-29T01:00:00Z'));
});

test('a wall time that is shown twice in October is the first of the two', () => {
  expect(londonInstant(date('2026-10-25'), 90)).toEqual(new Date('2026-10-25T00:30:00Z'));
});

test('minute 1440 is midnight at the end of the day, also on clock-change days', () => {
  expect(londonInstant(date('2026-10-25'), 1440)).toEqual(new Date('2026-10-26T00:00:00Z'));
  expect(startOfLondonDay(date('2026-07-01'))).toEqual(new Date('2026-06-30T23:00:00Z'));
});

test('the hour that is shown twice is labelled, no other is', () => {
  expect(clockTime(new Date('2026-10-25T00:30:00Z'))).toBe('01:30 BST');
  expect(clockTime(new Date('2026-10-25T01:30:00Z'))).toBe('01:30 GMT');
  expect(clockTime(new Date('2026-10-25T02:30:00Z'))).toBe('02:30');
  expect(clockTime(new Date('2026-07-01T12:05:00Z'))).toBe('13:05');
});

test('a time to the second keeps the label of the hour that is shown twice', () => {
  expect(clockTimeToTheSecond(new Date('2026-10-25T01:30:07Z'))).toBe('01:30:07 GMT');
  expect(clockTimeToTheSecond(new Date('2026-07-01T12:05:59.999Z'))).toBe('13:05:59');
});

test('London dates and minutes agree with the calendar at any instant', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('2020-01-01'), max: new Date('2035-01-01'), noInvalidDate: true }), (instant) => {
      const zoned = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO('Europe/London');
      expect(londonDate(instant)).toBe(zoned.toPlainDate().toString());
      expect(londonMinute(instant)).toBe(zoned.hour * 60 + zoned.minute);
      expect(clockTime(instant).slice(0, 5)).toBe(zoned.toPlainTime().toString({ smallestUnit: 'minute', roundingMode: 'floor' }));
    }),
  );
});

test.each([
  ['2026-11-24', 'today'],
  ['2026-11-25', 'tomorrow'],
  ['2026-11-23', 'yesterday'],
  ['2026-11-27', 'Fri 27 Nov'],
  ['2027-01-04', 'Mon 4 Jan 2027'],
  ['2026-09-01', 'Tue 1 Sep'],
])('%s is said as %s', (day, words) => {
  expect(dayWords(date(day), NOW)).toBe(words);
});

test('a time today needs no day, another does', () => {
  expect(whenWords(new Date('2026-11-24T13:50:00Z'), NOW)).toBe('13:50');
  expect(whenWords(new Date('2026-11-25T00:10:00Z'), NOW)).toBe('tomorrow 00:10');
});

test('dates are read out in full', () => {
  expect(longDate(date('2026-11-24'))).toBe('Tuesday 24 November 2026');
  expect(longDate(date('2026-09-01'))).toBe('Tuesday 1 September 2026');
  expect([dayAndMonth(date('2026-03-02'), NOW), dayAndMonth(date('2027-01-04'), NOW), monthWords(date('2026-09-01'))]).toEqual(['2 March', '4 January 2027', 'September 2026']);
  expect(birthDateWords(date('2024-09-06'))).toBe('6 Sep 2024');
  expect(shortDate(date('2026-03-29'), NOW)).toBe('Sun 29 Mar');
});

test.each([
  [0, '0 min'],
  [59, '59 min'],
  [60, '1 h'],
  [103, '1 h 43 min'],
  [1440, '1 day'],
  [3063, '2 days 3 h'],
])('%i minutes are said as %s', (minutes, words) => {
  expect(durationWords(minutes)).toBe(words);
});

test('days, weekdays and ages are those of the calendar', () => {
  expect(daysBetween(date('2026-03-28'), date('2026-03-30'))).toBe(2);
  expect(addDays(date('2028-02-28'), 1)).toBe('2028-02-29');
  expect(weekday(date('2026-11-22'))).toBe(7);
  expect(ageOn(date('2024-11-25'), date('2026-11-24'))).toEqual({ years: 1, months: 11, days: 30 });
  expect(minutesBetween(NOW, new Date('2026-11-24T09:59:30Z'))).toBe(-1);
});

test('a day that does not exist is none', () => {
  expect(localDateFrom(2026, 2, 29)).toBeNull();
  expect(localDateFrom(2028, 2, 29)).toBe('2028-02-29');
  expect(parseLocalDate('24/11/2026')).toBeNull();
});
