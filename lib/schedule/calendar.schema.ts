import { parseLocalDate, type MinuteOfDay } from '@/lib/platform/time';
import type { LocalDate } from '@/lib/platform/time-words';
import type { ScheduleFacts, SlotTimes } from '@/lib/schedule/schema';

/**
 * What became of slots. `total` = `booked` + `unbooked`; kept back and held ones are among the unbooked. Orphaned bookings are in neither: the
 * schedule has no place for them. Withdrawn slots count nowhere.
 */
export type SlotCounts = { total: number; booked: number; unbooked: number; keptBack: number; held: number; orphaned: number };

/** When the first and the last of the slots that are kept back open to calls. */
export type KeptBackUntil = { first: Date; last: Date };

/** One session with what became of its slots. One that is withdrawn is only there for its orphans. */
export type SessionLine = SlotCounts & {
  id: string;
  date: LocalDate;
  opensAt: Date;
  closesAt: Date;
  /** London wall time of its opening. */
  opensMinute: MinuteOfDay;
  isWithdrawn: boolean;
  keptBackUntil: KeptBackUntil | null;
  schedule: ScheduleFacts;
};

/** Half-open `[startsAt, endsAt)`; a pause is a short one that began at once. */
export type ClosureLine = SlotTimes & { id: string; kind: 'closure' | 'pause'; reason: string };

/** One London day of a service: sessions by their opening, closures that reach into it, and the sums. */
export type ServiceDay = SlotCounts & { date: LocalDate; sessions: readonly SessionLine[]; closures: readonly ClosureLine[] };

/** What a slot is right now. Orphaned: booked, without a place in the schedule. */
export type SlotState = 'free' | 'held' | 'kept-back' | 'booked' | 'orphaned';

/** One time of a session with the states of its slots, by place. */
export type TimeLine = SlotTimes & { states: readonly SlotState[] };

/** The same day with every slot of each session, by session id. */
export type ServiceDayInFull = ServiceDay & { times: ReadonlyMap<string, readonly TimeLine[]> };

export type CalendarView = 'day' | 'week' | 'month';

type Asked = { view?: string | string[]; date?: string | string[] };

/** What an address asks to see: the week, and today (London), unless it says otherwise in a way that can be. Dates of this century only. */
export function calendarAsked({ view, date }: Asked, today: LocalDate): { view: CalendarView; date: LocalDate } {
  return { view: view === 'day' || view === 'month' ? view : 'week', date: dateAsked(date, today) };
}

/** The date of an address; today when it has none, or one that cannot be. */
export function dateAsked(date: string | string[] | undefined, today: LocalDate): LocalDate {
  return typeof date === 'string' && date.startsWith('20') ? (parseLocalDate(date) ?? today) : today;
}
