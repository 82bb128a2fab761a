import { Temporal } from 'temporal-polyfill';
import { MINUTE_MS, type LocalDate } from '@/lib/platform/time-words';

/** Minutes since local midnight, 0 to 1440; 1440 is the end of the day. Wall time, so not hours elapsed on clock-change days. */
export type MinuteOfDay = number;

const LONDON = 'Europe/London';
export const DAY_MINUTES = 1440;
// A formatter and not Temporal, which takes ten times as long: a page of services asks it dozens of times.
const CLOCK_FACE = new Intl.DateTimeFormat('en-GB', { timeZone: LONDON, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

/** Reads the clock; only doors and job loops call it, once, to make a `ctx`. */
export function readClock(): Date {
  return new Date();
}

/** A date from text such as `2026-02-28`, or null when there is no such day. */
export function parseLocalDate(text: string): LocalDate | null {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? localDateOf(text) : null;
}

/** A date from its numbers, month 1 to 12, or null when there is no such day. */
export function localDateFrom(year: number, month: number, day: number): LocalDate | null {
  const pad = (value: number, width: number) => String(value).padStart(width, '0');
  return parseLocalDate(`${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`);
}

/** Minutes since London midnight on the clock face at this instant. */
export function londonMinute(instant: Date): MinuteOfDay {
  const [hour = 0, minute = 0] = CLOCK_FACE.format(instant).split(':').map(Number);
  return hour * 60 + minute;
}

/**
 * The instant when London clocks first show `minute` on `date`, or null when the spring change skips it.
 * 1440 is midnight at the end of the day.
 */
export function londonInstant(date: LocalDate, minute: MinuteOfDay): Date | null {
  if (minute === DAY_MINUTES) return londonInstant(addDays(date, 1), 0);
  const wall = Temporal.PlainDate.from(date).toPlainDateTime({ hour: Math.floor(minute / 60), minute: minute % 60 });
  // First of the two 01:30s in October: earlier is safer for a patient told a time by phone.
  const found = wall.toZonedDateTime(LONDON, { disambiguation: 'earlier' });
  return found.toPlainDateTime().equals(wall) ? new Date(found.epochMilliseconds) : null;
}

/** The first instant of a London day; it always exists. */
export function startOfLondonDay(date: LocalDate): Date {
  return new Date(Temporal.PlainDate.from(date).toZonedDateTime(LONDON).epochMilliseconds);
}

export function addDays(date: LocalDate, days: number): LocalDate {
  return asLocalDate(Temporal.PlainDate.from(date).add({ days }));
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'days' }).days;
}

/** 1 Monday to 7 Sunday. */
export function weekday(date: LocalDate): number {
  return new Date(date).getUTCDay() || 7;
}

export function addMinutes(instant: Date, minutes: number): Date {
  return new Date(instant.getTime() + minutes * MINUTE_MS);
}

/** Completed years, months and days of life on `on`. */
export function ageOn(birthDate: LocalDate, on: LocalDate): { years: number; months: number; days: number } {
  const age = Temporal.PlainDate.from(birthDate).until(Temporal.PlainDate.from(on), { largestUnit: 'years' });
  return { years: age.years, months: age.months, days: age.days };
}

/** A `date` column as Prisma gives it (midnight UTC) to our calendar date, and back. */
export function fromDateColumn(column: Date): LocalDate {
  return asLocalDate(Temporal.Instant.fromEpochMilliseconds(column.getTime()).toZonedDateTimeISO('UTC').toPlainDate());
}

export function toDateColumn(date: LocalDate): Date {
  return new Date(`${date}T00:00:00.000Z`);
}

function asLocalDate(date: Temporal.PlainDate): LocalDate {
  return date.toString() as LocalDate;
}

function localDateOf(text: string): LocalDate | null {
  try {
    return asLocalDate(Temporal.PlainDate.from(text, { overflow: 'reject' }));
  } catch {
    return null;
  }
}
