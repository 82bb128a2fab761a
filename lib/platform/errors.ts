import type { LocalDate } from '@/lib/platform/time-words';

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
  | { code: 'patient-deceased' }
  | { code: 'postcode-unknown'; postcode: string }
  | { code: 'postcode-not-covered'; postcode: string; nation: UncoveredNation }
  | { code: 'disposition-unknown'; typed: string }
  | { code: 'disposition-ambiguous'; typed: string; candidates: readonly Candidate[] }
  | { code: 'practice-unknown'; typed: string }
  | { code: 'practice-ambiguous'; typed: string; candidates: readonly Candidate[] }
  // In a call.
  | { code: 'call-not-found' }
  | { code: 'call-with-colleague'; handlerName: string }
  | { code: 'call-already-booked'; appointmentId: string; reference: string; bookedAt: Date }
  | { code: 'call-ended'; state: 'referred' | 'closed'; endedAt: Date }
  | { code: 'colleague-unknown' }
  | { code: 'contacts-without-primary' }
  | { code: 'disposition-not-bookable'; disposition: string }
  // Passing over services, and referring.
  | { code: 'skip-reason-needed'; services: readonly { id: string; name: string }[] }
  | { code: 'skip-reason-invalid'; serviceName: string; reason: string; why: 'comment-needed' | 'clinicians-only' | 'unknown' }
  | { code: 'service-not-found' }
  | { code: 'service-not-suitable'; serviceName: string; check: SuitabilityCheck }
  | { code: 'service-booking-only'; serviceName: string }
  // Claiming a slot.
  | { code: 'slot-not-found' }
  | { code: 'slot-in-past'; startsAt: Date }
  | { code: 'slot-withdrawn'; startsAt: Date }
  | { code: 'slot-kept-back'; startsAt: Date; releasedAt: Date }
  | { code: 'slot-not-open-yet'; startsAt: Date; opensAt: Date }
  | { code: 'slot-notice-passed'; startsAt: Date; lastBookableAt: Date }
  | { code: 'slot-taken'; startsAt: Date; alternatives: Alternatives }
  | { code: 'slot-held'; startsAt: Date; freeAgainAt: Date; alternatives: Alternatives }
  | { code: 'hold-expired'; startsAt: Date; alternatives: Alternatives }
  | { code: 'hold-missing' }
  | { code: 'hold-already-extended'; heldUntil: Date }
  | { code: 'service-not-bookable'; serviceName: string }
  | { code: 'approval-needed'; minutesOver: number }
  | { code: 'approver-not-clinician' }
  | { code: 'approver-is-self' }
  | { code: 'notice-needed'; minutesOver: number }
  // Reference and service are null when it is sealed.
  | { code: 'patient-overlap'; reference: string | null; startsAt: Date; serviceName: string | null }
  // Changing an appointment.
  | { code: 'appointment-not-found' }
  | { code: 'appointment-other-patient' }
  | { code: 'appointment-sealed' }
  | { code: 'appointment-in-past'; startsAt: Date }
  | { code: 'appointment-not-begun'; startsAt: Date }
  | { code: 'appointment-already-cancelled'; at: Date }
  | { code: 'appointment-changed'; version: number }
  | { code: 'appointment-cannot-become'; status: string; wanted: string }
  | { code: 'cancel-restricted'; serviceName: string; bookedBy: string }
  | { code: 'move-to-same-slot'; startsAt: Date }
  | { code: 'attendance-not-recorded'; status: string }
  // Running a service. `by`: the name of a colleague.
  | { code: 'service-changed'; by: string; at: Date }
  | { code: 'place-unknown'; postcode: string }
  | { code: 'capacity-reset-in-past'; resetsAt: Date }
  | { code: 'nothing-kept-back' }
  // Changing schedules. Days are London's.
  | { code: 'proposal-not-found' }
  | { code: 'proposal-applied'; at: Date }
  | { code: 'proposal-stale'; change: { by: string; at: Date } | null }
  | { code: 'session-not-found' }
  | { code: 'template-not-found' }
  | { code: 'schedule-not-found' }
  | { code: 'closure-not-found' }
  | { code: 'session-in-past'; date: LocalDate }
  | { code: 'closure-in-past' }
  | { code: 'nothing-to-copy'; date: LocalDate }
  | { code: 'session-skipped-hour'; date: LocalDate }
  | { code: 'session-overlaps'; date: LocalDate; scheduleName: string; opensAt: Date; closesAt: Date }
  | { code: 'practitioner-elsewhere'; practitionerName: string; serviceName: string; opensAt: Date; closesAt: Date }
  | { code: 'places-below-booked'; startsAt: Date; places: number; booked: number }
  | { code: 'csv-invalid'; faults: readonly CsvFault[] }
  // People to contact.
  | { code: 'contact-task-not-found' }
  | { code: 'contact-task-changed'; by: string | null }
  | { code: 'contact-task-resolved'; at: Date }
  // Through the API. `elements`: where what was sent differs, as FHIR paths.
  | { code: 'request-repeated'; appointmentId: string; version: number }
  | { code: 'organisation-refused'; serviceName: string; organisation: string; what: 'book' | 'cancel' }
  | { code: 'slot-differs'; elements: readonly ('schedule' | 'start' | 'end')[] }
  | { code: 'times-outside-slot'; startsAt: Date; endsAt: Date }
  | { code: 'appointment-differs'; elements: readonly string[] }
  | { code: 'appointment-unchanged' }
  // The registry: what else the patient has (domain section 5).
  | { code: 'guard-choice-needed'; conflicts: readonly GuardConflict[] }
  | { code: 'guard-two-moves' }
  | { code: 'entry-not-found' }
  | { code: 'entry-changed'; version: number }
  | { code: 'entry-not-linkable'; why: 'linked' | 'not-linked' | 'other-person' | 'no-nhs-number' | 'sealed' }
  | { code: 'registration-repeated'; entryId: string; version: number }
  | { code: 'pointer-taken' }
  | { code: 'pointer-own' }
  | { code: 'entry-other-organisation'; organisation: string }
  | { code: 'entry-ended'; status: string }
  | { code: 'entry-differs'; elements: readonly string[] }
  | { code: 'entry-unchanged' }
  | { code: 'source-not-found' }
  | { code: 'source-changed'; at: Date }
  | { code: 'source-taken'; root: string }
  // Across borders (domain section 6). `rule`: what holds, in words. Months by their first day.
  | { code: 'border-refused'; serviceName: string; rule: string }
  | { code: 'border-approval-needed'; serviceName: string; rule: string; state: 'not-asked' | 'waiting' | 'declined' | 'lapsed' }
  | { code: 'approval-not-needed' }
  | { code: 'approval-declined-before'; by: string }
  | { code: 'approval-not-found' }
  | { code: 'approval-answered'; by: string; at: Date }
  | { code: 'approval-lapsed' }
  | { code: 'approval-not-yours' }
  | { code: 'approval-own' }
  | { code: 'approver-off-duty' }
  | { code: 'agreement-not-found' }
  | { code: 'agreement-changed'; at: Date }
  | { code: 'agreement-outside-area'; area: string }
  | { code: 'agreement-overlaps'; title: string; version: number; from: LocalDate; to: LocalDate | null }
  | { code: 'agreement-not-in-state'; state: string; wanted: string }
  | { code: 'agreement-own-proposal' }
  | { code: 'agreement-starts-in-past'; from: LocalDate }
  | { code: 'agreement-end-in-past'; to: LocalDate }
  | { code: 'agreement-ends-later'; to: LocalDate }
  | { code: 'commissioner-unknown'; typed: string }
  | { code: 'commissioner-abolished'; name: string; successors: readonly Candidate[] }
  | { code: 'agreement-service-unknown'; typed: string }
  | { code: 'agreement-service-elsewhere'; serviceName: string; area: string }
  | { code: 'border-default-changed'; at: Date }
  | { code: 'ledger-outside-area' }
  | { code: 'ledger-month-frozen'; month: LocalDate; at: Date }
  | { code: 'ledger-month-not-over'; month: LocalDate }
  | { code: 'ledger-earlier-open'; month: LocalDate }
  | { code: 'ledger-nothing-to-freeze'; month: LocalDate }
  | { code: 'ledger-changed'; pence: number }
  | { code: 'what-if-not-found' }
  | { code: 'what-if-running' }
  // API clients.
  | { code: 'client-not-found' }
  | { code: 'client-changed'; at: Date }
  | { code: 'organisation-unknown'; odsCode: string }
  | { code: 'client-service-unknown'; dosId: string }
  | { code: 'client-issuer-taken'; issuer: string }
  | { code: 'client-key-taken'; kid: string }
  | { code: 'client-secrets-full'; most: number }
  | { code: 'client-proxy-needs-issuer' }
  // Not known: the door caught a fault in the middle of a change.
  | { code: 'outcome-unknown' };

