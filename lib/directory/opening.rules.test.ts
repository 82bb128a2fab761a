import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calendarFor, isOpenInWindow, isOpenWithin, openState, sessionWindow, sessionsOn, shownWindow } from '@/lib/directory/opening.rules';
import { patternFrom, type HoursRow } from '@/lib/directory/pattern.rules';
import type { OpeningPattern } from '@/lib/directory/schema';
import { addMinutes, parseLocalDate } from '@/lib/platform/time';
import type { LocalDate } from '@/lib/platform/time-words';

const TUESDAY = day('2026-11-24');
const NONE: ReadonlySet<LocalDate> = new Set();
const NINE_TO_SIX = [9 * 60, 18 * 60] as const;

function day(text: string): LocalDate {
  const date = parseLocalDate(text);
  if (!date) throw new Error(`no such day: ${text}`);
  return date;
}

function daily(...hours: readonly (readonly [number, number])[]): OpeningPattern {
  const rows = [1, 2, 3, 4, 5, 6, 7].flatMap((weekday) => hours.map(([from, to]): HoursRow => [weekday, from, to]));
  return patternFrom({ isOpenAllHours: false, hours: rows, specified: null });
}

function isOpen(pattern: OpeningPattern, at: string, minutes: number | null, holidays = NONE): boolean {
  const window = sessionWindow(new Date(at), minutes);
  return isOpenInWindow(pattern, window, calendarFor(window, holidays));
}

function state(pattern: OpeningPattern, at: string, holidays = NONE) {
  return openState(pattern, new Date(at), calendarFor(shownWindow(new Date(at)), holidays));
}

describe('D-020 precedence', () => {
  const hours: HoursRow[] = [[2, 540, 1080], [8, 600, 720]];
  const closed = patternFrom({ isOpenAllHours: true, hours, specified: [[TUESDAY, 0, 0]] });
  const specified = patternFrom({ isOpenAllHours: true, hours, specified: [[TUESDAY, 60, 120]] });
  const allHours = patternFrom({ isOpenAllHours: true, hours, specified: null });
  const weekly = patternFrom({ isOpenAllHours: false, hours, specified: null });
  const noHolidayHours = patternFrom({ isOpenAllHours: false, hours: [[2, 540, 1080]], specified: null });

  test.each([
    ['specified 00:00 to 00:00 closes even an open-all-hours service', closed, 2, []],
    ['a specified date beats open all hours', specified, 2, [{ fromMinute: 60, toMinute: 120 }]],
    ['open all hours beats a public holiday', allHours, 8, [{ fromMinute: 0, toMinute: 1440 }]],
    ['public-holiday hours beat the weekday', weekly, 8, [{ fromMinute: 600, toMinute: 720 }]],
    ['a public holiday without hours of its own is closed', noHolidayHours, 8, []],
    ['otherwise the weekday', weekly, 2, [{ fromMinute: 540, toMinute: 1080 }]],
  ])('%s', (_words, pattern, weekday, sessions) => {
    expect(sessionsOn(pattern, { date: TUESDAY, day: weekday })).toEqual(sessions);
  });

  test('a bank holiday on a Tuesday is judged by the public-holiday hours', () => {
    expect(isOpen(weekly, '2026-11-24T10:30:00Z', 60, new Set([TUESDAY]))).toBe(true);
    expect(isOpen(weekly, '2026-11-24T13:00:00Z', 60, new Set([TUESDAY]))).toBe(false);
    expect(isOpen(weekly, '2026-11-24T13:00:00Z', 60)).toBe(true);
  });
});

test.each([
  [null, 60],
  [0, 60],
  [1, 30],
  [30, 30],
  [31, 31],
  [60, 60],
  [61, 1],
  [120, 60],
  [1440, 1380],
])('D-023: a disposition of %s minutes is searched over %s', (minutes, length) => {
  const at = new Date('2026-11-24T10:00:00Z');
  expect(sessionWindow(at, minutes)).toEqual({ from: at, to: addMinutes(at, length) });
});

test.each([
  ['open throughout', '2026-11-24T10:00:00Z', 120, true],
  ['opens within the window', '2026-11-24T08:30:00Z', 120, true],
  ['opens at the very end of the window', '2026-11-24T08:00:00Z', 120, true],
  ['opens after the window', '2026-11-24T07:59:00Z', 120, false],
  ['closes in 31 minutes', '2026-11-24T17:29:00Z', 120, true],
  ['closes in 30 minutes', '2026-11-24T17:30:00Z', 120, false],
  ['closes at the very start', '2026-11-24T18:00:00Z', 120, false],
  ['closed', '2026-11-24T20:00:00Z', 120, false],
])('D-024, D-025: nine to six %s', (_words, at, minutes, expected) => {
  expect(isOpen(daily(NINE_TO_SIX), at, minutes)).toBe(expected);
});

