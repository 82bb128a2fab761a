import { Temporal } from 'temporal-polyfill';

/** A calendar date in Europe/London, as `2026-11-24`. */
export type LocalDate = string & { readonly __brand: 'LocalDate' };

/** Minutes since local midnight, 0 to 1440; 1440 is the end of the day. Wall time, so not hours elapsed on clock-change days. */
export type MinuteOfDay = number;

const LONDON = 'Europe/London';
export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MINUTES = 1440;

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

/** The calendar date in London at this instant. */
export function londonDate(instant: Date): LocalDate {
  return asLocalDate(zoned(instant).toPlainDate());
}

/** Minutes since London midnight on the clock face at this instant. */
export function londonMinute(instant: Date): MinuteOfDay {
  const time = zoned(instant);
  return time.hour * 60 + time.minute;
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
  return Temporal.PlainDate.from(date).dayOfWeek;
}

export function addMinutes(instant: Date, minutes: number): Date {
  return new Date(instant.getTime() + minutes * MINUTE_MS);
}

/** Elapsed minutes from `from` to `to`, rounded down towards the past. */
export function minutesBetween(from: Date, to: Date): number {
  return Math.floor((to.getTime() - from.getTime()) / MINUTE_MS);
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

/** `13:50`, with BST or GMT behind it in the hour that London clocks show twice. */
export function clockTime(instant: Date): string {
  const time = zoned(instant);
  const wall = time.toPlainDateTime();
  const isShownTwice = !wall.toZonedDateTime(LONDON, { disambiguation: 'earlier' }).equals(wall.toZonedDateTime(LONDON, { disambiguation: 'later' }));
  const label = time.offsetNanoseconds === 0 ? 'GMT' : 'BST';
  return isShownTwice ? `${time.toPlainTime().toString({ smallestUnit: 'minute' })} ${label}` : time.toPlainTime().toString({ smallestUnit: 'minute' });
}

/** `13:50` for a minute of the day; 1440 is `24:00`. */
export function minuteWords(minute: MinuteOfDay): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

/** `today`, `tomorrow`, `yesterday` or `Tue 24 Nov`, with the year when it is another. */
export function dayWords(date: LocalDate, now: Date): string {
  const away = daysBetween(londonDate(now), date);
  if (away === 0) return 'today';
  if (away === 1) return 'tomorrow';
  if (away === -1) return 'yesterday';
  return shortDate(date, now);
}

/** `Tue 24 Nov`, with the year when it is not that of `now`. */
export function shortDate(date: LocalDate, now: Date): string {
  const plain = Temporal.PlainDate.from(date);
  const isThisYear = plain.year === zoned(now).year;
  return format(plain, { weekday: 'short', day: 'numeric', month: 'short', ...(isThisYear ? {} : { year: 'numeric' }) });
}

/** `Tuesday 24 November 2026`, to be read out. */
export function longDate(date: LocalDate): string {
  return format(Temporal.PlainDate.from(date), { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
}

/** `6 Nov 2024`, for dates of birth. */
export function birthDateWords(date: LocalDate): string {
  return format(Temporal.PlainDate.from(date), { day: 'numeric', month: 'short', year: 'numeric' });
}

/** `1 h 43 min`, `12 min`, `2 days 3 h`; minutes are dropped beyond a day. Takes whole minutes, 0 or more. */
export function durationWords(minutes: number): string {
  const days = Math.floor(minutes / DAY_MINUTES);
  const hours = Math.floor((minutes % DAY_MINUTES) / 60);
  const rest = minutes % 60;
  const parts = [
    days > 0 ? `${days} ${days === 1 ? 'day' : 'days'}` : '',
    hours > 0 ? `${hours} h` : '',
    days === 0 && (rest > 0 || hours === 0) ? `${rest} min` : '',
  ];
  return parts.filter(Boolean).join(' ');
}

function zoned(instant: Date): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(LONDON);
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

function format(date: Temporal.PlainDate, options: Intl.DateTimeFormatOptions): string {
  return date.toLocaleString('en-GB', options).replaceAll(',', '');
}
