/** What an entry of the registry is written with, besides what every Appointment is (B-205, B-207, B-910). */
export const POINTER_SYSTEM = 'urn:ietf:rfc:3986';
export const ODS_ORGANISATION = 'https://fhir.nhs.uk/Id/ods-organization-code';
export const CONFIDENTIALITY = 'http://hl7.org/fhir/v3/Confidentiality';
export const PARTICIPATION = 'http://hl7.org/fhir/v3/ParticipationType';

/** National systems of ids: none of them is a sender's own name for its patients. */
export const NATIONAL_IDS = 'https://fhir.nhs.uk/Id/';

/** The root of the booking API beside the registry's: appointments that Onward holds, and services, are read there. */
export function bookingRoot(root: string): string {
  return root.replace(/\/registry\/STU3$/, '/STU3');
}

/** The extension that tells by what a patient without NHS number may be recognised (domain section 5). */
export function matchExtension(root: string): string {
  return `${root}/StructureDefinition/patient-match`;
}