test('D-025: a session that closes within 30 minutes is not saved by one that begins after it', () => {
  expect(isOpen(daily([540, 750], [840, 1080]), '2026-11-24T12:10:00Z', 360)).toBe(false);
  expect(isOpen(daily([540, 750], [840, 1080]), '2026-11-24T12:40:00Z', 360)).toBe(true);
});

test('D-025: sessions that meet end to start count as one', () => {
  expect(isOpen(daily([540, 750], [750, 1080]), '2026-11-24T12:10:00Z', 360)).toBe(true);
});

test('D-021, D-025: overnight sessions are joined at midnight, and the minute between counts as open', () => {
  const overnight = daily([0, 480], [1110, 1439]);
  expect(isOpen(overnight, '2026-11-24T23:45:00Z', 60)).toBe(true);
  expect(isOpen(overnight, '2026-11-24T23:59:30Z', 60)).toBe(true);
  expect(isOpen(daily([1110, 1439]), '2026-11-24T23:45:00Z', 60)).toBe(false);
  expect(state(overnight, '2026-11-24T23:45:00Z')).toEqual({ kind: 'open', until: new Date('2026-11-25T08:00:00Z') });
});

test('D-021: hours cut at midnight are never told apart from hours that are not', () => {
  fc.assert(
    fc.property(fc.integer({ min: 18 * 60, max: 1438 }), fc.integer({ min: 1, max: 540 }), fc.integer({ min: 0, max: 2879 }), (opens, closes, minute) => {
      const at = addMinutes(new Date('2026-11-24T00:00:00Z'), minute);
      const isWithin = minute % 1440 >= opens || minute % 1440 < closes;
      expect(openState(daily([0, closes], [opens, 1439]), at, calendarFor(shownWindow(at), NONE)).kind).toBe(isWithin ? 'open' : 'closed');
    }),
  );
});

test('D-022: in summer nine o’clock is that of London', () => {
  expect(isOpen(daily(NINE_TO_SIX), '2026-07-07T08:00:00Z', 120)).toBe(true);
  expect(isOpen(daily(NINE_TO_SIX), '2026-07-07T17:00:00Z', 60)).toBe(false);
});

test('D-022: on the day the clocks go forward a service that opens in the skipped hour opens at its end', () => {
  expect(state(daily([90, 480]), '2026-03-29T00:30:00Z')).toEqual({ kind: 'closed', opensAt: new Date('2026-03-29T01:00:00Z') });
});

test('D-022: on the day the clocks go back a night is an hour longer', () => {
  expect(state(daily([0, 480]), '2026-10-24T23:00:00Z')).toEqual({ kind: 'open', until: new Date('2026-10-25T08:00:00Z') });
  expect(isOpen(daily([0, 90]), '2026-10-25T00:10:00Z', 60)).toBe(false);
});

test('D-017: only-if-open is open now, or opens within its minutes', () => {
  const at = (text: string, minutes: number) => {
    const window = sessionWindow(new Date(text), 120);
    return isOpenWithin(daily(NINE_TO_SIX), { at: new Date(text), minutes }, calendarFor(window, NONE));
  };
  expect(at('2026-11-24T10:00:00Z', 15)).toBe(true);
  expect(at('2026-11-24T08:45:00Z', 15)).toBe(true);
  expect(at('2026-11-24T08:44:00Z', 15)).toBe(false);
  expect(at('2026-11-24T18:00:00Z', 15)).toBe(false);
});

test.each([
  ['open until six', '2026-11-24T10:00:00Z', daily(NINE_TO_SIX), { kind: 'open', until: new Date('2026-11-24T18:00:00Z') }],
  ['opens tomorrow', '2026-11-24T18:00:00Z', daily(NINE_TO_SIX), { kind: 'closed', opensAt: new Date('2026-11-25T09:00:00Z') }],
  ['open all hours', '2026-11-24T10:00:00Z', patternFrom({ isOpenAllHours: true, hours: null, specified: null }), { kind: 'open-all-hours' }],
  ['open every minute of every day', '2026-11-24T10:00:00Z', daily([0, 1439]), { kind: 'open-all-hours' }],
  ['no hours at all', '2026-11-24T10:00:00Z', patternFrom({ isOpenAllHours: false, hours: null, specified: null }), { kind: 'unknown' }],
  ['all hours but closed tomorrow', '2026-11-24T10:00:00Z', patternFrom({ isOpenAllHours: true, hours: null, specified: [[day('2026-11-25'), 0, 0]] }), { kind: 'open', until: new Date('2026-11-25T00:00:00Z') }],
  ['opens again after more than 7 days', '2026-11-24T10:00:00Z', patternFrom({ isOpenAllHours: false, hours: null, specified: [[day('2026-12-02'), 600, 720]] }), { kind: 'unknown' }],
])('D-027: %s', (_words, at, pattern, expected) => {
  expect(state(pattern, at)).toEqual(expected);
});
