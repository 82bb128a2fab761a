import { describe, expect, test } from 'vitest';
import type { ApiAppointment } from '@/lib/booking/direct.schema';
import { toBooking } from '@/lib/fhir/stu3/appointment-in';
import { statusOf, toAppointment, toAppointmentLine } from '@/lib/fhir/stu3/appointment-out';
import { BOOKED_EXAMPLE, BOOKING_EXAMPLE } from '@/lib/fhir/stu3/openapi-appointment-example';

const ROOT = 'https://onward.example.nhs.uk/STU3';
const ID = 'c9d2f7b4-1e58-4a36-b1f0-2d7e5a8c9013';
const PATIENT_ID = '01936c1e-7d4a-7000-8000-0242ac120002';
const slot = { id: 'e7c1b0f4-8d29-4b6a-a3f5-9c0e2d4b6a18', scheduleId: 'a3f1c0de-5b7e-4c52-9d0a-6f2e8b1d4477', startsAt: new Date('2027-03-03T17:30:00Z'), endsAt: new Date('2027-03-03T17:45:00Z') };

/** The second sample of the reference: a visitor without NHS number, cancelled. */
const VISITOR: ApiAppointment = {
  ...{ id: ID, version: 2, changedAt: new Date('2027-03-03T12:15:40.208Z'), isCurrent: true, status: 'cancelled', reason: '111 referral: wrist injury', slot },
  ...{ startsAt: slot.startsAt, endsAt: slot.endsAt, bookedAt: new Date('2027-03-03T11:41:12.400Z'), patientId: PATIENT_ID },
  submission: {
    ...{ language: null, incomingReferral: null },
    patient: {
      ...{ nhsNumber: null, verification: null, name: { prefix: [], given: ['Pia'], family: 'Visitson' }, gender: 'female', birthDate: '1991-05-20', thirdParties: [] },
      addresses: [{ use: 'temp', lines: ['72 Placeholder Road'], town: 'Exeter', district: null, postcode: 'EX2 9PZ' }],
      telecom: [{ system: 'phone', value: '07700 900244', use: 'mobile', rank: 1 }],
    },
    document: {
      id: 'b1d0a7e2-6c35-4f18-9a42-0e5d7c8b6f31',
      type: { system: 'urn:oid:2.16.840.1.113883.2.1.3.2.4.18.17', code: 'POCD_MT200001GB02', display: 'Integrated Urgent Care Report' },
      ...{ contentType: 'application/hl7-v3+xml', language: 'en', indexedAt: '2027-03-03T11:40:00.000+00:00' },
    },
  },
};
const LOCAL = { use: 'secondary', system: 'https://onward.example.nhs.uk/Id/patient', value: PATIENT_ID };

