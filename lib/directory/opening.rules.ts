import type { Hours, OpeningPattern, OpenState } from '@/lib/directory/schema';
import { DAY_MINUTES, addDays, addMinutes, londonInstant, startOfLondonDay, weekday, type MinuteOfDay } from '@/lib/platform/time';
import { MINUTE_MS, londonDate, type LocalDate } from '@/lib/platform/time-words';

/** The `day` of public-holiday hours in a pattern. */
export const PUBLIC_HOLIDAY = 8;

/** Minutes that an open service must stay open beyond the search time (D-024). */
export const LAST_MINUTES = 30;

const SHOWN_DAYS = 7;

/** Both ends included (D-024). */
export type Window = { from: Date; to: Date };

/** One London day, worked out once a search: which hours apply to it, and its first instant. */
export type CalendarDay = { date: LocalDate; day: number; startsAt: Date; hasClockChange: boolean };

/** Consecutive days from that of the search. */
export type Calendar = readonly CalendarDay[];

type Span = { from: number; to: number };

/** The session window of a search at `at` for a disposition of `minutes`, or none (D-023). */
export function sessionWindow(at: Date, minutes: number | null): Window {
  if (minutes === null || minutes === 0) return { from: at, to: addMinutes(at, 60) };
  if (minutes <= 30) return { from: at, to: addMinutes(at, 30) };
  return { from: at, to: addMinutes(at, minutes <= 60 ? minutes : minutes - 60) };
}

/** The London days from that of `from` to the one after that of `to`: sessions may be joined at its midnight. */
export function calendarFor({ from, to }: Window, holidays: ReadonlySet<LocalDate>): Calendar {
  const last = addDays(londonDate(to), 1);
  const days: CalendarDay[] = [];
  for (let date = londonDate(from); date <= last; date = addDays(date, 1)) days.push(calendarDay(date, holidays));
  return days;
}

/** The window in which opening is shown: 7 days from `at` (D-027). */
export function shownWindow(at: Date): Window {
  return { from: at, to: addMinutes(at, SHOWN_DAYS * DAY_MINUTES) };
}

/** The last start of a slot that is in time: the due time; without one, 7 days from `at`. */
export function lastInTime({ at, dueAt }: { at: Date; dueAt: Date | null }): Date {
  return dueAt ?? shownWindow(at).to;
}

/**
 * The sessions of one London day in local minutes, 0 to 1440, by precedence: specified date, open all hours, public
 * holiday, weekday. A specified 00:00 to 00:00 is closed all day; a public holiday without hours of its own is closed (D-020).
 */
export function sessionsOn(pattern: OpeningPattern, { date, day }: Pick<CalendarDay, 'date' | 'day'>): readonly Hours[] {
  const specified = pattern.exceptions.get(date);
  if (specified) return specified.some(isClosedAllDay) ? [] : specified;
  if (pattern.isOpenAllHours) return [{ fromMinute: 0, toMinute: DAY_MINUTES }];
  return pattern.days.get(day) ?? [];
}

/**
 * Whether a service can take the patient in the window: if it is open at its start, it must stay open for more than 30
 * minutes; if it is closed then, it must open within the window (D-024, D-025). The calendar begins on the day of the start.
 */
export function isOpenInWindow(pattern: OpeningPattern, window: Window, calendar: Calendar): boolean {
  const start = window.from.getTime();
  const spans = openSpans(pattern, calendar);
  const current = spans.find((span) => span.from <= start && start <= span.to);
  if (current) return current.to > start + LAST_MINUTES * MINUTE_MS;
  return spans.some((span) => start < span.from && span.from <= window.to.getTime());
}

/** Whether a service is open at `at` or opens within `minutes` of it (D-017). */
export function isOpenWithin(pattern: OpeningPattern, { at, minutes }: { at: Date; minutes: number }, calendar: Calendar): boolean {
  const start = at.getTime();
  return openSpans(pattern, calendar).some((span) => start < span.to && span.from <= start + minutes * MINUTE_MS);
}

/** Whether a service is open at `at` and until when, or when it next opens, within 7 days; the calendar covers them (D-027). */
export function openState(pattern: OpeningPattern, at: Date, calendar: Calendar): OpenState {
  const now = at.getTime();
  const horizon = shownWindow(at).to.getTime();
  const spans = openSpans(pattern, calendar);
  const current = spans.find((span) => span.from <= now && now < span.to);
  if (current) return current.to > horizon ? { kind: 'open-all-hours' } : { kind: 'open', until: new Date(current.to) };
  const next = spans.find((span) => now < span.from && span.from <= horizon);
  return next ? { kind: 'closed', opensAt: new Date(next.from) } : { kind: 'unknown' };
}

// In time order; sessions joined at midnight or end to start are one.
function openSpans(pattern: OpeningPattern, calendar: Calendar): readonly Span[] {
  const joined: Span[] = [];
  for (const day of calendar) {
    for (const hours of inOrder(sessionsOn(pattern, day))) {
      const span = { from: instantOf(day, hours.fromMinute), to: instantOf(day, hours.toMinute) };
      const before = joined.at(-1);
      if (before && isJoined(before, span, hours)) before.to = Math.max(before.to, span.to);
      else if (span.from < span.to) joined.push(span);
    }
  }
  return joined;
}

// The minute between 23:59 and 00:00 counts as open (D-021).
function isJoined(before: Span, span: Span, { fromMinute }: Hours): boolean {
  return span.from <= before.to || (fromMinute === 0 && span.from - before.to === MINUTE_MS);
}

function inOrder(sessions: readonly Hours[]): readonly Hours[] {
  return sessions.length < 2 ? sessions : sessions.toSorted((one, other) => one.fromMinute - other.fromMinute);
}

function calendarDay(date: LocalDate, holidays: ReadonlySet<LocalDate>): CalendarDay {
  const startsAt = startOfLondonDay(date);
  const hasClockChange = startOfLondonDay(addDays(date, 1)).getTime() - startsAt.getTime() !== DAY_MINUTES * MINUTE_MS;
  return { date, day: holidays.has(date) ? PUBLIC_HOLIDAY : weekday(date), startsAt, hasClockChange };
}

// Wall time is asked of the clock only on the two days a year when it differs from the minutes gone by: a search does this thousands of times.
function instantOf({ date, startsAt, hasClockChange }: CalendarDay, minute: MinuteOfDay): number {
  if (!hasClockChange) return startsAt.getTime() + minute * MINUTE_MS;
  // A time that the spring change skips is the end of the skipped hour.
  const instant = londonInstant(date, minute) ?? londonInstant(date, (Math.floor(minute / 60) + 1) * 60);
  return (instant ?? startsAt).getTime();
}

function isClosedAllDay({ fromMinute, toMinute }: Hours): boolean {
  return fromMinute === 0 && toMinute === 0;
}
