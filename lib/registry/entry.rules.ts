import type { EntrySource, EntryStatus, Freshness, PatientEntry } from '@/lib/registry/schema';
import { addDays, addMinutes, startOfLondonDay } from '@/lib/platform/time';
import { londonDate } from '@/lib/platform/time-words';

/** So long what another organisation said of an entry is taken as confirmed. */
export const FRESH_HOURS = 24;

/** An entry that begins within this time from now is shown before all others. */
export const SOON_HOURS = 48;

const PAST_DAYS = 7;
/** Of the patient's own; and besides these of those that may be somebody else's. */
const MOST_AT_ONCE = 4;
const MOST_MAYBE_AT_ONCE = 2;

type Checked = { source: EntrySource; status: EntryStatus; endsAt: Date; confirmedAt: Date; checkFailures: number };
type Placed = Pick<PatientEntry, 'status' | 'startsAt' | 'endsAt'>;

/** A patient's entries as the strip of a call shows them: what to read first, and what there is besides. */
export type Strip = {
  /** Certainly the patient's, those that begin soon first: in one look. */
  shown: readonly PatientEntry[];
  /** Perhaps the patient's, never mixed with the others. */
  maybe: readonly PatientEntry[];
  /** All others, in the same order, those that are perhaps the patient's last. */
  more: readonly PatientEntry[];
  /** How many of the others begin soon. */
  moreSoon: number;
};

/**
 * How far an entry can be trusted at `now`. Onward's own is as of now. Another is unconfirmed when its source could not be read at the last try, or when
 * nobody confirmed it for more than 24 hours and it still stands. Source: docs/rules.md#registry, from domain section 5.
 */
export function freshnessOf(entry: Checked, now: Date): Freshness {
  if (entry.source === 'onward') return { state: 'live' };
  const isOverdue = isStanding(entry, now) && now > addMinutes(entry.confirmedAt, FRESH_HOURS * 60);
  return entry.checkFailures > 0 || isOverdue ? { state: 'unconfirmed', since: entry.confirmedAt } : { state: 'confirmed', at: entry.confirmedAt };
}

/** Whether the patient is still expected, or there: booked or arrived, and not over at `now`. */
export function isStanding({ status, endsAt }: Pick<Placed, 'status' | 'endsAt'>, now: Date): boolean {
  return (status === 'booked' || status === 'arrived') && endsAt > now;
}

/** Whether an entry stands and is going on at `now`, or begins at most 48 hours later. */
export function isSoon(entry: Placed, now: Date): boolean {
  return isStanding(entry, now) && entry.startsAt <= addMinutes(now, SOON_HOURS * 60);
}

/** The instant from which on a call shows what is over: midnight in London seven days before the day of `now`. */
export function stripSince(now: Date): Date {
  return startOfLondonDay(addDays(londonDate(now), -PAST_DAYS));
}

/**
 * The strip of a call at `now`, from entries in the order of `patientEntries`. Left out: what was entered in error, what was moved (the new
 * appointment is an entry of its own), and the appointment that the call itself led to, by its id. Source: docs/rules.md#registry.
 */
export function stripOf(entries: readonly PatientEntry[], { now, except }: { now: Date; except: string | null }): Strip {
  const kept = entries.filter(({ status, appointment }) => status !== 'moved' && status !== 'entered-in-error' && (!appointment || appointment.id !== except));
  const certain = byNeed(kept.filter(({ match }) => match === 'certain'), now);
  const perhaps = byNeed(kept.filter(({ match }) => match === 'maybe'), now);
  const more = [...certain.slice(MOST_AT_ONCE), ...perhaps.slice(MOST_MAYBE_AT_ONCE)];
  return { shown: certain.slice(0, MOST_AT_ONCE), maybe: perhaps.slice(0, MOST_MAYBE_AT_ONCE), more, moreSoon: more.filter((entry) => isSoon(entry, now)).length };
}

// What begins soon, what else stands, the rest: each as it came.
function byNeed(entries: readonly PatientEntry[], now: Date): PatientEntry[] {
  const standing = entries.filter((entry) => isStanding(entry, now));
  return [...standing.filter((entry) => isSoon(entry, now)), ...standing.filter((entry) => !isSoon(entry, now)), ...entries.filter((entry) => !isStanding(entry, now))];
}
