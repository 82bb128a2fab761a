import { notFound } from '@/lib/fhir/shared/outcome';
import type { Fault, Issue, IssueCode, SpineCode } from '@/lib/fhir/shared/route';
import { versionUrl } from '@/lib/fhir/stu3/appointment-out';
import type { Refusal, RefusalCode, RefusalOf } from '@/lib/platform/errors';

/** Codes of refusals: a name that is none does not compile. */
type Named<Code extends RefusalCode> = Code;

/** What is refused at other doors only: signing in, calls, the screens of services, of clients, of sources and of commissioners. A new refusal stands here or in the table. */
type Elsewhere = Named<
  | 'sign-in-wrong' | 'sign-in-slowed' | 'patient-not-found' | 'postcode-unknown' | 'postcode-not-covered' | 'disposition-unknown'
  | 'disposition-ambiguous' | 'practice-unknown' | 'practice-ambiguous' | 'call-not-found' | 'call-with-colleague' | 'call-already-booked'
  | 'call-ended' | 'colleague-unknown' | 'contacts-without-primary' | 'disposition-not-bookable' | 'skip-reason-needed' | 'skip-reason-invalid'
  | 'service-not-found' | 'service-not-suitable' | 'service-booking-only' | 'hold-expired' | 'hold-missing' | 'hold-already-extended'
  | 'approval-needed' | 'approver-not-clinician' | 'approver-is-self' | 'notice-needed' | 'appointment-other-patient' | 'appointment-sealed' | 'appointment-not-begun'
  | 'move-to-same-slot' | 'attendance-not-recorded' | 'service-changed' | 'place-unknown' | 'capacity-reset-in-past' | 'nothing-kept-back'
  | 'proposal-not-found' | 'proposal-applied' | 'proposal-stale' | 'session-not-found' | 'template-not-found' | 'schedule-not-found'
  | 'closure-not-found' | 'session-in-past' | 'closure-in-past' | 'nothing-to-copy' | 'session-skipped-hour' | 'session-overlaps'
  | 'practitioner-elsewhere' | 'places-below-booked' | 'csv-invalid' | 'contact-task-not-found' | 'contact-task-changed' | 'contact-task-resolved'
  | 'client-not-found' | 'client-changed' | 'client-service-unknown' | 'client-issuer-taken' | 'client-key-taken' | 'client-secrets-full'
  | 'client-proxy-needs-issuer' | 'outcome-unknown' | 'guard-choice-needed' | 'guard-two-moves' | 'entry-not-linkable' | 'source-not-found'
  | 'source-changed' | 'source-taken' | 'approval-not-needed' | 'approval-declined-before' | 'approval-not-found' | 'approval-answered'
  | 'approval-lapsed' | 'approval-not-yours' | 'approval-own' | 'approver-off-duty' | 'agreement-not-found' | 'agreement-changed'
  | 'agreement-outside-area' | 'agreement-overlaps' | 'agreement-not-in-state' | 'agreement-own-proposal' | 'agreement-starts-in-past'
  | 'agreement-end-in-past' | 'agreement-ends-later' | 'commissioner-unknown' | 'commissioner-abolished' | 'agreement-service-unknown'
  | 'agreement-service-elsewhere' | 'border-default-changed' | 'ledger-outside-area' | 'ledger-month-frozen' | 'ledger-month-not-over'
  | 'ledger-earlier-open' | 'ledger-nothing-to-freeze' | 'ledger-changed' | 'what-if-not-found' | 'what-if-running'
>;

/** What can be refused at the booking API and at the registry's. */
export type DoorCode = Exclude<RefusalCode, Elsewhere>;

type Translations = { [Code in DoorCode]: (refusal: RefusalOf<Code>, root: string) => Fault };

