/**
 * Everything that can be refused, in one closed union. Each door has one exhaustive table of words or codes
 * for it: a door that cannot translate a member does not compile.
 */
export type Refusal =
  // Signing in.
  | { code: 'sign-in-wrong' }
  | { code: 'sign-in-slowed'; retrySeconds: number }
  // Starting a call.
  | { code: 'patient-not-found' }
  | { code: 'postcode-unknown'; postcode: string }
  | { code: 'postcode-not-covered'; postcode: string; nation: UncoveredNation }
  | { code: 'disposition-unknown'; typed: string }
  | { code: 'disposition-ambiguous'; typed: string; candidates: readonly Candidate[] }
  | { code: 'practice-unknown'; typed: string }
  | { code: 'practice-ambiguous'; typed: string; candidates: readonly Candidate[] }
  // In a call.
  | { code: 'call-not-found' }
  | { code: 'call-already-booked'; appointmentId: string; reference: string; bookedAt: Date }
  | { code: 'disposition-not-bookable'; disposition: string }
  // Claiming a slot.
  | { code: 'slot-not-found' }
  | { code: 'slot-in-past'; startsAt: Date }
  | { code: 'slot-withdrawn'; startsAt: Date }
  | { code: 'slot-taken'; startsAt: Date; alternatives: Alternatives }
  | { code: 'slot-held'; startsAt: Date; freeAgainAt: Date; alternatives: Alternatives }
  | { code: 'hold-expired'; startsAt: Date; alternatives: Alternatives }
  | { code: 'service-not-bookable'; serviceName: string }
  | { code: 'approval-needed'; minutesOver: number }
  | { code: 'notice-needed'; minutesOver: number }
  | { code: 'patient-overlap'; reference: string; startsAt: Date; serviceName: string }
  // Cancelling.
  | { code: 'appointment-not-found' }
  | { code: 'appointment-in-past'; startsAt: Date }
  | { code: 'appointment-already-cancelled'; at: Date }
  | { code: 'appointment-changed'; version: number };

export type RefusalCode = Refusal['code'];

/** The member of the union with this code. */
export type RefusalOf<Code extends RefusalCode> = Extract<Refusal, { code: Code }>;

export type UncoveredNation = 'Northern Ireland' | 'Jersey' | 'Guernsey' | 'the Isle of Man';

/** One of several things that the typed words could mean. */
export type Candidate = { value: string; words: string };

/** A free slot to offer instead; instants half-open `[startsAt, endsAt)`. */
export type AlternativeSlot = { slotId: string; serviceId: string; serviceName: string; startsAt: Date; endsAt: Date };

/** The nearest slots in time at the same service (at most three) and the nearest other service with one in time. */
export type Alternatives = { here: readonly AlternativeSlot[]; elsewhere: AlternativeSlot | null };

/** A person without the permission asked for what their role cannot do: a fault of the door that let them try. */
export class ForbiddenError extends Error {
  constructor(readonly permission: string) {
    super(`Not permitted: ${permission}`);
    this.name = 'ForbiddenError';
  }
}
