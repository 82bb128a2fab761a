import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hoursFilter, judgeOpening, type HoursFilter } from '@/lib/directory/match.rules';
import { calendarFor, isOpenInWindow, isOpenWithin, sessionWindow } from '@/lib/directory/opening.rules';
import { patternFrom, type HoursRow } from '@/lib/directory/pattern.rules';
import { addMinutes } from '@/lib/platform/time';
import type { LocalDate } from '@/lib/platform/time-words';
import { aCandidate } from '@/prisma/factories/candidate';

const NONE: ReadonlySet<LocalDate> = new Set();
const SIX_TO_NOON: HoursRow[] = [[2, 360, 720]];

const someHours = fc
  .uniqueArray(fc.integer({ min: 0, max: 96 }), { minLength: 2, maxLength: 6 })
  .map((quarters) => quarters.sort((one, other) => one - other).map((quarter) => Math.min(quarter * 15, 1439)))
  .map((minutes) => minutes.flatMap((minute, index) => (index % 2 === 1 ? [[minutes[index - 1] ?? 0, minute] as const] : [])))
  .map((sessions) => [1, 2, 3, 4, 5, 6, 7].flatMap((day) => sessions.map(([from, to]): HoursRow => [day, from, to])));

// What the database does with the filter.
function mayPass({ days, closing }: HoursFilter, hours: readonly HoursRow[]): boolean {
  const sessions = (day: number) => hours.filter(([of]) => of === day).map(([, from, to]) => ({ from, to }));
  const overlaps = days.some(({ day, openAt, latestStart, endsAfter }) => sessions(day).some(({ from, to }) => from <= latestStart && (from > openAt || to > endsAfter || to === 1439)));
  const closes =
    closing !== null &&
    sessions(closing.day).some(({ from, to }) => from <= closing.openAt && to >= closing.from && to <= closing.to) &&
    !sessions(closing.day).some(({ from }) => from > closing.openAt && from <= closing.to);
  return overlaps && !closes;
}

function mayBeOpenSoon({ days }: HoursFilter, hours: readonly HoursRow[]): boolean {
  return days.some(({ day, openBy, openAt }) => hours.some(([of, from, to]) => of === day && from <= openBy && to > openAt));
}

test.each([
  ['an ordinary week', '2026-11-24T00:00:00Z'],
  ['the week in which clocks go forward', '2026-03-27T00:00:00Z'],
  ['the week in which clocks go back', '2026-10-23T00:00:00Z'],
])('D-072: the filter of the database lets every service through that the exact rules would: %s', (_words, from) => {
  fc.assert(
    fc.property(someHours, fc.integer({ min: 0, max: 4 * 24 * 120 }), fc.constantFrom(null, 20, 45, 61, 120, 360, 1440, 10_080), (hours, halfMinutes, minutes) => {
      const at = addMinutes(new Date(from), halfMinutes / 2);
      const window = sessionWindow(at, minutes);
      const calendar = calendarFor(window, NONE);
      const pattern = patternFrom({ isOpenAllHours: false, hours, specified: null });
      const filter = hoursFilter(window, calendar);
      if (isOpenInWindow(pattern, window, calendar)) expect(mayPass(filter, hours)).toBe(true);
      if (isOpenInWindow(pattern, window, calendar) && isOpenWithin(pattern, { at, minutes: 30 }, calendar)) expect(mayBeOpenSoon(filter, hours)).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test('the filter turns away nearly all that the exact rules would: closed all day, and closing for lunch', () => {
  const window = sessionWindow(new Date('2026-11-24T11:45:00Z'), 360);
  const filter = hoursFilter(window, calendarFor(window, NONE));
  expect(mayPass(filter, [[3, 540, 1080]])).toBe(false);
  expect(mayPass(filter, [...SIX_TO_NOON, [2, 840, 1080]])).toBe(false);
  expect(mayPass(filter, [[2, 840, 1080]])).toBe(true);
});

test('D-016, D-017, D-019: what fails one check on opening is counted by it, what fails both is not', () => {
  const window = sessionWindow(new Date('2026-11-24T10:00:00Z'), 360);
  const hours = (from: number) => patternFrom({ isOpenAllHours: false, hours: [[2, from, 1080]], specified: null });
  const { passed, failed } = judgeOpening(
    [
      aCandidate({ id: 'open' }),
      aCandidate({ id: 'opens at noon', pattern: hours(720) }),
      aCandidate({ id: 'opens at noon, only if open', pattern: hours(720), isOnlyIfOpen: true }),
      aCandidate({ id: 'opens at 18:00', pattern: patternFrom({ isOpenAllHours: false, hours: [[2, 1080, 1200]], specified: null }) }),
      aCandidate({ id: 'opens at 18:00, only if open', pattern: patternFrom({ isOpenAllHours: false, hours: [[2, 1080, 1200]], specified: null }), isOnlyIfOpen: true }),
    ],
    window,
    calendarFor(window, NONE),
  );
  expect(passed.map(({ id }) => id)).toEqual(['open', 'opens at noon']);
  expect(Object.fromEntries(failed)).toEqual({ 'only-if-open': 1, opening: 1 });
});
