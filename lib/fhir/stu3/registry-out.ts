import type { Appointment, AppointmentParticipant } from 'fhir/r3';
import { dateTime, instant } from '@/lib/fhir/shared/bundle';
import { statusOf } from '@/lib/fhir/stu3/appointment-out';
import { NATIONAL_PATIENT, NHS_NUMBER, profileOf } from '@/lib/fhir/stu3/appointment-systems';
import { pointerUrl } from '@/lib/fhir/stu3/registry-pointer';
import { bookingRoot, CONFIDENTIALITY, ODS_ORGANISATION, PARTICIPATION, POINTER_SYSTEM } from '@/lib/fhir/stu3/registry-systems';
import type { ApiEntry } from '@/lib/registry/api-entry.schema';

/**
 * One version of an entry as an Appointment (B-920): what was registered, and no more. `root` is that of the registry. Of a veiled one
 * neither the pointer nor any other participant than the patient is told.
 */
export function toEntry(root: string, entry: ApiEntry): Appointment {
  const others = entry.isVeiled ? [] : [serviceOf(root, entry), ...(entry.place ? [placeOf(entry.place)] : [])];
  const line = toEntryLine(root, entry);
  return { ...line, participant: [...line.participant, ...others] };
}

/** An entry in the answer to a search: the patient alone takes part (B-709), and each keeps its pointer (B-921). */
export function toEntryLine(root: string, entry: ApiEntry): Appointment {
  const { id, version, changedAt, status, startsAt, endsAt, createdAt, patient, pointer, isSealed, isVeiled } = entry;
  return {
    resourceType: 'Appointment',
    id,
    meta: {
      versionId: String(version),
      ...(changedAt ? { lastUpdated: instant(changedAt) } : {}),
      profile: profileOf('Appointment'),
      ...(isSealed ? { security: [{ system: CONFIDENTIALITY, code: 'R' }] } : {}),
    },
    ...(isVeiled ? {} : { identifier: [{ system: POINTER_SYSTEM, value: pointerUrl(root, pointer) }] }),
    status: statusOf(status),
    start: instant(startsAt),
    end: instant(endsAt),
    created: createdOf(createdAt),
    participant: [patientOf(patient)],
  };
}

// Kept as it was sent: to the second, unless its sender was more exact.
function createdOf(createdAt: Date): string {
  return createdAt.getUTCMilliseconds() === 0 ? dateTime(createdAt) : instant(createdAt);
}

function patientOf(patient: ApiEntry['patient']): AppointmentParticipant {
  if (patient.by === 'nhs-number') {
    const { nhsNumber } = patient;
    return { actor: { reference: `${NATIONAL_PATIENT}${nhsNumber}`, identifier: { use: 'official', system: NHS_NUMBER, value: nhsNumber } }, status: 'accepted' };
  }
  const { system, value, display } = patient;
  return { actor: { identifier: { use: 'secondary', system, value }, display }, status: 'accepted' };
}

function serviceOf(root: string, { service, holderCode }: ApiEntry): AppointmentParticipant {
  return {
    actor: {
      ...(service?.dosId ? { reference: `${bookingRoot(root)}/HealthcareService/${service.dosId}` } : {}),
      identifier: { system: ODS_ORGANISATION, value: holderCode },
      ...(service?.name ? { display: service.name } : {}),
    },
    status: 'accepted',
  };
}

function placeOf(place: string): AppointmentParticipant {
  return { type: [{ coding: [{ system: PARTICIPATION, code: 'LOC' }] }], actor: { display: place }, status: 'accepted' };
}
