import { addDays, startOfLondonDay, weekday } from '@/lib/platform/time';
import { londonDate, type LocalDate } from '@/lib/platform/time-words';
import type { ClosureLine, ServiceDay, SessionLine, SlotCounts, SlotState } from '@/lib/schedule/calendar.schema';

const NOTHING: SlotCounts = { total: 0, booked: 0, unbooked: 0, keptBack: 0, held: 0, orphaned: 0 };

/** The Monday of the week that the day is in. */
export function mondayOf(date: LocalDate): LocalDate {
  return addDays(date, 1 - weekday(date));
}

/** The days that a page of the month shows, both included: whole weeks, so from a Monday to a Sunday, 28 to 42 days. */
export function daysOfMonth(date: LocalDate): { from: LocalDate; to: LocalDate } {
  const lastDay = addDays(monthFrom(date, 1), -1);
  return { from: mondayOf(monthFrom(date, 0)), to: addDays(mondayOf(lastDay), 6) };
}

/** The first day of the month `months` after that of the day; negative for one before. */
export function monthFrom(date: LocalDate, months: -1 | 0 | 1): LocalDate {
  const first = addDays(date, 1 - Number(date.slice(8)));
  if (months === 0) return first;
  // From the first of a month 31 days on are in the next one, and one day back in the one before.
  return monthFrom(addDays(first, months === 1 ? 31 : -1), 0);
}

/** The counts of several sessions or days, added up. */
export function sumOf(counts: readonly SlotCounts[]): SlotCounts {
  return counts.reduce(
    (sum, each) => ({
      total: sum.total + each.total,
      booked: sum.booked + each.booked,
      unbooked: sum.unbooked + each.unbooked,
      keptBack: sum.keptBack + each.keptBack,
      held: sum.held + each.held,
      orphaned: sum.orphaned + each.orphaned,
    }),
    NOTHING,
  );
}

/** Each day from `from` to `to`, both included, with its sessions, and the closures that reach into it. */
export function serviceDays({ from, to }: { from: LocalDate; to: LocalDate }, { sessions, closures }: { sessions: readonly SessionLine[]; closures: readonly ClosureLine[] }): ServiceDay[] {
  const days: ServiceDay[] = [];
  for (let date = from; date <= to; date = addDays(date, 1)) {
    const own = sessions.filter((session) => session.date === date);
    days.push({ date, ...sumOf(own), sessions: own, closures: closures.filter((closure) => reachesInto(closure, date)) });
  }
  return days;
}

/** The part of a closure that lies in the day; null at an end where it goes on beyond. */
export function partOfDay({ startsAt, endsAt }: ClosureLine, date: LocalDate): { startsAt: Date | null; endsAt: Date | null } {
  return { startsAt: startsAt > startOfLondonDay(date) ? startsAt : null, endsAt: endsAt < startOfLondonDay(addDays(date, 1)) ? endsAt : null };
}

/** What a slot that is not withdrawn is at `now`: a hold counts until `heldUntil`, what is kept back until `keptBackUntil`, both exclusive. */
export function slotStateAt(slot: { status: string; heldUntil: Date | null; keptBackUntil: Date | null; orphanedAt: Date | null }, now: Date): SlotState {
  if (slot.orphanedAt) return 'orphaned';
  if (slot.status === 'busy') return 'booked';
  if (slot.heldUntil && slot.heldUntil > now) return 'held';
  return slot.keptBackUntil && slot.keptBackUntil > now ? 'kept-back' : 'free';
}

/** The rows of a week, as whole hours of the London clock: those at which a session of one of the days opens; one row when none does. */
export function hoursOf(days: readonly ServiceDay[]): number[] {
  const hours = new Set(days.flatMap(({ sessions }) => sessions.map(({ opensMinute }) => hourOf(opensMinute))));
  return hours.size === 0 ? [0] : [...hours].toSorted((one, other) => one - other);
}

/** The row of a session, from 0, among these hours. */
export function rowOf({ opensMinute }: Pick<SessionLine, 'opensMinute'>, hours: readonly number[]): number {
  return hours.indexOf(hourOf(opensMinute));
}

/** The row in which a closure is told on a day: that of the last hour before it begins, else the first. `minute`: of its beginning; 0 for the whole day. */
export function rowOfClosure(minute: number, hours: readonly number[]): number {
  return Math.max(0, hours.findLastIndex((hour) => hour <= hourOf(minute)));
}

function hourOf(minute: number): number {
  return Math.floor(minute / 60);
}

function reachesInto({ startsAt, endsAt }: ClosureLine, date: LocalDate): boolean {
  // `endsAt` is exclusive: a closure until midnight does not reach into the day that begins then.
  return londonDate(startsAt) <= date && endsAt > startOfLondonDay(date);
}
