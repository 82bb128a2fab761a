// Times in words, for screens. Apart from time.ts because browsers read it: Intl is built in, Temporal would cost them 20 kB.

/** A calendar date in Europe/London, as `2026-11-24`. */
export type LocalDate = string & { readonly __brand: 'LocalDate' };

export const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const DAY_MINUTES = 1440;

const LONDON = { timeZone: 'Europe/London' } as const;
const UTC = { timeZone: 'UTC' } as const;
const ISO_DATE = new Intl.DateTimeFormat('sv-SE', LONDON);
const CLOCK = new Intl.DateTimeFormat('en-GB', { ...LONDON, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const ZONE = new Intl.DateTimeFormat('en-GB', { ...LONDON, timeZoneName: 'longOffset' });
const SHORT = new Intl.DateTimeFormat('en-GB', { ...UTC, weekday: 'short', day: 'numeric', month: 'short' });
const LONG = new Intl.DateTimeFormat('en-GB', { ...UTC, weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const MONTH = new Intl.DateTimeFormat('en-GB', { ...UTC, month: 'long', year: 'numeric' });
const BIRTH = new Intl.DateTimeFormat('en-GB', { ...UTC, day: 'numeric', month: 'short', year: 'numeric' });

/** The calendar date in London at this instant. */
export function londonDate(instant: Date): LocalDate {
  return ISO_DATE.format(instant) as LocalDate;
}

/** `13:50`, with BST or GMT behind it in the hour that London clocks show twice. */
export function clockTime(instant: Date): string {
  const clock = CLOCK.format(instant);
  const isShownTwice = [-HOUR_MS, HOUR_MS].some((away) => CLOCK.format(instant.getTime() + away) === clock);
  if (!isShownTwice) return clock;
  return `${clock} ${ZONE.format(instant).includes('+01:00') ? 'BST' : 'GMT'}`;
}

/** `13:50:07`, labelled as `clockTime` is, for records. */
export function clockTimeToTheSecond(instant: Date): string {
  const [clock = '', ...label] = clockTime(instant).split(' ');
  // London is whole minutes away from UTC.
  return [`${clock}:${String(instant.getUTCSeconds()).padStart(2, '0')}`, ...label].join(' ');
}

/** `today`, `tomorrow`, `yesterday` or `Tue 24 Nov`, with the year when it is another. */
export function dayWords(date: LocalDate, now: Date): string {
  const days = (Date.parse(date) - Date.parse(londonDate(now))) / DAY_MS;
  if (days === 0) return 'today';
  if (days === 1) return 'tomorrow';
  if (days === -1) return 'yesterday';
  return shortDate(date, now);
}

/** `13:50` when it is today, `tomorrow 13:50` or `Tue 24 Nov 13:50` otherwise. */
export function whenWords(instant: Date, now: Date): string {
  const date = londonDate(instant);
  return date === londonDate(now) ? clockTime(instant) : `${dayWords(date, now)} ${clockTime(instant)}`;
}

/** `Tue 24 Nov`, with the year when it is not that of `now`. */
export function shortDate(date: LocalDate, now: Date): string {
  const year = date.slice(0, 4);
  const words = plain(SHORT, date);
  return year === londonDate(now).slice(0, 4) ? words : `${words} ${year}`;
}

/** `Tuesday 24 November 2026`, to be read out. */
export function longDate(date: LocalDate): string {
  return plain(LONG, date);
}

/** `23 November`, with the year when it is not that of `now`. */
export function dayAndMonth(date: LocalDate, now: Date): string {
  const words = `${Number(date.slice(8))} ${monthWords(date)}`;
  return date.slice(0, 4) === londonDate(now).slice(0, 4) ? words.slice(0, -5) : words;
}

/** `November 2026`. */
export function monthWords(date: LocalDate): string {
  return plain(MONTH, date);
}

/** `6 Nov 2024`, for dates of birth. */
export function birthDateWords(date: LocalDate): string {
  return plain(BIRTH, date);
}

/** Elapsed whole minutes from `from` to `to`; negative, and rounded away from zero, when `to` is earlier. */
export function minutesBetween(from: Date, to: Date): number {
  return Math.floor((to.getTime() - from.getTime()) / MINUTE_MS);
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

function plain(format: Intl.DateTimeFormat, date: LocalDate): string {
  return format.format(Date.parse(date)).replaceAll(',', '').replace(/\bSept\b/, 'Sep');
}
