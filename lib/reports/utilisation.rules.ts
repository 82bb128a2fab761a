import { addDays, daysBetween, parseLocalDate } from '@/lib/platform/time';
import { londonDate, type LocalDate } from '@/lib/platform/time-words';

/** Days in London, both included. */
export type Span = { from: LocalDate; to: LocalDate };

/** Slots of one weekday (1 Monday to 7 Sunday) that begin in one hour of London, over a span. */
export type HourCount = { weekday: number; hour: number; offered: number; booked: number };

/** How many appointments were booked so many hours before their start: at least `fromHours`, less than `toHours`; null: no such bound. */
export type LeadBucket = { fromHours: number; toHours: number | null; count: number };

/** How a service was used. Offered: slots that were not withdrawn. `medianLeadMinutes` is null without an appointment. */
export type Utilisation = {
  hours: readonly HourCount[];
  leads: readonly LeadBucket[];
  medianLeadMinutes: number | null;
  attended: number;
  noShows: number;
  cancelled: number;
};

/** The span of a report unless another is asked for: four whole weeks, so that each weekday counts as often. */
export const DEFAULT_DAYS = 28;
/** The longest span of a report, in days. */
export const MAX_DAYS = 366;

/** Where the bars of lead time begin, in hours; the last has no end. */
export const LEAD_HOURS = [0, 1, 2, 4, 8, 24, 72, 168] as const;

/** The default span: the 28 days before today, which has not ended. */
export function lastDays(now: Date): Span {
  const today = londonDate(now);
  return { from: addDays(today, -DEFAULT_DAYS), to: addDays(today, -1) };
}

/** The span that was asked for, or what is wrong with it by field. Nothing asked: the default. */
export function spanOf({ from = '', to = '' }: { from?: string; to?: string }, now: Date): { span: Span; faults: Record<string, string> } {
  const usual = lastDays(now);
  if (!from && !to) return { span: usual, faults: {} };
  const first = parseLocalDate(from);
  const last = parseLocalDate(to);
  if (!first || !last) return { span: usual, faults: { ...(!first && { from: 'Enter the first day' }), ...(!last && { to: 'Enter the last day' }) } };
  if (last < first) return { span: usual, faults: { to: 'The last day must not be before the first' } };
  if (daysBetween(first, last) >= MAX_DAYS) return { span: usual, faults: { to: `Choose at most ${MAX_DAYS} days` } };
  return { span: { from: first, to: last }, faults: {} };
}

/** Booked of offered, as a whole percentage; null when nothing was offered, which is not 0 %. Never 0 or 100 by rounding alone. */
export function shareOf(part: number, whole: number): number | null {
  if (whole === 0) return null;
  const percent = Math.round((part / whole) * 100);
  if (percent === 0 && part > 0) return 1;
  return percent === 100 && part < whole ? 99 : percent;
}

/** The hours of the day between the first and the last with a slot, in order, for the columns of a heat map. */
export function hoursShown(hours: readonly HourCount[]): number[] {
  const known = hours.map(({ hour }) => hour);
  if (known.length === 0) return [];
  const first = Math.min(...known);
  return Array.from({ length: Math.max(...known) - first + 1 }, (_, index) => first + index);
}

/** All slots of the span. */
export function totalOf(hours: readonly HourCount[]): { offered: number; booked: number } {
  return hours.reduce((total, { offered, booked }) => ({ offered: total.offered + offered, booked: total.booked + booked }), { offered: 0, booked: 0 });
}