/** Every refusal of these doors as status and issues, in words for those who run the other system: never a patient's (B-412, B-835 to B-843). */
export const STU3_REFUSALS: Translations = {
  // The slot that is asked for.
  'slot-not-found': () => one(422, { code: 'not-found', details: 'REFERENCE_NOT_FOUND', diagnostics: 'There is no slot with this identifier', expression: 'Appointment.slot' }),
  'slot-differs': ({ elements }) => each(elements, (element) => rule(`The ${element} of the contained Slot is not that of the slot`, `Appointment.contained.ofType(Slot).${element}`)),
  'times-outside-slot': () => ruled('The appointment must start with the slot and end no later than it', 'Appointment.start'),
  'slot-in-past': () => ruled('Slot is in the past', 'Appointment.slot'),
  'slot-taken': taken,
  'slot-held': taken,
  // What calls may not have, other systems may not either (B-413).
  'slot-withdrawn': () => ruled('The service has closed this slot'),
  'slot-kept-back': () => ruled('The service keeps this slot back until later'),
  'slot-not-open-yet': () => ruled('The service has not opened this slot for booking yet'),
  'slot-notice-passed': () => ruled('The service needs more notice than there is before this slot'),
  'service-not-bookable': () => ruled('The service takes no bookings now'),
  'patient-deceased': () => ruled('The register says that this patient cannot be booked for'),
  'patient-overlap': () => ruled('The patient has another appointment at this time'),
  // Across a border: what the two commissioners agreed (B-413). Nobody waits for an approval here, and the rule's words would say where the patient lives.
  'border-refused': () => ruled('The commissioners of patient and service refuse bookings across their border at this service'),
  'border-approval-needed': () => ruled('A booking across this border needs an approval that only NHS 111 can ask for'),
  'organisation-refused': ({ organisation, what }) => forbidden(`Organisation ${organisation} may not ${what} at this service`),
  // An appointment that is to change.
  'appointment-not-found': () => notFound('Appointment with this id').error,
  'cancel-restricted': () => forbidden('Only the organisation that booked may cancel at this service'),
  'appointment-changed': stale,
  'appointment-already-cancelled': () => ruled('Appointment is already cancelled', 'Appointment.status'),
  'appointment-in-past': () => ruled('Appointment is in the past'),
  'appointment-cannot-become': ended,
  'appointment-differs': ({ elements }) => each(elements, (element) => rule('Only status may change, or description alone', element)),
  'appointment-unchanged': () => ruled('Nothing would change: set status to cancelled to cancel', 'Appointment.status'),
  // The registry: what is to be registered, and an entry that is to change (section 13).
  'pointer-own': () => ruled('Appointments that are held here are in the registry by themselves', POINTER),
  'pointer-taken': () => one(422, { code: 'duplicate', details: 'DUPLICATE_REJECTED', diagnostics: 'This pointer is registered already', expression: POINTER }),
  'organisation-unknown': ({ odsCode }) => one(422, { code: 'not-found', details: 'REFERENCE_NOT_FOUND', diagnostics: `There is no organisation ${odsCode} here`, expression: 'Appointment.participant.actor.identifier' }),
  'entry-not-found': () => notFound('Appointment with this id').error,
  'entry-other-organisation': () => forbidden('Only the organisation that registered this appointment may change its entry'),
  'entry-changed': stale,
  'entry-ended': ended,
  'entry-differs': ({ elements }) => each(elements, (element) => rule('Only status may change, or start and end of what stays booked', element)),
  'entry-unchanged': () => ruled('Nothing would change: send another status, start or end', 'Appointment.status'),
  // The same request again.
  'request-repeated': ({ appointmentId: id, version }, root) => repeated(root, { id, version }),
  'registration-repeated': ({ entryId: id, version }, root) => repeated(root, { id, version }),
};

const POINTER = 'Appointment.identifier[0].value';

// What the codes of appointments are called to other systems: one that was moved is cancelled for them (B-298).
const STATUS_WORDS: Readonly<Record<string, string>> = { moved: 'cancelled', noshow: 'recorded as not attended', 'entered-in-error': 'marked as entered in error' };

/**
 * What a refused request is answered with; `root` is the service root, for links. Throws for a refusal that belongs to another door:
 * a command that this door does not call.
 */
export function faultOf(refusal: Refusal, root: string): { ok: false; error: Fault } {
  if (!isOfThisDoor(refusal)) throw new Error(`Refused at the API: ${refusal.code}`);
  return { ok: false, error: translate(refusal.code, { refusal, root }) };
}

function isOfThisDoor(refusal: Refusal): refusal is RefusalOf<DoorCode> {
  return refusal.code in STU3_REFUSALS;
}

// The code is a parameter of its own so that the compiler follows it from the refusal to its translation.
function translate<Code extends DoorCode>(code: Code, { refusal, root }: { refusal: RefusalOf<Code>; root: string }): Fault {
  const words: Translations[Code] = STU3_REFUSALS[code];
  return words(refusal, root);
}

// One issue and no expression, to the letter: consumers look for exactly this (B-412, X-01).
function taken(): Fault {
  return one(422, { code: 'processing', details: 'DUPLICATE_REJECTED', diagnostics: 'Slot no longer available' });
}

function stale({ version }: { version: number }): Fault {
  return one(409, { code: 'conflict', details: 'FHIR_CONSTRAINT_VIOLATION', diagnostics: `The current version is ${version}`, location: 'http.If-Match' });
}

function ended({ status }: { status: string }): Fault {
  return ruled(`Appointment is already ${STATUS_WORDS[status] ?? status}`, 'Appointment.status');
}

function repeated(root: string, made: { id: string; version: number }): Fault {
  const fault = one(409, { code: 'duplicate', details: 'DUPLICATE_REJECTED', diagnostics: 'X-Request-Id has been used previously', location: 'http.X-Request-Id' });
  return { ...fault, headers: { Location: versionUrl(root, made) } };
}

function ruled(diagnostics: string, expression?: string): Fault {
  return { status: 422, issues: [rule(diagnostics, expression)] };
}

function each<Element extends string>(elements: readonly Element[], issueOf: (element: Element) => Issue): Fault {
  return { status: 422, issues: elements.map(issueOf) };
}

function rule(diagnostics: string, expression?: string): Issue {
  return { severity: 'error', code: 'business-rule', details: 'INVALID_RESOURCE', diagnostics, ...(expression ? { expression } : {}) };
}

function forbidden(diagnostics: string): Fault {
  return one(403, { code: 'forbidden', details: 'ACCESS_DENIED', diagnostics });
}

function one(status: number, issue: { code: IssueCode; details: SpineCode; diagnostics: string; expression?: string; location?: string }): Fault {
  return { status, issues: [{ severity: 'error', ...issue }] };
}
