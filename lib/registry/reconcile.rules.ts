import { addMinutes } from '@/lib/platform/time';
import { FRESH_HOURS, isStanding } from '@/lib/registry/entry.rules';
import { entryStatus, type EntryStatus } from '@/lib/registry/schema';
import type { CheckOutcome, SourceReading } from '@/lib/registry/source.schema';

/** An hour before nobody would count it as confirmed any more. */
const REGULAR_MINUTES = (FRESH_HOURS - 1) * 60;
const BEFORE_START_MINUTES = 2 * 60;

const FIRST_RETRY_MINUTES = 5;
const LONGEST_RETRY_MINUTES = 6 * 60;
const FIRST_REST_MINUTES = 1;
const LONGEST_REST_MINUTES = 60;
/** A source that asks for more is asked again after this all the same. */
const LONGEST_ASKED_REST_MINUTES = 6 * 60;

const POINTER = /^(https:\/\/[^?#]+)\/Appointment\/[A-Za-z0-9.-]{1,64}$/;

/** When an entry takes place, half-open. */
type Times = { startsAt: Date; endsAt: Date };

/** An entry as it was when it was re-read, and how many tries in a row had failed by then. */
type Entry = Times & { status: EntryStatus; checkFailures: number };

/** What a reading means for an entry: how it ended, what becomes of the entry, and when it is read next (null: never). */
export type Check = { outcome: CheckOutcome; failures: number; dueAt: Date | null; change: (Times & { status: EntryStatus }) | null };

/**
 * When an entry that was registered, changed or confirmed at `now` is to be re-read at its source: 23 hours later, and once two hours before it starts.
 * Null: never, as it has ended by then. Source: docs/rules.md#registry, from domain section 5.
 */
export function firstCheckAt({ startsAt, endsAt }: Times, now: Date): Date | null {
  const regular = addMinutes(now, REGULAR_MINUTES);
  const beforeStart = addMinutes(startsAt, -BEFORE_START_MINUTES);
  return unlessEnded(beforeStart > now ? earlier(regular, beforeStart) : regular, endsAt);
}

/**
 * When an entry is tried again that could not be confirmed at `now` for the `failures`th time in a row: 5 minutes later, then twice as long each time up to
 * 6 hours, and never later than it would have been read anyway. Null: never, as it has ended by then.
 */
export function retryAt({ startsAt, endsAt }: Times, { failures, now }: { failures: number; now: Date }): Date | null {
  const retry = addMinutes(now, doubled(FIRST_RETRY_MINUTES, { times: failures - 1, most: LONGEST_RETRY_MINUTES }));
  const regular = firstCheckAt({ startsAt, endsAt }, now);
  return unlessEnded(regular ? earlier(retry, regular) : retry, endsAt);
}

/**
 * Until when a source is left alone after it failed at `now` for the `failures`th time in a row: a minute, then twice as long each time up to an hour, or
 * as many seconds as it asked for, up to 6 hours. So a system that is down costs one try, not one for each of its entries.
 */
export function restUntil({ failures, retrySeconds, now }: { failures: number; retrySeconds: number | null; now: Date }): Date {
  const own = doubled(FIRST_REST_MINUTES, { times: failures - 1, most: LONGEST_REST_MINUTES });
  const asked = Math.min((retrySeconds ?? 0) / 60, LONGEST_ASKED_REST_MINUTES);
  return addMinutes(now, Math.max(own, asked));
}

/** Whether a reading says that the source as a whole cannot be read now: nobody is there, or Onward is not let in. */
export function isSourceDown(reading: SourceReading): boolean {
  return reading.found === 'nothing' && (reading.why === 'unreachable' || reading.why === 'refused');
}

/**
 * What the reading of an entry at `now` means. The same status and times confirm it, others change it; whatever else came leaves it as it was, not
 * confirmed. Not even an appointment that is gone is taken as cancelled: the registry cancels nothing by itself (B-924).
 */
export function decideCheck(entry: Entry, { reading, now }: { reading: SourceReading; now: Date }): Check {
  if (reading.found === 'nothing') {
    const failures = entry.checkFailures + 1;
    // Until its source is in the list again nothing is asked there.
    const dueAt = reading.why === 'not-allowed' ? null : retryAt(entry, { failures, now });
    return { outcome: reading.why, failures, dueAt, change: null };
  }
  const { status, startsAt, endsAt } = reading;
  const change = isSame(entry, reading) ? null : { status, startsAt, endsAt };
  return { outcome: change ? 'changed' : 'confirmed', failures: 0, dueAt: isStanding(reading, now) ? firstCheckAt(reading, now) : null, change };
}

/**
 * The service root of a pointer that may be re-read, `[root]/Appointment/[id]` over https; null for every other address. An address that a URL parser writes
 * otherwise (dot segments, credentials, the default port, another host's spelling) is none: what is compared must be what is fetched.
 */
export function serviceRootOf(url: string): string | null {
  const [, root] = POINTER.exec(url) ?? [];
  if (!root || !URL.canParse(url)) return null;
  const { href, username, password } = new URL(url);
  return href === url && username === '' && password === '' ? root : null;
}

/** The status that a code of FHIR's appointments says; null for one that is no appointment yet, such as `proposed`, and for codes nobody knows. */
export function statusOfCode(code: string): EntryStatus | null {
  const known = entryStatus.exclude(['moved']).safeParse(code);
  return known.success ? known.data : null;
}

function isSame(one: Times & { status: EntryStatus }, other: Times & { status: EntryStatus }): boolean {
  return one.status === other.status && one.startsAt.getTime() === other.startsAt.getTime() && one.endsAt.getTime() === other.endsAt.getTime();
}

function doubled(minutes: number, { times, most }: { times: number; most: number }): number {
  return Math.min(minutes * 2 ** Math.max(times, 0), most);
}

function earlier(one: Date, other: Date): Date {
  return one < other ? one : other;
}

function unlessEnded(at: Date, endsAt: Date): Date | null {
  return at < endsAt ? at : null;
}
