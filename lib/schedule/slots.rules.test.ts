import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, localDateFrom, startOfLondonDay, weekday } from '@/lib/platform/time';
import { clockTime, minutesBetween, type LocalDate } from '@/lib/platform/time-words';
import type { WeeklyPattern } from '@/lib/schedule/schema';
import { sessionHours, slotTimes, worksOn } from '@/lib/schedule/slots.rules';

function day(year: number, month: number, dayOfMonth: number): LocalDate {
  const date = localDateFrom(year, month, dayOfMonth);
  if (!date) throw new Error('no such day');
  return date;
}

const SPRING = day(2027, 3, 28);
const AUTUMN = day(2026, 10, 25);
const ORDINARY = day(2026, 11, 24);
const at = (hours: number, minutes = 0) => hours * 60 + minutes;

function starts(date: LocalDate, opens: number, closes: number, slotMinutes: number): string[] {
  const hours = sessionHours(date, opens, closes);
  return hours ? slotTimes(hours, slotMinutes).map((slot) => clockTime(slot.startsAt)) : [];
}

describe('slots follow one another by the real clock', () => {
  test.each([
    ['an ordinary hour in 15-minute slots', ORDINARY, at(9), at(10), 15, ['09:00', '09:15', '09:30', '09:45']],
    ['a slot that does not fit is not made', ORDINARY, at(9), at(9, 50), 20, ['09:00', '09:20']],
    ['a session shorter than a slot has none', ORDINARY, at(9), at(9, 10), 15, []],
    ['the last slot ends at midnight', ORDINARY, at(23, 30), 1440, 15, ['23:30', '23:45']],
    ['March: nothing starts in the hour that is skipped', SPRING, at(0, 30), at(3), 30, ['00:30', '02:00', '02:30']],
    ['March: a session that opens in the skipped hour opens when it ends', SPRING, at(1, 20), at(3), 30, ['02:00', '02:30']],
    ['March: a session that closes in the skipped hour closes when it begins', SPRING, at(0), at(1, 40), 30, ['00:00', '00:30']],
    ['March: a session within the skipped hour has no slots', SPRING, at(1), at(2), 15, []],
    ['October: a session across the change has its real length', AUTUMN, at(0, 30), at(2, 30), 30, ['00:30', '01:00 BST', '01:30 BST', '01:00 GMT', '01:30 GMT', '02:00']],
    ['October: an hour shown twice is two hours', AUTUMN, at(1), at(2), 30, ['01:00 BST', '01:30 BST', '01:00 GMT', '01:30 GMT']],
    ['October: a time shown twice means the first', AUTUMN, at(0), at(1, 30), 30, ['00:00', '00:30', '01:00 BST']],
  ])('%s', (_promise, date, opens, closes, minutes, expected) => {
    expect(starts(date, opens, closes, minutes)).toEqual(expected);
  });

  test('for any pattern on any day: in order, touching, of the same real length, inside the session, and no room left for one more', () => {
    const anyDay = fc.integer({ min: 0, max: 1_500 }).map((days) => addDays(day(2026, 1, 1), days));
    const anyCase = fc.record({ date: fc.oneof(anyDay, fc.constantFrom(SPRING, AUTUMN)), opens: fc.integer({ min: 0, max: 1_439 }), length: fc.integer({ min: 1, max: 900 }), slot: fc.integer({ min: 5, max: 120 }) });
    fc.assert(
      fc.property(anyCase, ({ date, opens, length, slot }) => {
        const closes = Math.min(1_440, opens + length);
        const hours = sessionHours(date, opens, closes);
        if (!hours) return date === SPRING && opens >= 60 && closes <= 120;
        const slots = slotTimes(hours, slot);
        const isInRow = slots.every((each, index) => each.startsAt.getTime() === (slots[index - 1]?.endsAt ?? hours.opensAt).getTime() && minutesBetween(each.startsAt, each.endsAt) === slot);
        const rest = minutesBetween(slots.at(-1)?.endsAt ?? hours.opensAt, hours.closesAt);
        return isInRow && rest >= 0 && rest < slot && hours.opensAt >= startOfLondonDay(date) && hours.closesAt <= startOfLondonDay(addDays(date, 1));
      }),
    );
  });

  test('sessions that meet by the clock never overlap, on any day of the year', () => {
    fc.assert(
      fc.property(fc.constantFrom(ORDINARY, SPRING, AUTUMN), fc.uniqueArray(fc.integer({ min: 0, max: 1_440 }), { minLength: 3, maxLength: 3 }), (date, minutes) => {
        const [first = 0, second = 0, third = 0] = minutes.toSorted((a, b) => a - b);
        const [morning, later] = [sessionHours(date, first, second), sessionHours(date, second, third)];
        return !morning || !later || morning.closesAt <= later.opensAt;
      }),
    );
  });
});

describe('a pattern works', () => {
  const pattern: WeeklyPattern = { weekdays: [1, 2], worksHolidays: false, validFrom: day(2026, 11, 23), validTo: day(2026, 12, 28) };
  const on = (date: LocalDate, isHoliday = false) => ({ date, weekday: weekday(date), isHoliday });

  test.each([
    ['on its weekdays', pattern, on(day(2026, 11, 24)), true],
    ['on no other', pattern, on(day(2026, 11, 25)), false],
    ['not before its first day', pattern, on(day(2026, 11, 17)), false],
    ['on its first day', pattern, on(day(2026, 11, 23)), true],
    ['not after its last day', pattern, on(day(2026, 12, 29)), false],
    ['without an end for ever', { ...pattern, validTo: null }, on(day(2028, 1, 4)), true],
    ['not on a bank holiday', pattern, on(day(2026, 12, 28), true), false],
    ['on a bank holiday when it says so', { ...pattern, worksHolidays: true }, on(day(2026, 12, 28), true), true],
    ['on no bank holiday of another weekday', { ...pattern, worksHolidays: true }, on(day(2026, 12, 25), true), false],
  ])('%s', (_promise, given, date, expected) => {
    expect(worksOn(given, date)).toBe(expected);
  });
});
