import type { Disposition } from '@/lib/directory/schema';
import { DAY_MINUTES, addDays, addMinutes, londonInstant, weekday } from '@/lib/platform/time';
import { londonDate, minutesBetween, type LocalDate } from '@/lib/platform/time-words';

type Timeframe = Pick<Disposition, 'timeframeMinutes' | 'timeframeLabel'>;

/** 18:30 London, the end of a working day for a disposition (D-026). */
const WORKING_DAY_ENDS = 18 * 60 + 30;
const NON_URGENT_MINUTES = 7 * DAY_MINUTES;

/** What the call handler does instead where there is no service search, by family of disposition (D-055). */
const INSTEAD: ReadonlyMap<string, string> = new Map([
  ['ambulance', 'This needs an ambulance, not an appointment. Follow the ambulance procedure now. Nothing can be booked for it.'],
  ['self_care', 'This can be looked after at home. Give the care advice, and say when to call 111 again. Nothing can be booked for it.'],
  ['information', 'Give or pass on the information that was asked for. Nothing can be booked for it.'],
]);

/**
 * The numeric form of a Dx code, or null when it is not one: 1005 for Dx05, 11012 for Dx012.
 * Leading zeros are significant. Source: D-058.
 */
export function numericId(code: string): number | null {
  const digits = /^dx(?:cv)?(\d{2,})$/i.exec(code.trim())?.[1];
  return digits === undefined ? null : Number(`${prefixOf(digits)}${digits}`);
}

/** Whether two Dx codes are the same: without regard to case, with regard to leading zeros (D-057). */
export function isSameCode(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}

/**
 * When the timeframe of a disposition made at `at` ends, or null when it has none. Working days end at 18:30 London and
 * leave out weekends and `holidays`; the day of `at` does not count. Non-urgent is 7 days (D-026).
 */
export function dueAt(disposition: Timeframe, at: Date, holidays: ReadonlySet<LocalDate>): Date | null {
  if (disposition.timeframeMinutes !== null) return addMinutes(at, disposition.timeframeMinutes);
  if (disposition.timeframeLabel === 'non-urgent') return addMinutes(at, NON_URGENT_MINUTES);
  const days = workingDays(disposition.timeframeLabel);
  return days === null ? null : londonInstant(nthWorkingDay(londonDate(at), days, holidays), WORKING_DAY_ENDS);
}

/** The disposition's minutes for the session window of a search at `at`, or null when it has no timeframe (D-023, D-026). */
export function searchMinutes(disposition: Timeframe, at: Date, holidays: ReadonlySet<LocalDate>): number | null {
  const due = dueAt(disposition, at, holidays);
  return due === null ? null : minutesBetween(at, due);
}

/** Whether services are searched for this disposition at all (D-055). */
export function isSearchable(disposition: Pick<Disposition, 'family'>): boolean {
  return !INSTEAD.has(disposition.family);
}

/** What to do instead of a search, in words; null where there is a search (D-055). */
export function insteadOfSearch(disposition: Pick<Disposition, 'family'>): string | null {
  return INSTEAD.get(disposition.family) ?? null;
}

/**
 * Whether every word of `typed` occurs in `text`, without regard to case; words of digits only as whole words, so that
 * "2 hours" does not find "12 hours". Nothing typed finds nothing.
 */
export function hasEveryWord(text: string, typed: string): boolean {
  const wanted = wordsOf(typed);
  const lower = text.toLowerCase();
  const whole = new Set(wordsOf(text));
  return wanted.length > 0 && wanted.every((word) => (/^\d+$/.test(word) ? whole.has(word) : lower.includes(word)));
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

function prefixOf(digits: string): string {
  const beginsWithOne = digits.startsWith('1');
  if (digits.length === 2) return '10';
  if (digits.length === 3) return beginsWithOne ? '1' : '11';
  // Longer codes that begin with 1 are only known with four digits; the published rule gives the others 10.
  return digits.length === 4 && beginsWithOne ? '1' : '10';
}

function workingDays(label: string | null): number | null {
  if (label === 'next working day') return 1;
  const count = /^(\d+) working days?$/.exec(label ?? '')?.[1];
  return count === undefined ? null : Number(count);
}

function nthWorkingDay(from: LocalDate, count: number, holidays: ReadonlySet<LocalDate>): LocalDate {
  let date = from;
  for (let left = count; left > 0; ) {
    date = addDays(date, 1);
    if (weekday(date) <= 5 && !holidays.has(date)) left -= 1;
  }
  return date;
}
