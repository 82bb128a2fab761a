import type { Address, CodeableConcept, ContactPoint, HumanName, Identifier, Patient, PatientContact } from 'fhir/r3';
import type { ApiAppointment } from '@/lib/booking/direct.schema';
import type { SentAddress, SentName, SentPatient, SentTelecom, SentThirdParty } from '@/lib/booking/submission.schema';
import { codingOf } from '@/lib/fhir/stu3/coding-out';
import { ADDRESS_USES, localPatientSystem, NHS_NUMBER, profileOf, TELECOM_SYSTEMS, TELECOM_USES, VERIFICATION_EXTENSION } from '@/lib/fhir/stu3/appointment-systems';

/** The contained Patient with the demographics of the booking (B-250 to B-263, B-505). */
export function patientOf(identifier: Identifier, { name, telecom, gender, birthDate, addresses, thirdParties }: SentPatient): Patient {
  return {
    resourceType: 'Patient',
    id: 'pat1',
    meta: { profile: profileOf('Patient') },
    identifier: [identifier],
    name: [{ use: 'official', ...nameOf(name) }],
    ...(telecom.length > 0 ? { telecom: telecom.map(contactPointOf) } : {}),
    gender,
    birthDate,
    address: addresses.map(addressOf),
    ...(thirdParties.length > 0 ? { contact: thirdParties.map(contactOf) } : {}),
  };
}

/** The NHS number and how it was verified (B-252, B-253); without one Onward's own id, for later calls (B-255). */
export function identifierOf(root: string, { patientId, submission: { patient } }: ApiAppointment): Identifier {
  const { nhsNumber, verification } = patient;
  if (!nhsNumber) return { use: 'secondary', system: localPatientSystem(root), value: patientId };
  const extension = verification && { url: VERIFICATION_EXTENSION, valueCodeableConcept: { coding: [codingOf(verification)] } };
  return { ...(extension ? { extension: [extension] } : {}), use: 'official', system: NHS_NUMBER, value: nhsNumber };
}

/** `Dr Ada Notreal`: prefix, given names, family name, as they were sent. */
export function displayOf({ prefix, given, family }: SentName): string {
  return [...prefix, ...given, family].filter(Boolean).join(' ');
}

function nameOf({ prefix, given, family }: SentName): HumanName {
  return { ...(family ? { family } : {}), ...(given.length > 0 ? { given } : {}), ...(prefix.length > 0 ? { prefix } : {}) };
}

function contactPointOf({ system: sentSystem, value, use: sentUse, rank }: SentTelecom): ContactPoint {
  const system = TELECOM_SYSTEMS.find((code) => code === sentSystem);
  const use = TELECOM_USES.find((code) => code === sentUse);
  return { ...(system ? { system } : {}), value, ...(use ? { use } : {}), ...(rank ? { rank } : {}) };
}

function addressOf({ use: sentUse, lines, town, district, postcode }: SentAddress): Address {
  const use = ADDRESS_USES.find((code) => code === sentUse);
  return {
    ...(use ? { use } : {}),
    ...(lines.length > 0 ? { line: lines } : {}),
    ...(town ? { city: town } : {}),
    ...(district ? { district } : {}),
    ...(postcode ? { postalCode: postcode } : {}),
  };
}

function contactOf({ relationships, name, telecom, address }: SentThirdParty): PatientContact {
  return {
    relationship: relationships.map(conceptOf),
    name: nameOf(name),
    ...(telecom.length > 0 ? { telecom: telecom.map(contactPointOf) } : {}),
    ...(address ? { address: addressOf(address) } : {}),
  };
}

function conceptOf({ coding, text }: SentThirdParty['relationships'][number]): CodeableConcept {
  return { ...(coding ? { coding: [codingOf(coding)] } : {}), ...(text ? { text } : {}) };
}
