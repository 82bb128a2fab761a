import { capabilityPaths } from '@/lib/fhir/stu3/openapi-directory';
import { formContent, operation, pathParameter, queryParameter, requiredHeader, resourceContent } from '@/lib/fhir/stu3/openapi-parts';
import { cancelEntryExample, cancelledEntryExample, entryBundleExample, registeredExample, registrationExamples } from '@/lib/fhir/stu3/openapi-registry-example';
import { NARROWING_PARAMETERS, PATIENT_SPELLINGS } from '@/lib/fhir/stu3/openapi-search';
import type { ApiParameter, PathItem } from '@/lib/fhir/stu3/openapi-types';

const TAG = 'Registry';
const READS = ['registry/appointment.read', 'registry/appointment.write'] as const;
const VERSION_HEADERS = ['ETag', 'Last-Modified', 'Content-Location'] as const;

/** What the interactions of the registry stand under. */
export const REGISTRY_TAG = {
  name: TAG,
  description: 'Tell that a patient has an appointment elsewhere, and find the appointments of a patient wherever they are held. An entry is a pointer with the least data: no clinical content.',
} as const;

const ID = pathParameter('id', { description: 'The id of the entry.', example: '0b7c9a52-3f0e-4d11-8a64-5e2f9c1d7b30' });

const REGISTER_WORDS = [
  'Registers an appointment that your system holds, once it is booked there. The body is an Appointment without id: status booked, start, end, created, the pointer as its one identifier, and the participants. The pointer is the absolute https URL of the appointment, without a version; it is never fetched while answering.',
  'The patient is the participant with an NHS number, or with an identifier of your own system and a display. Without an NHS number the extension patient-match, with family, birthDate and postcode, lets people recognise the patient: kept is a digest of it, which is never given back.',
  'Two more participants may be there: the service, by HealthcareService/ and its DoS service id, its name as the display, with the ODS code of who holds the appointment as the identifier; and the place, of the type LOC, as a display. Who says no holder holds it itself.',
  'Everything else of an Appointment is refused and named, as it might be clinical. The label R or V of Confidentiality in meta.security seals the entry: others are told its times and status alone.',
].join('\n\n');

const CHANGE_WORDS = [
  'Tells that an appointment has changed at its source: read the entry, change the status to cancelled or entered-in-error, or start and end of what stays booked, and send it back with the version in If-Match. Nothing is cancelled at the source.',
  'Only the organisation that registered may change an entry, and only before the appointment begins; never the patient or the pointer. Compared is what is meant; the extension patient-match and meta may be left out.',
].join('\n\n');

const SEARCH_PARAMETERS: readonly ApiParameter[] = [
  queryParameter('patient', {
    description: `Whose appointments: an NHS number with or without its system, https://demographics.spineservices.nhs.uk/ and the number, or system and value of another identifier. Written ${PATIENT_SPELLINGS} (B-701, B-702, B-921).`,
    example: 'https://fhir.nhs.uk/Id/nhs-number|9991226036',
  }),
  queryParameter('identifier', {
    description: 'The entry that points to this address, with or without the system urn:ietf:rfc:3986 (B-922). Encode the bar as %7C.',
    example: 'urn:ietf:rfc:3986|https://other.example.nhs.uk/STU3/Appointment/88120',
  }),
  ...NARROWING_PARAMETERS,
];

/** Registering, reading, changing and searching below the root of the registry (section 13). */
export function registryPaths(root: string): Record<string, PathItem> {
  return {
    '/Appointment': { post: register(root), get: search(root) },
    '/Appointment/{id}': { get: read(root), put: change(root) },
    '/Appointment/{id}/_history/{vid}': { get: readVersion(root) },
    '/Appointment/_search': { post: searchByForm(root) },
    ...capabilityPaths({ id: 'readRegistryCapabilities', tag: TAG, summary: 'Read what the registry can do' }),
  };
}

