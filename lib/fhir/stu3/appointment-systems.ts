/** The systems and extensions of what an Appointment carries, as the standard writes them (B-202 to B-206, B-255). */
export const NHS_NUMBER = 'https://fhir.nhs.uk/Id/nhs-number';
export const VERIFICATION_EXTENSION = 'https://fhir.hl7.org.uk/STU3/StructureDefinition/Extension-CareConnect-NHSNumberVerificationStatus-1';
export const VERIFICATION = 'https://fhir.hl7.org.uk/STU3/CodeSystem/CareConnect-NHSNumberVerificationStatus-1';
export const UUID_SYSTEM = 'https://tools.ietf.org/html/rfc4122';
export const DOCUMENT_TYPE = 'urn:oid:2.16.840.1.113883.2.1.3.2.4.18.17';

/** Before an NHS number: the national address of a patient (B-210). */
export const NATIONAL_PATIENT = 'https://demographics.spineservices.nhs.uk/';

/** The system of Onward's own ids of patients, beside the service root (B-255). */
export function localPatientSystem(root: string): string {
  return `${root.replace(/\/STU3$/, '')}/Id/patient`;
}

type ProfiledType = 'Appointment' | 'DocumentReference' | 'Patient' | 'Slot' | 'Schedule' | 'HealthcareService' | 'Organization' | 'Location' | 'Practitioner' | 'PractitionerRole';

/** `meta.profile` of a resource that is sent (B-201). */
export function profileOf(type: ProfiledType): [string] {
  return [`https://fhir.hl7.org.uk/STU3/StructureDefinition/CareConnect-${type}-1`];
}

/** FHIR's codes of a contact point and of an address, as they come and go. */
export const TELECOM_SYSTEMS = ['phone', 'fax', 'email', 'pager', 'url', 'sms', 'other'] as const;
export const TELECOM_USES = ['home', 'work', 'temp', 'old', 'mobile'] as const;
export const ADDRESS_USES = ['home', 'work', 'temp', 'old'] as const;
