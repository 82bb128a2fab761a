import type { OpenState } from '@/lib/directory/schema';

/**
 * The true reason why a service has no slot in time for a call; `nextAt` is its first free slot after that, null when there is
 * none. Instants are shown in London time. Source: domain section 3.
 */
export type NoSlotsReason =
  | { kind: 'not-for-age' }
  /** `closure`: the stretch that is closed, half-open, with `from` null when it has begun; without one a whole day, or for good. */
  | { kind: 'closed'; note: string | null; closure: { from: Date | null; until: Date } | null; nextAt: Date | null }
  | { kind: 'opens-at'; at: Date; nextAt: Date | null }
  | { kind: 'only-held'; freeAgainAt: Date }
  /** Null: not before they start. */
  | { kind: 'kept-back'; releasedAt: Date | null; nextAt: Date | null }
  | { kind: 'notice-passed'; nextAt: Date | null }
  | { kind: 'not-open-yet'; opensAt: Date; nextAt: Date | null }
  | { kind: 'fully-booked'; nextAt: Date | null; hasDueTime: boolean }
  | { kind: 'outside-window'; nextAt: Date }
  | { kind: 'nothing-offered' };

/** A service at one moment, and its slots that begin in time for one call: after now, up to and with the due time. */
export type NoSlotsFacts = {
  isBookable: boolean;
  isActive: boolean;
  takesAge: boolean;
  /** Free for this call, its own hold among them. */
  free: number;
  /** Free, but calls cannot have them yet; with when the first of them is released, or opens, before it starts. */
  keptBack: number;
  releasedAt: Date | null;
  opensAt: Date | null;
  /** Free, but too late to book. */
  tooLate: number;
  /** In their place in a session: without orphans. */
  booked: number;
  withdrawn: number;
  /** When the first hold of another call runs out; null when nothing is held. */
  freeAgainAt: Date | null;
  /** The closure in that time that began first and is not over, with the reason given for it. */
  closure: { startsAt: Date; endsAt: Date; reason: string } | null;
  /** The specified date that closes the service today, with the reason given for it. */
  closing: { note: string | null } | null;
  open: OpenState;
  /** The first slot after the due time that this call can have. */
  nextAt: Date | null;
  now: Date;
  dueAt: Date | null;
};

/**
 * Why there is no slot in time, or null when there is one. The first that holds: not for this age · only held · kept back by the
 * service · too late to book · not open yet · fully booked · closed, by a closure, because all was withdrawn, or because today is a specified
 * closed day · opens later · free only after the due time · nothing offered. Source: domain sections 3 and 4.
 */
export function reasonForNone(facts: NoSlotsFacts): NoSlotsReason | null {
  const { free, keptBack, releasedAt, tooLate, opensAt, booked, freeAgainAt, nextAt, open, dueAt } = facts;
  if (!facts.isBookable) return { kind: 'nothing-offered' };
  if (free > 0) return null;
  if (!facts.takesAge) return { kind: 'not-for-age' };
  // What is booked, held or limited shows that the service works in that time, whatever its hours say.
  if (freeAgainAt) return { kind: 'only-held', freeAgainAt };
  if (keptBack > 0) return { kind: 'kept-back', releasedAt, nextAt };
  if (tooLate > 0) return { kind: 'notice-passed', nextAt };
  if (opensAt) return { kind: 'not-open-yet', opensAt, nextAt };
  if (booked > 0) return { kind: 'fully-booked', nextAt, hasDueTime: dueAt !== null };
  if (isClosed(facts)) return closed(facts);
  if (open.kind === 'closed') return { kind: 'opens-at', at: open.opensAt, nextAt };
  return nextAt ? { kind: 'outside-window', nextAt } : { kind: 'nothing-offered' };
}

function isClosed({ isActive, withdrawn, closure, closing, open, dueAt }: NoSlotsFacts): boolean {
  const opensInTime = open.kind === 'closed' && (dueAt === null || open.opensAt <= dueAt);
  return !isActive || closure !== null || withdrawn > 0 || (closing !== null && !opensInTime);
}

function closed({ isActive, closure, closing, now, nextAt }: NoSlotsFacts): NoSlotsReason {
  if (!closure || !isActive) return { kind: 'closed', note: closing?.note ?? null, closure: null, nextAt };
  const { startsAt, endsAt, reason } = closure;
  return { kind: 'closed', note: reason, closure: { from: startsAt > now ? startsAt : null, until: endsAt }, nextAt };
}
