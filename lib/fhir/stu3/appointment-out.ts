import type { Appointment, AppointmentParticipant, DocumentReference, Identifier, Slot } from 'fhir/r3';
import type { ApiAppointment, ApiAppointmentLine } from '@/lib/booking/direct.schema';
import type { AppointmentStatus } from '@/lib/booking/schema';
import type { SentDocument } from '@/lib/booking/submission.schema';
import { dateTime, instant } from '@/lib/fhir/shared/bundle';
import { localPatientSystem, NATIONAL_PATIENT, NHS_NUMBER, profileOf, UUID_SYSTEM } from '@/lib/fhir/stu3/appointment-systems';
import { codingOf } from '@/lib/fhir/stu3/coding-out';
import { displayOf, identifierOf, patientOf } from '@/lib/fhir/stu3/patient-out';

/**
 * One version of an appointment as the standard's Appointment (B-285 to B-299), with the contained resources in their order. `root`
 * is the service root: the system of Onward's own ids of patients lies beside it (B-255).
 */
export function toAppointment(root: string, appointment: ApiAppointment): Appointment {
  const { id, version, changedAt, reason, slot, submission, startsAt, endsAt, bookedAt } = appointment;
  const { document, patient, language, incomingReferral } = submission;
  const identifier = identifierOf(root, appointment);
  return {
    resourceType: 'Appointment',
    id,
    meta: { versionId: String(version), lastUpdated: instant(changedAt), profile: profileOf('Appointment') },
    ...(language ? { language } : {}),
    contained: [...(document ? [documentOf(document)] : []), patientOf(identifier, patient), slotOf(slot)],
    status: statusOf(appointment.status),
    description: reason,
    ...(document ? { supportingInformation: [{ reference: '#doc1' }] } : {}),
    start: instant(startsAt),
    end: instant(endsAt),
    slot: [{ reference: '#slot1' }],
    created: dateTime(bookedAt),
    ...(incomingReferral ? { incomingReferral: [{ reference: incomingReferral }] } : {}),
    participant: [{ actor: { reference: '#pat1', identifier: plain(identifier), display: displayOf(patient.name) }, status: 'accepted' }],
  };
}

/** An appointment in the answer to a search by patient: no more than B-709 allows, the patient by national reference and number (B-710). */
export function toAppointmentLine(root: string, { id, version, changedAt, status, startsAt, endsAt, bookedAt, patient }: ApiAppointmentLine): Appointment {
  return {
    resourceType: 'Appointment',
    id,
    meta: { versionId: String(version), lastUpdated: instant(changedAt), profile: profileOf('Appointment') },
    status: statusOf(status),
    start: instant(startsAt),
    end: instant(endsAt),
    created: dateTime(bookedAt),
    participant: [{ actor: actorOf(root, patient), status: 'accepted' }],
  };
}

/** The status that another system sees: an appointment that was moved stands no longer (B-298). */
export function statusOf(status: AppointmentStatus): Appointment['status'] {
  return status === 'moved' ? 'cancelled' : status;
}

/** The absolute address of one version of an appointment (B-431). */
export function versionUrl(root: string, { id, version }: { id: string; version: number }): string {
  return `${root}/Appointment/${id}/_history/${version}`;
}

function documentOf({ id, type, contentType, language, indexedAt }: SentDocument): DocumentReference {
  return {
    resourceType: 'DocumentReference',
    id: 'doc1',
    meta: { profile: profileOf('DocumentReference') },
    identifier: [{ system: UUID_SYSTEM, value: id }],
    status: 'current',
    type: { coding: [codingOf(type)] },
    indexed: indexedAt,
    content: [{ attachment: { contentType, ...(language ? { language } : {}) } }],
  };
}

// A record of what was booked, so always busy; whether the slot is free now is found by search.
function slotOf({ id, scheduleId, startsAt, endsAt }: ApiAppointment['slot']): Slot {
  return {
    resourceType: 'Slot',
    id: 'slot1',
    meta: { profile: profileOf('Slot') },
    identifier: [{ system: UUID_SYSTEM, value: id }],
    schedule: { reference: `Schedule/${scheduleId}` },
    status: 'busy',
    start: instant(startsAt),
    end: instant(endsAt),
  };
}

function actorOf(root: string, { id, nhsNumber, display }: ApiAppointmentLine['patient']): AppointmentParticipant['actor'] {
  if (!nhsNumber) return { identifier: { use: 'secondary', system: localPatientSystem(root), value: id }, display };
  return { reference: `${NATIONAL_PATIENT}${nhsNumber}`, identifier: { use: 'official', system: NHS_NUMBER, value: nhsNumber } };
}

// How the number was verified is told once, with the patient.
function plain({ use, system, value }: Identifier): Identifier {
  return { use, system, value };
}
