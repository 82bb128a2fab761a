import type { ClosureLine, KeptBackUntil, ServiceDay, SessionLine, SlotCounts, SlotState } from '@/lib/schedule/calendar.schema';
import { partOfDay } from '@/lib/schedule/calendar.rules';
import { clockTime, londonDate, whenWords, type LocalDate } from '@/lib/platform/time-words';

const CHANNELS = { 'in-person': '', telephone: 'telephone', video: 'video' } as const;

/** `Nurse A`, `GP (telephone)`, `Nurse practitioner (channel not stated)`: whose session it is. */
export function scheduleWords({ name, practitionerName, practitionerRole, channel }: SessionLine['schedule']): string {
  const who = name ?? practitionerName ?? practitionerRole ?? 'Role not stated';
  const how = channel ? CHANNELS[channel] : 'channel not stated';
  return how ? `${who} (${how})` : who;
}

/** `08:00–13:00`. */
export function hoursWords({ opensAt, closesAt }: Pick<SessionLine, 'opensAt' | 'closesAt'>): string {
  return `${clockTime(opensAt)}–${clockTime(closesAt)}`;
}

/** `27 booked, 3 unbooked of 30`, `60 unbooked`, `all 30 booked`. Never "available", which is misread. */
export function countWords({ total, booked, unbooked }: SlotCounts): string {
  if (total === 0) return 'no slots';
  if (booked === 0) return `${unbooked} unbooked`;
  return unbooked === 0 ? `all ${total} booked` : `${booked} booked, ${unbooked} unbooked of ${total}`;
}

/** `6 kept back until 13:00`, with the day when it is not that of the session; null when nothing is. */
export function keptBackWords({ keptBack, keptBackUntil, date }: Pick<SessionLine, 'keptBack' | 'keptBackUntil' | 'date'>, now: Date): string | null {
  if (keptBack === 0 || !keptBackUntil) return null;
  const { first, last } = keptBackUntil;
  const at = (instant: Date) => (londonDate(instant) === date ? clockTime(instant) : whenWords(instant, now));
  return first.getTime() === last.getTime() ? `${keptBack} kept back until ${at(first)}` : `${keptBack} kept back, the first until ${at(first)}, the last until ${at(last)}`;
}

/** When the last of what is kept back in these days opens; null when nothing is. */
export function lastRelease(days: readonly ServiceDay[]): KeptBackUntil['last'] | null {
  const releases = days.flatMap(({ sessions }) => sessions.flatMap(({ keptBackUntil }) => (keptBackUntil ? [keptBackUntil.last] : [])));
  return releases.toSorted((one, other) => other.getTime() - one.getTime())[0] ?? null;
}

/** `Closed all day`, `Closed until 13:00`, `Paused 14:00–14:30`: what a closure does to the day. */
export function closureWords(closure: ClosureLine, date: LocalDate): string {
  const { startsAt, endsAt } = partOfDay(closure, date);
  const what = closure.kind === 'pause' ? 'Paused' : 'Closed';
  if (startsAt && endsAt) return `${what} ${clockTime(startsAt)}–${clockTime(endsAt)}`;
  if (startsAt) return `${what} from ${clockTime(startsAt)}`;
  return endsAt ? `${what} until ${clockTime(endsAt)}` : `${what} all day`;
}

/** The states of a slot in the words of its chip, in the order in which they are told. */
export const SLOT_STATES = {
  orphaned: 'orphaned',
  booked: 'booked',
  held: 'held',
  'kept-back': 'kept back',
  free: 'free',
} as const satisfies Record<SlotState, string>;
