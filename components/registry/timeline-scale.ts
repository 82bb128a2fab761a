import { addDays, daysBetween, localDateFrom, startOfLondonDay, weekday } from '@/lib/platform/time';
import { londonDate, monthWords, type LocalDate } from '@/lib/platform/time-words';

/** A stretch of time that is drawn from left to right; both ends are midnights in London. */
export type Axis = { from: Date; to: Date; ticks: readonly Tick[] };

/** A midnight of London with its place on the axis. `year` stands below where it is not clear from the ticks before. */
export type Tick = { share: number; words: string; year: string | null };

/** Where a mark is drawn: how far along the axis, 0 to 1, and in which row of its lane, from 0 up. */
export type Place = { share: number; row: number };

/** Nothing further away than this is drawn: one wrong year would press all the rest into a corner. */
const MOST_DAYS = 3 * 366;
const LEAST_DAYS = 7;
const MARGIN = 0.04;

/** So many labels stand side by side on a phone. */
const MOST_TICKS = 6;

/** How much of the axis of a phone a mark is wide. */
export const MARK_SHARE = 0.04;

type Step = { days: number } | { months: number };

const FINEST_STEPS: readonly Step[] = [{ days: 1 }, { days: 2 }, { days: 3 }, { days: 4 }, { days: 7 }, { days: 14 }, { months: 1 }, { months: 2 }, { months: 3 }, { months: 6 }, { months: 12 }];
const WIDEST_STEP: Step = { months: 24 };

/** Whether an instant is near enough to `now` to be drawn: at most three years away. */
export function isDrawn(instant: Date, now: Date): boolean {
  return Math.abs(daysBetween(londonDate(now), londonDate(instant))) <= MOST_DAYS;
}

/** The axis on which all these instants and `now` have their place: whole days, at least a week, with a little room at both ends. */
export function axisOf(instants: readonly Date[], now: Date): Axis {
  const dates = [now, ...instants].map(londonDate).sort();
  const first = dates[0] ?? londonDate(now);
  const last = dates.at(-1) ?? first;
  const days = daysBetween(first, last) + 1;
  const missing = Math.max(0, LEAST_DAYS - days);
  const margin = Math.ceil(days * MARGIN);
  const from = addDays(first, -margin - Math.floor(missing / 2));
  const to = addDays(last, 1 + margin + Math.ceil(missing / 2));
  const axis = { from: startOfLondonDay(from), to: startOfLondonDay(to) };
  return { ...axis, ticks: ticksOf({ from, to }, axis, now) };
}

/** How far along the axis an instant lies, 0 to 1. Time runs evenly: the days on which clocks change are an hour shorter or longer. */
export function shareOf(instant: Date, { from, to }: Pick<Axis, 'from' | 'to'>): number {
  return (instant.getTime() - from.getTime()) / (to.getTime() - from.getTime());
}

/** The places of marks at these shares, in the same order: each in the lowest row where it touches no other, on the narrowest screen too. */
export function placesOf(shares: readonly number[]): Place[] {
  const ends: number[] = [];
  const rows = new Map<number, number>();
  const ascending = shares.map((share, index) => ({ share, index })).sort((one, other) => one.share - other.share || one.index - other.index);
  for (const { share, index } of ascending) {
    const free = ends.findIndex((end) => end <= share);
    const row = free < 0 ? ends.length : free;
    ends[row] = share + MARK_SHARE;
    rows.set(index, row);
  }
  return shares.map((share, index) => ({ share, row: rows.get(index) ?? 0 }));
}

type Days = { from: LocalDate; to: LocalDate };

function ticksOf(days: Days, axis: Pick<Axis, 'from' | 'to'>, now: Date): Tick[] {
  const step = FINEST_STEPS.find((one) => datesOf(one, days).length <= MOST_TICKS) ?? WIDEST_STEP;
  const dates = datesOf(step, days);
  const thisYear = yearOf(londonDate(now));
  const isThisYearOnly = dates.every((date) => yearOf(date) === thisYear);
  return dates.map((date, index) => {
    const before = dates[index - 1];
    const isYearSaid = isThisYearOnly || (before !== undefined && yearOf(before) === yearOf(date));
    return { share: shareOf(startOfLondonDay(date), axis), words: 'days' in step ? dayAndShortMonth(date) : shortMonth(date), year: isYearSaid ? null : yearOf(date) };
  });
}

/** The dates of a step: every so many days, weeks from their Mondays; or the first days of every so many months, years from January. */
function datesOf(step: Step, { from, to }: Days): LocalDate[] {
  return 'days' in step ? daysOf(step.days, { from, to }) : monthsOf(step.months, { from, to });
}

function daysOf(every: number, { from, to }: Days): LocalDate[] {
  const first = every % 7 === 0 ? addDays(from, (8 - weekday(from)) % 7) : from;
  // One more than there is room for tells that the step is too fine: years of single days need not be made.
  const count = Math.min(MOST_TICKS + 1, Math.max(0, Math.ceil(daysBetween(first, to) / every)));
  return Array.from({ length: count }, (_, index) => addDays(first, index * every));
}

function monthsOf(every: number, { from, to }: Days): LocalDate[] {
  // Months counted from the year 0, so that their multiples are the same months of every year.
  const first = Math.floor(monthNumber(from) / every) * every;
  const count = Math.ceil((monthNumber(to) - first) / every) + 1;
  return Array.from({ length: count }, (_, index) => monthDate(first + index * every)).filter((date) => date >= from && date < to);
}

function monthNumber(date: LocalDate): number {
  return Number(yearOf(date)) * 12 + Number(date.slice(5, 7)) - 1;
}

function monthDate(number: number): LocalDate {
  const date = localDateFrom(Math.floor(number / 12), (number % 12) + 1, 1);
  if (!date) throw new Error('a month has a first day');
  return date;
}

function yearOf(date: LocalDate): string {
  return date.slice(0, 4);
}

function shortMonth(date: LocalDate): string {
  return monthWords(date).slice(0, 3);
}

function dayAndShortMonth(date: LocalDate): string {
  return `${Number(date.slice(8))} ${shortMonth(date)}`;
}
