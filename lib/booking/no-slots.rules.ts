import type { OpenState } from '@/lib/directory/schema';

/**
 * The true reason why a service has no slot in time for a call; `nextAt` is its first free slot after that, null when there is
 * none. Instants are shown in London time. Source: domain section 3.
 */
export type NoSlotsReason =
  | { kind: 'not-for-age' }
  | { kind: 'closed'; note: string | null; nextAt: Date | null }
  | { kind: 'opens-at'; at: Date; nextAt: Date | null }
  | { kind: 'only-held'; freeAgainAt: Date }
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
  booked: number;
  withdrawn: number;
  /** When the first hold of another call runs out; null when nothing is held. */
  freeAgainAt: Date | null;
  /** The specified date that closes the service today, with the reason given for it. */
  closing: { note: string | null } | null;
  open: OpenState;
  /** The first free slot after the due time. */
  nextAt: Date | null;
  dueAt: Date | null;
};

/**
 * Why there is no slot in time, or null when there is one. The first that holds: not for this age · closed, because all was
 * withdrawn or today is a specified closed day · opens later · only held · fully booked · free only after the due time · nothing
 * offered. Source: domain section 3.
 */
export function reasonForNone(facts: NoSlotsFacts): NoSlotsReason | null {
  const { free, booked, freeAgainAt, nextAt, open, dueAt } = facts;
  if (!facts.isBookable) return { kind: 'nothing-offered' };
  if (free > 0) return null;
  if (!facts.takesAge) return { kind: 'not-for-age' };
  // What is booked or held shows that the service works in that time, whatever its hours say.
  if (freeAgainAt) return { kind: 'only-held', freeAgainAt };
  if (booked > 0) return { kind: 'fully-booked', nextAt, hasDueTime: dueAt !== null };
  if (isClosed(facts)) return { kind: 'closed', note: facts.closing?.note ?? null, nextAt };
  if (open.kind === 'closed') return { kind: 'opens-at', at: open.opensAt, nextAt };
  return nextAt ? { kind: 'outside-window', nextAt } : { kind: 'nothing-offered' };
}

function isClosed({ isActive, withdrawn, closing, open, dueAt }: NoSlotsFacts): boolean {
  const opensInTime = open.kind === 'closed' && (dueAt === null || open.opensAt <= dueAt);
  return !isActive || withdrawn > 0 || (closing !== null && !opensInTime);
}
