import type { Appointment, DocumentReference, Patient, Slot } from 'fhir/r3';
import { searchBundle, searchUrl } from '@/lib/fhir/shared/bundle';
import type { Example } from '@/lib/fhir/stu3/openapi-types';

const ID = 'c9d2f7b4-1e58-4a36-b1f0-2d7e5a8c9013';
const SLOT = '5e0d9f3a-7c41-4f5e-8a66-1b9c2d3e4f50';
const NHS_NUMBER_SYSTEM = 'https://fhir.nhs.uk/Id/nhs-number';
const NHS_NUMBER = '9997478347';
const STARTS = '2027-03-03T14:00:00.000+00:00';
const ENDS = '2027-03-03T14:15:00.000+00:00';
const CREATED = '2027-03-03T10:03:12+00:00';
const VERIFICATION = 'https://fhir.hl7.org.uk/STU3';

const document: DocumentReference = {
  resourceType: 'DocumentReference',
  id: 'doc1',
  meta: { profile: [profile('DocumentReference')] },
  identifier: [{ system: 'https://tools.ietf.org/html/rfc4122', value: '7f3a5c1e-92d4-4b68-8e0f-3c6b1d5a2f79' }],
  status: 'current',
  type: { coding: [{ system: 'urn:oid:2.16.840.1.113883.2.1.3.2.4.18.17', code: 'POCD_MT200001GB02', display: 'Integrated Urgent Care Report' }] },
  indexed: '2027-03-03T10:03:10.000+00:00',
  content: [{ attachment: { contentType: 'application/hl7-v3+xml', language: 'en' } }],
};

const patient: Patient = {
  resourceType: 'Patient',
  id: 'pat1',
  meta: { profile: [profile('Patient')] },
  identifier: [
    {
      extension: [
        {
          url: `${VERIFICATION}/StructureDefinition/Extension-CareConnect-NHSNumberVerificationStatus-1`,
          valueCodeableConcept: {
            coding: [{ system: `${VERIFICATION}/CodeSystem/CareConnect-NHSNumberVerificationStatus-1`, code: '01', display: 'Number present and verified' }],
          },
        },
      ],
      use: 'official',
      system: NHS_NUMBER_SYSTEM,
      value: NHS_NUMBER,
    },
  ],
  name: [{ use: 'official', family: 'Notreal', given: ['Tomasz'] }],
  gender: 'male',
  birthDate: '2024-11-06',
  address: [{ use: 'home', line: ['51 Staging Way'], city: 'Norwich', postalCode: 'NR3 3BN' }],
  contact: [
    {
      relationship: [{ coding: [{ system: 'http://hl7.org/fhir/v2/0131', code: 'N', display: 'Next-of-Kin' }] }],
      name: { family: 'Notreal', given: ['Hanna'] },
      telecom: [{ system: 'phone', value: '07700 900153', use: 'mobile', rank: 1 }],
    },
  ],
};

const slot: Slot = {
  resourceType: 'Slot',
  id: 'slot1',
  identifier: [{ system: 'https://tools.ietf.org/html/rfc4122', value: SLOT }],
  schedule: { reference: 'Schedule/a3f1c0de-5b7e-4c52-9d0a-6f2e8b1d4477' },
  status: 'busy',
  start: STARTS,
  end: ENDS,
};

const asked: Appointment = {
  resourceType: 'Appointment',
  meta: { profile: [profile('Appointment')] },
  language: 'en-GB',
  contained: [document, patient, slot],
  status: 'booked',
  description: '111 referral: fever, drinking little',
  supportingInformation: [{ reference: '#doc1' }],
  start: STARTS,
  end: ENDS,
  slot: [{ reference: '#slot1' }],
  participant: [{ actor: { reference: '#pat1' }, status: 'accepted' }],
};

const booked: Appointment = {
  ...asked,
  id: ID,
  meta: { versionId: '1', lastUpdated: '2027-03-03T10:03:12.408+00:00', profile: [profile('Appointment')] },
  created: CREATED,
  participant: [{ actor: { reference: '#pat1', identifier: { use: 'official', system: NHS_NUMBER_SYSTEM, value: NHS_NUMBER }, display: 'Tomasz Notreal' }, status: 'accepted' }],
};

const cancelled: Appointment = { ...booked, meta: { ...booked.meta, versionId: '2', lastUpdated: '2027-03-03T12:15:40.208+00:00' }, status: 'cancelled' };

export const BOOKING_EXAMPLE: Example = { summary: 'A toddler, whose mother is the contact', value: asked };
export const BOOKED_EXAMPLE: Example = { summary: 'The appointment as it was booked', value: booked };
export const CANCEL_EXAMPLE: Example = { summary: 'What was read, with another status', value: { ...booked, status: 'cancelled' } };
export const CANCELLED_EXAMPLE: Example = { summary: 'The appointment as it was cancelled', value: cancelled };

/** The answer to a search by patient, with the little that it tells (B-709). */
export function appointmentBundleExample(root: string): Example {
  const line: Appointment = {
    resourceType: 'Appointment',
    id: ID,
    meta: { versionId: '1', lastUpdated: booked.meta?.lastUpdated, profile: [profile('Appointment')] },
    status: 'booked',
    start: STARTS,
    end: ENDS,
    created: CREATED,
    participant: [
      {
        actor: { reference: `https://demographics.spineservices.nhs.uk/${NHS_NUMBER}`, identifier: { use: 'official', system: NHS_NUMBER_SYSTEM, value: NHS_NUMBER } },
        status: 'accepted',
      },
    ],
  };
  const value = searchBundle({
    id: '9a0c4c52-0d36-4a55-9d0e-3b7f51c2e884',
    now: new Date('2027-03-03T11:20:00.031Z'),
    self: searchUrl(`${root}/Appointment`, [['patient', `${NHS_NUMBER_SYSTEM}|${NHS_NUMBER}`]]),
    total: 1,
    entries: [{ fullUrl: `${root}/Appointment/${ID}/_history/1`, resource: line, mode: 'match' }],
  });
  return { summary: 'One appointment to come', value };
}

function profile(type: string): string {
  return `https://fhir.hl7.org.uk/STU3/StructureDefinition/CareConnect-${type}-1`;
}
