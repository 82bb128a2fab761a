/**
 * The elements of FHIR that an Appointment, what it contains and their parts may have and Onward never sends. Added to what was read
 * they are a change; what is not among them nobody knows, and it is ignored (B-029). Source: FHIR STU3 3.0.1.
 */
const KNOWN_ELEMENTS: ReadonlySet<string> = new Set([
  ...['identifier', 'serviceCategory', 'serviceType', 'specialty', 'appointmentType', 'reason', 'indication', 'priority', 'description', 'supportingInformation'],
  ...['minutesDuration', 'comment', 'incomingReferral', 'requestedPeriod', 'language', 'start', 'end', 'slot', 'schedule', 'status', 'overbooked'],
  ...['participant', 'actor', 'required', 'type', 'coding', 'userSelected', 'version', 'reference', 'display', 'system', 'value', 'use', 'code', 'assigner', 'period', 'rank'],
  ...['active', 'name', 'telecom', 'gender', 'birthDate', 'deceasedBoolean', 'deceasedDateTime', 'address', 'maritalStatus', 'multipleBirthBoolean', 'multipleBirthInteger'],
  ...['photo', 'contact', 'relationship', 'organization', 'animal', 'communication', 'generalPractitioner', 'managingOrganization', 'link'],
  ...['family', 'given', 'prefix', 'suffix', 'text', 'line', 'city', 'district', 'state', 'postalCode', 'country'],
  ...['masterIdentifier', 'docStatus', 'subject', 'class', 'author', 'authenticator', 'custodian', 'relatesTo', 'securityLabel', 'indexed', 'content', 'context'],
  ...['attachment', 'format', 'contentType', 'data', 'url', 'size', 'hash', 'title', 'creation'],
]);

/** Whether FHIR has an element of this name in an Appointment or anywhere in it. */
export function isKnownElement(name: string): boolean {
  return KNOWN_ELEMENTS.has(name);
}
