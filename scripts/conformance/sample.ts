import { randomInt, randomUUID } from 'node:crypto';

const CARECONNECT = 'https://fhir.hl7.org.uk/STU3/StructureDefinition';
const VERIFICATION = 'CareConnect-NHSNumberVerificationStatus-1';
export const NHS_NUMBER = 'https://fhir.nhs.uk/Id/nhs-number';
export const UUID_SYSTEM = 'https://tools.ietf.org/html/rfc4122';
export const VERIFICATION_EXTENSION = `${CARECONNECT}/Extension-${VERIFICATION}`;

/** A free slot as a search gave it. */
export type FreeSlot = { id: string; identifier: string; schedule: string; start: string; end: string };

/** A new NHS number of the synthetic range, with a valid check digit: no two bookings of the kit share a patient. */
export function aNhsNumber(): string {
  for (;;) {
    const nine = `999${String(randomInt(1_000_000)).padStart(6, '0')}`;
    const check = checkDigit(nine);
    if (check !== null) return `${nine}${check}`;
  }
}

/** The same number with a check digit that is wrong. */
export function misspelt(nhsNumber: string): string {
  return `${nhsNumber.slice(0, 9)}${(Number(nhsNumber.slice(9)) + 1) % 10}`;
}

/** The Modulus 11 check digit of nine digits; null where none exists. */
export function checkDigit(nine: string): number | null {
  const sum = [...nine].reduce((total, digit, index) => total + Number(digit) * (10 - index), 0);
  const rest = 11 - (sum % 11);
  return rest === 10 ? null : rest % 11;
}

/** The booking that the checks change: elements in the order of the schema, in which XML needs them. */
export function bookingBody(slot: FreeSlot, nhsNumber: string): unknown {
  return {
    resourceType: 'Appointment',
    meta: { profile: [`${CARECONNECT}/CareConnect-Appointment-1`] },
    language: 'en-GB',
    contained: [documentReference(), patient(nhsNumber), containedSlot(slot)],
    status: 'booked',
    description: 'Conformance test: no patient, please ignore',
    supportingInformation: [{ reference: '#doc1' }],
    start: slot.start,
    end: slot.end,
    slot: [{ reference: '#slot1' }],
    participant: [{ actor: { reference: '#pat1' }, status: 'accepted' }],
  };
}

function documentReference() {
  return {
    resourceType: 'DocumentReference',
    id: 'doc1',
    meta: { profile: [`${CARECONNECT}/CareConnect-DocumentReference-1`] },
    identifier: [{ system: UUID_SYSTEM, value: randomUUID() }],
    status: 'current',
    type: { coding: [{ system: 'urn:oid:2.16.840.1.113883.2.1.3.2.4.18.17', code: 'POCD_MT200001GB02', display: 'Integrated Urgent Care Report' }] },
    content: [{ attachment: { contentType: 'application/hl7-v3+xml', language: 'en' } }],
  };
}

function patient(nhsNumber: string) {
  const verified = { system: `https://fhir.hl7.org.uk/STU3/CodeSystem/${VERIFICATION}`, code: '01', display: 'Number present and verified' };
  const nextOfKin = { coding: [{ system: 'http://hl7.org/fhir/v2/0131', code: 'N', display: 'Next-of-Kin' }] };
  return {
    resourceType: 'Patient',
    id: 'pat1',
    meta: { profile: [`${CARECONNECT}/CareConnect-Patient-1`] },
    identifier: [
      { extension: [{ url: VERIFICATION_EXTENSION, valueCodeableConcept: { coding: [verified] } }], use: 'official', system: NHS_NUMBER, value: nhsNumber },
    ],
    name: [{ use: 'official', family: 'Conformance', given: ['Testcase'] }],
    telecom: [{ system: 'phone', value: '07700 900244', use: 'mobile', rank: 2 }],
    gender: 'female',
    birthDate: '1991-05-20',
    address: [{ use: 'home', line: ['1 Staging Way'], city: 'Norwich', postalCode: 'NR3 3BN' }],
    contact: [
      {
        relationship: [nextOfKin],
        name: { family: 'Conformance', given: ['Contact'] },
        telecom: [{ system: 'phone', value: '07700 900153', use: 'mobile', rank: 1 }],
      },
    ],
  };
}

function containedSlot(slot: FreeSlot) {
  return {
    resourceType: 'Slot',
    id: 'slot1',
    identifier: [{ system: UUID_SYSTEM, value: slot.identifier }],
    schedule: { reference: slot.schedule },
    status: 'busy',
    start: slot.start,
    end: slot.end,
  };
}
