import { appointmentBundleExample, BOOKED_EXAMPLE, BOOKING_EXAMPLE, CANCEL_EXAMPLE, CANCELLED_EXAMPLE } from '@/lib/fhir/stu3/openapi-appointment-example';
import { formContent, operation, pathParameter, queryParameter, requiredHeader, resourceContent } from '@/lib/fhir/stu3/openapi-parts';
import { NARROWING_PARAMETERS, PATIENT_SPELLINGS } from '@/lib/fhir/stu3/openapi-search';
import type { ApiParameter, PathItem } from '@/lib/fhir/stu3/openapi-types';

const TAG = 'Appointments';
const READS = ['patient/appointment.read', 'patient/appointment.write'] as const;
const VERSION_HEADERS = ['ETag', 'Last-Modified', 'Content-Location'] as const;
const EXAMPLE_ID = 'c9d2f7b4-1e58-4a36-b1f0-2d7e5a8c9013';

const ID = pathParameter('id', { description: 'The id of the appointment.', example: EXAMPLE_ID });

const BOOK_WORDS = [
  'Books one patient into one free slot, in one step: nothing is registered or reserved before. The body is an Appointment without id that contains the Patient, the Slot as it was found, and a DocumentReference to the clinical document that travels separately.',
  'The patient has an NHS number that was verified, or no identifier; then the answer has an identifier of ours. If any contact number is given, exactly one has rank 1, over the patient and the contacts together.',
  'Faults that are found together are all reported, one issue each. When the slot has gone the answer is 422 with the code processing: search again.',
].join('\n\n');

const CHANGE_WORDS = [
  'Cancels an appointment: read it, change the status to cancelled, send it back with the version in If-Match. The slot is free again at once. entered-in-error does the same for what should never have been booked.',
  'With the status booked and another description the reason is amended; nothing else can be changed. Compared is what is meant: another order, another offset or another format is no difference.',
].join('\n\n');

const SEARCH_PARAMETERS: readonly ApiParameter[] = [
  queryParameter('patient', {
    description: `Whose appointments: an NHS number with or without its system, https://demographics.spineservices.nhs.uk/ and the number, or an identifier of ours with its system. Written ${PATIENT_SPELLINGS} (B-701, B-702).`,
    example: 'https://fhir.nhs.uk/Id/nhs-number|9997478347',
  }),
  ...NARROWING_PARAMETERS,
];

/** Booking, reading, changing and searching (sections 6 to 9). */
export function appointmentPaths(root: string): Record<string, PathItem> {
  return {
    '/Appointment': { post: book(), get: search(root) },
    '/Appointment/{id}': { get: read(), put: change() },
    '/Appointment/{id}/_history/{vid}': { get: readVersion() },
    '/Appointment/_search': { post: searchByForm(root) },
  };
}

function book() {
  return operation({
    id: 'bookAppointment',
    tag: TAG,
    summary: 'Book a patient into a slot',
    description: BOOK_WORDS,
    scopes: ['patient/appointment.write'],
    parameters: [],
    body: { description: 'The appointment that is wanted.', content: resourceContent('Appointment', { booking: BOOKING_EXAMPLE }) },
    success: {
      ...{ status: 201, description: 'Booked: the appointment as it was saved.', headers: [...VERSION_HEADERS, 'Location'] },
      ...{ resource: 'Appointment', examples: { booked: BOOKED_EXAMPLE } },
    },
    failures: [
      ...(['unreadable', 'wrong-structure', 'may-not-book', 'request-repeated', 'too-large', 'id-sent', 'element-missing', 'value-wrong'] as const),
      ...(['modifier-unknown', 'nhs-number-wrong', 'rank-missing', 'slot-unknown', 'slot-past', 'slot-taken', 'border-refused', 'border-approval-needed'] as const),
    ],
  });
}

function change() {
  return operation({
    id: 'changeAppointment',
    tag: TAG,
    summary: 'Cancel an appointment, or amend its reason',
    description: CHANGE_WORDS,
    scopes: ['patient/appointment.write'],
    parameters: [ID, requiredHeader('If-Match', { description: 'The version that was read: its ETag (B-063 to B-065).', example: 'W/"1"' })],
    body: { description: 'The appointment as it was read, with another status or description.', content: resourceContent('Appointment', { cancel: CANCEL_EXAMPLE }) },
    success: {
      ...{ status: 200, description: 'Changed: the appointment with its new version.', headers: [...VERSION_HEADERS, 'Location'] },
      ...{ resource: 'Appointment', examples: { cancelled: CANCELLED_EXAMPLE } },
    },
    failures: [
      ...(['unreadable', 'wrong-structure', 'other-id', 'may-not-book', 'not-found', 'request-repeated', 'version-stale', 'no-if-match', 'too-large'] as const),
      ...(['already-cancelled', 'appointment-past', 'element-changed', 'value-wrong'] as const),
    ],
  });
}

function read() {
  return operation({
    id: 'readAppointment',
    tag: TAG,
    summary: 'Read an appointment',
    description: 'The current version, with the patient, the document and the slot as they were booked. A cancelled appointment is still read.',
    scopes: READS,
    parameters: [ID],
    success: { status: 200, description: 'The appointment.', headers: VERSION_HEADERS, resource: 'Appointment', examples: { booked: BOOKED_EXAMPLE } },
    failures: ['not-found'],
  });
}

function readVersion() {
  return operation({
    id: 'readAppointmentVersion',
    tag: TAG,
    summary: 'Read a version of an appointment',
    description: 'That version exactly as it was. Versions begin at 1 and grow by one with each change.',
    scopes: READS,
    parameters: [ID, pathParameter('vid', { description: 'The number of the version.', example: '1' })],
    success: { status: 200, description: 'The appointment as it was.', headers: VERSION_HEADERS, resource: 'Appointment', examples: { booked: BOOKED_EXAMPLE } },
    failures: ['not-found'],
  });
}

function search(root: string) {
  return operation({
    id: 'searchAppointments',
    tag: TAG,
    summary: "Find a patient's appointments",
    description: 'The appointments of one patient that have not ended, by start, without pages. Each has little content: read it by its id for the rest.',
    scopes: READS,
    parameters: SEARCH_PARAMETERS,
    success: found(root),
    failures: ['no-patient', 'bad-parameter'],
  });
}

function searchByForm(root: string) {
  return operation({
    id: 'searchAppointmentsByForm',
    tag: TAG,
    summary: "Find a patient's appointments by a form",
    description: 'The same search with its parameters in the body, so that no NHS number is in an address (B-007).',
    scopes: READS,
    parameters: [],
    body: { description: 'The parameters of the search.', content: formContent(SEARCH_PARAMETERS) },
    success: found(root),
    failures: ['no-patient', 'bad-parameter', 'too-large'],
  });
}

function found(root: string) {
  const examples = { found: appointmentBundleExample(root) };
  return { status: 200, description: 'A Bundle of none to many appointments.', headers: [], resource: 'Bundle', examples } as const;
}