describe('an appointment that is sent', () => {
  test('B-432, B-433: the sample of a booking comes back with what the server adds', () => {
    const booking = toBooking(BOOKING_EXAMPLE.value, { now: new Date('2027-03-03T10:03:12Z'), root: ROOT, needsDocument: true });
    if (!booking.ok) throw new Error('the sample is refused');
    const { startsAt, endsAt, reason, submission } = booking.value;
    const sent = toAppointment(ROOT, {
      ...{ id: ID, version: 1, changedAt: new Date('2027-03-03T10:03:12.408Z'), isCurrent: true, status: 'booked', startsAt, endsAt, bookedAt: new Date('2027-03-03T10:03:12.408Z') },
      ...{ reason, submission, patientId: PATIENT_ID, slot: { ...slot, id: '5e0d9f3a-7c41-4f5e-8a66-1b9c2d3e4f50', startsAt, endsAt } },
    });
    expect(sent).toMatchObject(BOOKED_EXAMPLE.value as object);
    expect(Object.keys(sent).toSorted()).toEqual(Object.keys(BOOKED_EXAMPLE.value as object).toSorted());
  });

  test('B-255, B-504: without NHS number the patient has an id of ours, told as participant too', () => {
    expect(toAppointment(ROOT, VISITOR)).toEqual({
      ...{ resourceType: 'Appointment', id: ID, status: 'cancelled', description: '111 referral: wrist injury', created: '2027-03-03T11:41:12+00:00' },
      meta: { versionId: '2', lastUpdated: '2027-03-03T12:15:40.208+00:00', profile: ['https://fhir.hl7.org.uk/STU3/StructureDefinition/CareConnect-Appointment-1'] },
      contained: [
        {
          ...{ resourceType: 'DocumentReference', id: 'doc1', status: 'current', indexed: '2027-03-03T11:40:00.000+00:00' },
          meta: { profile: ['https://fhir.hl7.org.uk/STU3/StructureDefinition/CareConnect-DocumentReference-1'] },
          identifier: [{ system: 'https://tools.ietf.org/html/rfc4122', value: 'b1d0a7e2-6c35-4f18-9a42-0e5d7c8b6f31' }],
          type: { coding: [{ system: 'urn:oid:2.16.840.1.113883.2.1.3.2.4.18.17', code: 'POCD_MT200001GB02', display: 'Integrated Urgent Care Report' }] },
          content: [{ attachment: { contentType: 'application/hl7-v3+xml', language: 'en' } }],
        },
        {
          ...{ resourceType: 'Patient', id: 'pat1', identifier: [LOCAL], name: [{ use: 'official', family: 'Visitson', given: ['Pia'] }], gender: 'female', birthDate: '1991-05-20' },
          meta: { profile: ['https://fhir.hl7.org.uk/STU3/StructureDefinition/CareConnect-Patient-1'] },
          telecom: [{ system: 'phone', value: '07700 900244', use: 'mobile', rank: 1 }],
          address: [{ use: 'temp', line: ['72 Placeholder Road'], city: 'Exeter', postalCode: 'EX2 9PZ' }],
        },
        {
          ...{ resourceType: 'Slot', id: 'slot1', status: 'busy', start: '2027-03-03T17:30:00.000+00:00', end: '2027-03-03T17:45:00.000+00:00' },
          meta: { profile: ['https://fhir.hl7.org.uk/STU3/StructureDefinition/CareConnect-Slot-1'] },
          identifier: [{ system: 'https://tools.ietf.org/html/rfc4122', value: 'e7c1b0f4-8d29-4b6a-a3f5-9c0e2d4b6a18' }],
          schedule: { reference: 'Schedule/a3f1c0de-5b7e-4c52-9d0a-6f2e8b1d4477' },
        },
      ],
      ...{ supportingInformation: [{ reference: '#doc1' }], slot: [{ reference: '#slot1' }], start: '2027-03-03T17:30:00.000+00:00', end: '2027-03-03T17:45:00.000+00:00' },
      participant: [{ actor: { reference: '#pat1', identifier: LOCAL, display: 'Pia Visitson' }, status: 'accepted' }],
    });
  });

  test('X-37: without a document nothing leads to one', () => {
    const sent = toAppointment(ROOT, { ...VISITOR, submission: { ...VISITOR.submission, document: null } });
    expect(sent.contained?.map(({ resourceType }) => resourceType)).toEqual(['Patient', 'Slot']);
    expect(sent).not.toHaveProperty('supportingInformation');
  });

  test('B-298: a moved appointment is cancelled, every other status is the true one', () => {
    expect(statusOf('moved')).toBe('cancelled');
    for (const status of ['booked', 'arrived', 'fulfilled', 'noshow', 'cancelled', 'entered-in-error'] as const) expect(statusOf(status)).toBe(status);
  });
});

describe('an appointment in a search by patient', () => {
  const line = { id: ID, version: 3, changedAt: new Date('2027-03-03T11:02:41Z'), status: 'booked' as const, startsAt: slot.startsAt, endsAt: slot.endsAt, bookedAt: new Date('2027-03-03T11:02:41Z') };

  test('B-709, B-710: it has no more than the standard allows, the patient by national reference and number', () => {
    const sent = toAppointmentLine(ROOT, { ...line, patient: { id: PATIENT_ID, nhsNumber: '9991226036', display: 'Ada Notreal' } });
    expect(Object.keys(sent)).toEqual(['resourceType', 'id', 'meta', 'status', 'start', 'end', 'created', 'participant']);
    const identifier = { use: 'official', system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9991226036' };
    expect(sent.participant).toEqual([{ actor: { reference: 'https://demographics.spineservices.nhs.uk/9991226036', identifier }, status: 'accepted' }]);
  });

  test('B-255: a patient without NHS number is told by the id of ours', () => {
    const sent = toAppointmentLine(ROOT, { ...line, patient: { id: PATIENT_ID, nhsNumber: null, display: 'Pia Visitson' } });
    expect(sent.participant).toEqual([{ actor: { identifier: LOCAL, display: 'Pia Visitson' }, status: 'accepted' }]);
  });
});
