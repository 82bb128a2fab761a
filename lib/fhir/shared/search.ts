import { badParameter } from '@/lib/fhir/shared/outcome';
import type { Fault, Parameter } from '@/lib/fhir/shared/route';
import { ok, type Result } from '@/lib/platform/result';

/** Instants, half-open `[from, before)`, to the millisecond; null: no bound on that side. */
export type Bounds = { from: Date | null; before: Date | null };

/** The values of every parameter that has one of these names, in their order. Names are case sensitive. */
export function valuesOf(query: readonly Parameter[], names: readonly string[]): string[] {
  return query.filter(([name]) => names.includes(name)).map(([, value]) => value);
}

/** Values of which a comma separates several: any of them is meant. */
export function listOf(values: readonly string[]): string[] {
  return values.flatMap((value) => value.split(',')).map((value) => value.trim());
}

/** `system|value`, `|value` or `value`; system null when there is none, or an empty one. */
export function tokenOf(value: string): { system: string | null; value: string } {
  const bar = value.indexOf('|');
  return bar < 0 ? { system: null, value } : { system: value.slice(0, bar) || null, value: value.slice(bar + 1) };
}

/**
 * The window that all the values of a date parameter allow together (B-303): each with a prefix `ge`, `gt`, `le`, `lt` or `eq`, or
 * none, which is `eq`. A value that is not exact stands for all of its year, month, day, minute or second, so that `le2027-03-03`
 * takes the whole day; without an offset it is UTC (B-073, B-304). Refuses what is no date, and a lower bound after the upper (B-311).
 */
export function boundsOf(name: string, values: readonly string[]): Result<Bounds, Fault> {
  const bounds: Bounds = { from: null, before: null };
  const written: Bounds = { from: null, before: null };
  for (const value of values) {
    const [, prefix = 'eq', date = ''] = PREFIXED.exec(value) ?? [];
    const span = spanOf(withPlus(date));
    if (!span) return badParameter(name, `${name} must be a date or an instant such as ge2027-03-03T14:00:00%2B00:00, with a prefix ge, gt, le, lt, eq or none`);
    narrow(bounds, boundsBy(prefix, span));
    narrow(written, boundsBy(prefix, { first: span.first, after: span.first }));
  }
  // Bounds that meet leave nothing between them, which is no fault: `ge` and `lt` of one instant.
  if (isEmpty(bounds) && written.from && written.before && written.from > written.before) return badParameter(name, `the lower bound of ${name} is after its upper bound`);
  return ok(bounds);
}

/** A date as it was meant: the `+` of an offset that was lost in decoding arrives as a space (B-304, X-19). */
export function withPlus(date: string): string {
  return date.replace(/ (?=\d{2}:\d{2}$)/, '+');
}

const PREFIXED = /^(ge|gt|le|lt|eq)?(.*)$/s;
const DATE = /^([1-9]\d{3})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$/;

/** The last instant that every part of Onward can write: nothing is ever booked near it. */
const END_OF_TIME = Date.UTC(9999, 11, 31);

/** Instants in milliseconds: the first, and the first after it, of all that a value stands for. */
type Span = { first: number; after: number };

function spanOf(text: string): Span | null {
  const [, year, month, day, hour, minute, second, fraction, zone] = DATE.exec(text) ?? [];
  if (!year) return null;
  const given = { year: Number(year), month: Number(month ?? 1), day: Number(day ?? 1), hour: Number(hour ?? 0), minute: Number(minute ?? 0), second: Number(second ?? 0) };
  const offset = offsetMs(zone);
  if (!isTime(given) || offset === null) return null;

  const at = ({ year = 0, month = 0, day = 0, ms = 0 }) => Date.UTC(given.year + year, given.month - 1 + month, given.day + day, given.hour, given.minute, given.second) + ms - offset;
  if (!month) return { first: at({}), after: at({ year: 1 }) };
  if (!day) return { first: at({}), after: at({ month: 1 }) };
  if (!hour) return { first: at({}), after: at({ day: 1 }) };
  if (!second) return { first: at({}), after: at({ ms: 60_000 }) };
  if (!fraction) return { first: at({}), after: at({ ms: 1_000 }) };
  // Finer than a millisecond a value lies between two of them: the span of `eq` is empty then.
  const ms = Number(fraction.padEnd(3, '0').slice(0, 3));
  return { first: at({ ms: /[1-9]/.test(fraction.slice(3)) ? ms + 1 : ms }), after: at({ ms: ms + 1 }) };
}

function isTime({ year, month, day, hour, minute, second }: { year: number; month: number; day: number; hour: number; minute: number; second: number }): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  // Second 60 is a leap second.
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60 && second <= 60;
}

function offsetMs(zone = 'Z'): number | null {
  if (zone === 'Z') return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(4))];
  if (hours > 14 || minutes > 59) return null;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

function boundsBy(prefix: string, { first, after }: Span): Bounds {
  const [start, end] = [new Date(Math.min(first, END_OF_TIME)), new Date(Math.min(after, END_OF_TIME))];
  switch (prefix) {
    case 'ge':
      return { from: start, before: null };
    case 'gt':
      return { from: end, before: null };
    case 'le':
      return { from: null, before: end };
    case 'lt':
      return { from: null, before: start };
    default:
      return { from: start, before: end };
  }
}

function narrow(bounds: Bounds, by: Bounds): void {
  bounds.from = later(bounds.from, by.from);
  bounds.before = earlier(bounds.before, by.before);
}

function isEmpty({ from, before }: Bounds): boolean {
  return from !== null && before !== null && from >= before;
}

function later(one: Date | null, other: Date | null): Date | null {
  return one && other ? (one > other ? one : other) : (one ?? other);
}

function earlier(one: Date | null, other: Date | null): Date | null {
  return one && other ? (one < other ? one : other) : (one ?? other);
}
