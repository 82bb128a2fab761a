import { searchBundle, searchUrl } from '@/lib/fhir/shared/bundle';
import { NHS_NUMBER } from '@/lib/fhir/stu3/appointment-systems';
import type { Example } from '@/lib/fhir/stu3/openapi-types';
import { toEntry, toEntryLine } from '@/lib/fhir/stu3/registry-out';
import { matchExtension, ODS_ORGANISATION, PARTICIPATION, POINTER_SYSTEM } from '@/lib/fhir/stu3/registry-systems';
import type { ApiEntry } from '@/lib/registry/api-entry.schema';

const POINTER = 'https://other.example.nhs.uk/STU3/Appointment/88120';
const PATIENT = '9991226036';
const TIMES = { start: '2027-03-05T18:20:00.000+00:00', end: '2027-03-05T18:35:00.000+00:00', created: '2027-03-03T12:00:05+00:00' };

const entry: ApiEntry = {
  ...{ id: '0b7c9a52-3f0e-4d11-8a64-5e2f9c1d7b30', version: 1, changedAt: new Date('2027-03-03T12:00:06.310Z'), status: 'booked' },
  ...{ startsAt: new Date(TIMES.start), endsAt: new Date(TIMES.end), createdAt: new Date(TIMES.created) },
  ...{ patient: { by: 'nhs-number', nhsNumber: PATIENT }, pointer: { at: 'elsewhere', url: POINTER }, service: { dosId: '2000089120', name: 'Leeds Dental Access' } },
  ...{ place: 'LS1 3EX', holderCode: 'Y99902', isSealed: false, isVeiled: false },
};

/** A registration with all that an entry may have, and one of a patient without NHS number. */
export function registrationExamples(root: string): Record<string, Example> {
  const head = { resourceType: 'Appointment', identifier: [{ system: POINTER_SYSTEM, value: POINTER }], status: 'booked', ...TIMES };
  const traits = [
    { url: 'family', valueString: 'Visitson' },
    { url: 'birthDate', valueDate: '1991-05-20' },
    { url: 'postcode', valueString: 'EX2 9PZ' },
  ];
  const stranger = { identifier: { system: 'https://other.example.nhs.uk/Id/patient', value: 'L-20418' }, display: 'Pia Visitson', extension: [{ url: matchExtension(root), extension: traits }] };
  const service = { reference: 'HealthcareService/2000089120', identifier: { system: ODS_ORGANISATION, value: 'Y99902' }, display: 'Leeds Dental Access' };
  const place = { type: [{ coding: [{ system: PARTICIPATION, code: 'LOC' }] }], actor: { display: 'LS1 3EX' }, status: 'accepted' };
  const participant = [{ actor: { identifier: { system: NHS_NUMBER, value: PATIENT } }, status: 'accepted' }, { actor: service, status: 'accepted' }, place];
  return {
    registration: { summary: 'A pointer with patient, service, holder and place', value: { ...head, participant } },
    stranger: { summary: 'A patient without NHS number', value: { ...head, participant: [{ actor: stranger, status: 'accepted' }] } },
  };
}

export function registeredExample(root: string): Example {
  return { summary: 'The entry as it was registered', value: toEntry(root, entry) };
}

export function cancelEntryExample(root: string): Example {
  return { summary: 'What was read, with another status', value: { ...toEntry(root, entry), status: 'cancelled' } };
}

export function cancelledEntryExample(root: string): Example {
  return { summary: 'The entry as it was cancelled', value: toEntry(root, { ...entry, status: 'cancelled', version: 2, changedAt: new Date('2027-03-04T08:00:00.120Z') }) };
}

/** The answer to a search, with the little that it tells (B-709, B-921). */
export function entryBundleExample(root: string): Example {
  const value = searchBundle({
    id: '5c1f4d0a-7a3e-4b52-9a7d-1f6b8e2c9d40',
    now: new Date('2027-03-03T12:20:00.031Z'),
    self: searchUrl(`${root}/Appointment`, [['patient', `${NHS_NUMBER}|${PATIENT}`]]),
    total: 1,
    entries: [{ fullUrl: `${root}/Appointment/${entry.id}/_history/1`, resource: toEntryLine(root, entry), mode: 'match' }],
  });
  return { summary: 'One appointment to come', value };
}