function register(root: string) {
  return operation({
    id: 'registerAppointment',
    tag: TAG,
    summary: 'Register an appointment that is held elsewhere',
    description: REGISTER_WORDS,
    scopes: ['registry/appointment.write'],
    parameters: [],
    body: { description: 'The appointment, as far as the registry knows it.', content: resourceContent('Appointment', registrationExamples(root)) },
    success: {
      ...{ status: 201, description: 'Registered: the entry as it was saved.', headers: [...VERSION_HEADERS, 'Location'] },
      ...{ resource: 'Appointment', examples: { registered: registeredExample(root) } },
    },
    failures: [
      ...(['unreadable', 'wrong-structure', 'request-repeated', 'too-large', 'element-kept-out', 'element-missing', 'end-before-start', 'modifier-unknown'] as const),
      ...(['nhs-number-wrong', 'pointer-wrong', 'pointer-taken', 'pointer-own', 'organisation-unknown'] as const),
    ],
  });
}

function change(root: string) {
  return operation({
    id: 'changeEntry',
    tag: TAG,
    summary: 'Tell that an appointment was cancelled, or moved in time',
    description: CHANGE_WORDS,
    scopes: ['registry/appointment.write'],
    parameters: [ID, requiredHeader('If-Match', { description: 'The version that was read: its ETag (B-063 to B-065).', example: 'W/"1"' })],
    body: { description: 'The entry as it was read, with another status or other times.', content: resourceContent('Appointment', { cancel: cancelEntryExample(root) }) },
    success: {
      ...{ status: 200, description: 'Changed: the entry with its new version.', headers: [...VERSION_HEADERS, 'Location'] },
      ...{ resource: 'Appointment', examples: { cancelled: cancelledEntryExample(root) } },
    },
    failures: [
      ...(['unreadable', 'wrong-structure', 'other-id', 'other-organisation', 'not-found', 'request-repeated', 'version-stale', 'no-if-match', 'too-large'] as const),
      ...(['already-cancelled', 'appointment-past', 'entry-differs', 'element-missing', 'value-wrong', 'nhs-number-wrong'] as const),
    ],
  });
}

function read(root: string) {
  return operation({
    id: 'readEntry',
    tag: TAG,
    summary: 'Read an entry of the registry',
    description: 'The current version. What is sealed is told to others without the pointer, the service and the place.',
    scopes: READS,
    parameters: [ID],
    success: { status: 200, description: 'The entry.', headers: VERSION_HEADERS, resource: 'Appointment', examples: { registered: registeredExample(root) } },
    failures: ['not-found'],
  });
}

function readVersion(root: string) {
  return operation({
    id: 'readEntryVersion',
    tag: TAG,
    summary: 'Read a version of an entry',
    description: 'That version exactly as it was. Versions begin at 1 and grow by one with each change.',
    scopes: READS,
    parameters: [ID, pathParameter('vid', { description: 'The number of the version.', example: '1' })],
    success: { status: 200, description: 'The entry as it was.', headers: VERSION_HEADERS, resource: 'Appointment', examples: { registered: registeredExample(root) } },
    failures: ['not-found'],
  });
}

function search(root: string) {
  return operation({
    id: 'searchRegistry',
    tag: TAG,
    summary: "Find a patient's appointments wherever they are held",
    description: 'The appointments of one patient that have not ended, or the one that a pointer leads to, by start, without pages. Each keeps its pointer; read it by its id for the rest. Appointments that are held here are among them.',
    scopes: READS,
    parameters: SEARCH_PARAMETERS,
    success: found(root),
    failures: ['nothing-named', 'bad-parameter'],
  });
}

function searchByForm(root: string) {
  return operation({
    id: 'searchRegistryByForm',
    tag: TAG,
    summary: "Find a patient's appointments wherever they are held, by a form",
    description: 'The same search with its parameters in the body, so that no NHS number is in an address (B-007).',
    scopes: READS,
    parameters: [],
    body: { description: 'The parameters of the search.', content: formContent(SEARCH_PARAMETERS) },
    success: found(root),
    failures: ['nothing-named', 'bad-parameter', 'too-large'],
  });
}

function found(root: string) {
  return { status: 200, description: 'A Bundle of none to many entries.', headers: [], resource: 'Bundle', examples: { found: entryBundleExample(root) } } as const;
}