export type RefusalCode = Refusal['code'];

/** The member of the union with this code. */
export type RefusalOf<Code extends RefusalCode> = Extract<Refusal, { code: Code }>;

export type UncoveredNation = 'Northern Ireland' | 'Jersey' | 'Guernsey' | 'the Isle of Man';

/** One of several things that the typed words could mean. */
export type Candidate = { value: string; words: string };

/** A free slot to offer instead; instants half-open `[startsAt, endsAt)`. */
export type AlternativeSlot = { slotId: string; serviceId: string; serviceName: string; startsAt: Date; endsAt: Date };

/**
 * The nearest slots in time at the same service (at most three) and the nearest other service with one in time. `held`: the
 * nearest of `here`, held at once for the call that lost a race and held nothing else; it is not among `here` then.
 */
export type Alternatives = { here: readonly AlternativeSlot[]; elsewhere: AlternativeSlot | null; held: AlternativeSlot | null };

/**
 * Another appointment of the patient that a booking must not pass over: where and when (half-open), and how it meets the new one. Service, place and
 * holder are null when they are not known or sealed. `appointment`: Onward's own, which can be moved or cancelled; with its version.
 */
export type GuardConflict = {
  entryId: string;
  /** The version of the entry. */
  version: number;
  kinds: readonly ('overlap' | 'same-service' | 'same-family')[];
  startsAt: Date;
  endsAt: Date;
  serviceName: string | null;
  place: string | null;
  holderName: string | null;
  isSealed: boolean;
  /** Not certainly the same person. */
  isMaybe: boolean;
  appointment: { id: string; reference: string; version: number } | null;
  /** What may be chosen, in the order to show; `keep` always. */
  choices: readonly ('keep' | 'move' | 'cancel')[];
};

/** What is wrong with one row of an uploaded file; row 1 is the header. */
export type CsvFault = { row: number; column: string | null; message: string };

/** Which part of a service's profile the patient or the need does not meet. */
export type SuitabilityCheck = 'disposition' | 'age' | 'gender' | 'role' | 'area' | 'practices' | 'symptoms';

/** A person without the permission asked for what their role cannot do: a fault of the door that let them try. */
export class ForbiddenError extends Error {
  constructor(readonly permission: string) {
    super(`Not permitted: ${permission}`);
    this.name = 'ForbiddenError';
  }
}
