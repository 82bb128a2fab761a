import { MAX_SENT_REASON, type DirectBooking } from '@/lib/booking/direct.schema';
import type { Fault } from '@/lib/fhir/shared/route';
import { checkParticipants, checkSupport, readReferral, readSlotReference } from '@/lib/fhir/stu3/appointment-references-in';
import { parseAppointment, type SentAppointment } from '@/lib/fhir/stu3/appointment-schema';
import { carriedIn } from '@/lib/fhir/stu3/contained-in';
import { readDocument } from '@/lib/fhir/stu3/document-in';
import { readPatient } from '@/lib/fhir/stu3/patient-in';
import { missing, optionalCode, readTimes, requiredCode, within, wrong, type Place } from '@/lib/fhir/stu3/place';
import { targetOf } from '@/lib/fhir/stu3/references';
import { unsoundIn } from '@/lib/fhir/stu3/unsound';
import { ok, refuse, type Result } from '@/lib/platform/result';

/** `root` is the service root; a client that need not name a document may leave it out. */
type Reading = { now: Date; root: string; needsDocument: boolean };

const STATUSES = ['booked', 'proposed', 'pending', 'arrived', 'fulfilled', 'cancelled', 'noshow', 'entered-in-error'] as const;
const LANGUAGES = ['en', 'en-GB'] as const;

/**
 * The body of a booking as what is to be booked (B-403 to B-408), as of `now`.
 *
 * Refuses with 400 when the body is no Appointment in FHIR's structure; else with 422 and every fault of the body, one issue each,
 * with its FHIRPath (B-423). Whether the slot is as it was described is for the command to say.
 */
export function toBooking(body: unknown, reading: Reading): Result<DirectBooking, Fault> {
  const parsed = parseAppointment(body);
  if (!parsed.ok) return parsed;

  const place: Place = { path: 'Appointment', faults: unsoundIn('Appointment', body) };
  const booking = readBooking(place, { ...reading, sent: parsed.value });
  return booking && place.faults.length === 0 ? ok(booking) : refuse({ status: 422, issues: place.faults });
}

/** The reason for an appointment, from its `description`; null, reported, when it is missing, blank or too long. */
export function readReason(at: Place, sent: string | undefined): string | null {
  const reason = sent?.trim() ?? '';
  if (reason === '') return missing(at);
  return reason.length > MAX_SENT_REASON ? wrong(at, { says: `description must have ${MAX_SENT_REASON} characters or fewer` }) : reason;
}

function readBooking(place: Place, { sent, now, root, needsDocument }: Reading & { sent: SentAppointment }): DirectBooking | null {
  readHead(place, sent);
  const reason = readReason(within(place, 'description'), sent.description);
  const times = readTimes(place, sent);
  const carried = carriedIn(place, { contained: sent.contained ?? [], needs: { document: needsDocument, slot: !isSlotOutside(sent, root) } });
  const patient = carried.patient && readPatient(carried.patient.place, { patient: carried.patient.resource, now });
  const document = carried.document && readDocument(carried.document.place, { document: carried.document.resource, now });
  const slot = readSlotReference(place, { sent, carried: carried.slot, root });
  checkParticipants(place, { sent, patientId: carried.patient?.resource.id });
  checkSupport(place, { sent, documentId: carried.document?.resource.id, isNeeded: needsDocument });
  const incomingReferral = readReferral(place, sent);
  const language = optionalCode(within(place, 'language'), { sent: sent.language, codes: LANGUAGES });

  if (!patient || !slot || !times || !reason) return null;
  return { slot, ...times, reason, submission: { patient, document, language, incomingReferral } };
}

// Whoever sends an id believes that it names the appointment.
function readHead(place: Place, { id, status: sent }: SentAppointment): void {
  if (id !== undefined) wrong(within(place, 'id'), { says: 'An appointment gets its id when it is booked: leave id out', code: 'invariant' });
  const at = within(place, 'status');
  const status = requiredCode(at, { sent, codes: STATUSES });
  if (status && status !== 'booked') wrong(at, { says: 'status must be booked', code: 'business-rule' });
}

// Older consumers name a slot of this server and carry none.
function isSlotOutside({ slot = [] }: SentAppointment, root: string): boolean {
  const target = slot[0]?.reference ? targetOf(slot[0].reference, root) : null;
  return target !== null && 'type' in target;
}
