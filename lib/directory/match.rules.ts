import { LAST_MINUTES, isOpenInWindow, isOpenWithin, type Calendar, type CalendarDay, type Window } from '@/lib/directory/opening.rules';
import type { GapCheck, OpeningPattern } from '@/lib/directory/schema';
import { DAY_MINUTES, addMinutes, type MinuteOfDay } from '@/lib/platform/time';
import { MINUTE_MS, londonDate, type LocalDate } from '@/lib/platform/time-words';

/** A service that passed every check but the exact ones on opening. */
export type Candidate = {
  id: string;
  dosId: string;
  typeId: number;
  metres: number;
  isHome: boolean;
  isRestricted: boolean;
  isCommissioned: boolean;
  isOnlyIfOpen: boolean;
  onlyIfOpenMinutes: number;
  pattern: OpeningPattern;
};

/**
 * What hours must satisfy for a service to be able to pass: local minutes that let through every service which
 * `isOpenInWindow` would, and few others. The database applies it before anything is read.
 */
export type HoursFilter = {
  days: readonly DayFilter[];
  /** A session of this day, open at `openAt`, that ends in `from` to `to` closes too soon, unless another begins by then. Null: not judged. */
  closing: { day: number; openAt: MinuteOfDay; from: MinuteOfDay; to: MinuteOfDay } | null;
};

type DayFilter = {
  date: LocalDate;
  day: number;
  /** The start of the window; -1 on later days. */
  openAt: MinuteOfDay;
  /** Sessions must begin at or before this minute. */
  latestStart: MinuteOfDay;
  /** Sessions open at the start must end after this minute, or at 23:59, which may be joined to the next day. */
  endsAfter: MinuteOfDay;
  /** An only-if-open service must have a session from at or before this minute. */
  openBy: MinuteOfDay;
};

const LAST_MINUTE = DAY_MINUTES - 1;
const MOST_ONLY_IF_OPEN_MINUTES = 30;

/** The filter for a window: its days, and what closes too soon on the first. A day of clock change lets everything through. */
export function hoursFilter(window: Window, calendar: Calendar): HoursFilter {
  const last = londonDate(window.to);
  const [first] = calendar;
  return {
    days: calendar.filter(({ date }) => date <= last).map((day) => dayFilter(day, window)),
    closing: !first || first.hasClockChange ? null : closingFilter(first, window.from),
  };
}

/** The candidates that pass the exact checks on opening (D-016, D-017), and how many failed exactly one of them. */
export function judgeOpening(candidates: readonly Candidate[], window: Window, calendar: Calendar) {
  const failed = new Map<GapCheck, number>();
  const passed = candidates.filter((candidate) => {
    const failures = openingFailures(candidate, window, calendar);
    const [only] = failures;
    if (failures.length === 1 && only) failed.set(only, (failed.get(only) ?? 0) + 1);
    return failures.length === 0;
  });
  return { passed, failed };
}

/** Which of the exact checks on opening a candidate fails (D-016, D-017). */
export function openingFailures({ pattern, isOnlyIfOpen, onlyIfOpenMinutes }: Candidate, window: Window, calendar: Calendar): GapCheck[] {
  const failures: GapCheck[] = [];
  if (!isOpenInWindow(pattern, window, calendar)) failures.push('opening');
  if (isOnlyIfOpen && !isOpenWithin(pattern, { at: window.from, minutes: onlyIfOpenMinutes }, calendar)) failures.push('only-if-open');
  return failures;
}

function dayFilter(calendarDay: CalendarDay, { from, to }: Window): DayFilter {
  const { date, day, hasClockChange } = calendarDay;
  if (hasClockChange) return { date, day, openAt: -1, latestStart: LAST_MINUTE, endsAfter: -1, openBy: LAST_MINUTE };
  return {
    date,
    day,
    openAt: upTo(calendarDay, from),
    latestStart: upTo(calendarDay, to),
    endsAfter: upTo(calendarDay, addMinutes(from, LAST_MINUTES)),
    openBy: upTo(calendarDay, addMinutes(from, MOST_ONLY_IF_OPEN_MINUTES)),
  };
}

function closingFilter(day: CalendarDay, from: Date) {
  const mustLast = addMinutes(from, LAST_MINUTES);
  return { day: day.day, openAt: upTo(day, from), from: Math.ceil(minutesInto(day, from)), to: Math.min(upTo(day, mustLast), LAST_MINUTE - 1) };
}

// The last whole minute of the day at or before the instant: -1 before the day, 23:59 after it.
function upTo(day: CalendarDay, instant: Date): MinuteOfDay {
  return Math.max(-1, Math.min(LAST_MINUTE, Math.floor(minutesInto(day, instant))));
}

function minutesInto({ startsAt }: CalendarDay, instant: Date): number {
  return (instant.getTime() - startsAt.getTime()) / MINUTE_MS;
}
