import { minutesAfter } from '../clock';
import { mustBook } from '../expectations';
import { changed, contained, has, listAt, textAt } from '../look';
import type { Check, Kit } from '../model';
import { NHS_NUMBER, UUID_SYSTEM, VERIFICATION_EXTENSION } from '../sample';
import { must } from '../verdict';

const STATUSES = ['booked', 'cancelled', 'entered-in-error', 'arrived', 'fulfilled', 'noshow'];
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const PROFILE = 'https://fhir.hl7.org.uk/STU3/StructureDefinition/CareConnect-Appointment-1';
const PATIENT = 'contained[1]';
const DOCUMENT_ID = 'contained[0].identifier[0].value';
const DOCUMENT_TYPES = 'urn:oid:2.16.840.1.113883.2.1.3.2.4.18.17';

/** The Appointment that was booked, as it comes back: sections 4.4 to 4.6. */
export const BOOKED: readonly Check[] = [
  booked('B-202', (sent) => must(textAt(patientOf(sent), 'identifier[0].system') === NHS_NUMBER, 'the NHS number has another system')),
  booked('B-203', (sent) => {
    const extensions = listAt(patientOf(sent), 'identifier[0].extension').map((extension) => textAt(extension, 'url'));
    must(extensions.includes(VERIFICATION_EXTENSION), 'the NHS number has no verification status');
  }),
  booked('B-206', (sent) => must(textAt(contained(sent, 'DocumentReference')[0], 'type.coding[0].system') === DOCUMENT_TYPES, 'the type of the document has another system')),
  booked('B-210', (sent) => {
    must(textAt(patientOf(sent), 'contact[0].relationship[0].coding[0].system') === 'http://hl7.org/fhir/v2/0131', 'the relationship of the contact has another system');
  }),
  booked('B-250', (sent) => {
    const ids = listAt(sent, 'contained').map((resource) => textAt(resource, 'id'));
    must(new Set(ids).size === ids.length && ids.every((id) => id !== '' && !id.includes('/')), 'ids of contained resources are missing, have a / or stand twice');
  }),
  booked('B-254', (sent) => must(textAt(patientOf(sent), 'identifier[0].use') === 'official', 'the NHS number is not for official use')),
  booked('B-260', (sent) => {
    const numbers = listAt(patientOf(sent), 'telecom');
    must(numbers.length > 0 && numbers.every((number) => has(number, 'rank')), 'the number of the patient came back without rank, or not at all');
  }),
  booked('B-274', (sent) => must(has(contained(sent, 'DocumentReference')[0], 'indexed'), 'the DocumentReference has no indexed')),
  booked('B-281', (sent, { slot }) => {
    const { system, value } = { system: textAt(slotOf(sent), 'identifier[0].system'), value: textAt(slotOf(sent), 'identifier[0].value') };
    must(system === UUID_SYSTEM && value.toLowerCase() === slot.identifier.toLowerCase(), 'the contained Slot has another identifier');
  }),
  booked('B-285', (sent) => {
    for (const path of ['id', 'meta.versionId', 'meta.lastUpdated']) must(textAt(sent, path) !== '', `the Appointment has no ${path}`);
  }),
  accepted('B-286', (body) => changed(body, 'meta'), 'a booking without meta.profile', (sent) => {
    must(listAt(sent, 'meta.profile')[0] === PROFILE, 'the Appointment has another meta.profile, or none');
  }),
  accepted('B-290', (body) => changed(body, 'created', '2001-01-01T00:00:00+00:00'), 'a booking with created', (sent) => {
    const created = textAt(sent, 'created');
    must(DATE_TIME.test(created), `created is ${created || 'missing'}: it needs an offset`);
    must(!created.startsWith('2001'), 'created is what the consumer sent');
  }),
  accepted('B-294', (body) => changed(body, 'incomingReferral', [{ display: 'Referral of the conformance kit' }]), 'a booking with an incoming referral'),
  accepted('B-296', (body) => changed(body, 'identifier', [{ system: 'https://consumer.example.nhs.uk/Id/referral', value: 'CONFORMANCE-1' }]), 'a booking with an identifier'),
  booked('B-297', (sent) => must(textAt(sent, 'language') === 'en-GB', 'the language was not kept')),
  booked('B-298', (sent) => must(STATUSES.includes(textAt(sent, 'status')), `the status is ${textAt(sent, 'status') || 'missing'}`)),
  accepted('B-251', (body) => changed(body, `${PATIENT}.identifier`), 'a patient without identifier'),
  {
    id: 'B-255',
    needs: ['bookings'],
    run: async ({ facts }) => {
      const identifiers = listAt(patientOf((await facts.localBooking()).made.json), 'identifier');
      must(identifiers.some((identifier) => textAt(identifier, 'system') !== '' && textAt(identifier, 'value') !== ''), 'the Patient without NHS number got no identifier of the provider');
      must(identifiers.every((identifier) => textAt(identifier, 'system') !== NHS_NUMBER), 'the Patient without NHS number got one');
    },
  },
  accepted('B-263', (body) => changed(changed(body, `${PATIENT}.telecom`), `${PATIENT}.contact`), 'a patient without any number'),
  accepted('B-271', (body) => changed(body, DOCUMENT_ID, textAt(body, DOCUMENT_ID).toUpperCase()), 'a document whose UUID is in capitals'),
  accepted('B-283', (body) => changed(body, 'contained[2].status', 'free'), 'a booking whose contained Slot is free', (sent) => {
    must(textAt(slotOf(sent), 'status') === 'busy', 'the contained Slot is not busy');
  }),
  accepted('B-410', (body) => changed(body, 'end', minutesAfter(new Date(textAt(body, 'end')), -1)), 'an end before that of the slot'),
  accepted('B-421', (body) => changed(body, `${PATIENT}.identifier`), 'a patient who is not known and has no NHS number'),
  booked('B-420', () => undefined),
  booked('B-504', (sent) => {
    for (const path of ['actor.reference', 'actor.identifier.value', 'actor.display', 'status']) must(textAt(sent, `participant[0].${path}`) !== '', `the participant has no ${path}`);
  }),
];

type Look = (appointment: unknown, booking: Awaited<ReturnType<Kit['facts']['booking']>>) => void;

// What a read gives, so that saving is proved and not only answering.
function booked(id: string, look: Look): Check {
  return {
    id,
    needs: ['bookings'],
    run: async ({ facts, provider }) => {
      const booking = await facts.booking();
      const read = await provider.ask({ path: `/Appointment/${booking.id}` });
      must(read.status === 200, `the read of the booking was answered ${read.status}`);
      look(read.json, booking);
    },
  };
}

function accepted(id: string, change: (body: unknown) => unknown, when: string, look: (appointment: unknown) => void = () => undefined): Check {
  return { id, needs: ['bookings'], run: async (kit) => look((await mustBook(kit, change, when)).json) };
}

function patientOf(appointment: unknown): unknown {
  return contained(appointment, 'Patient')[0];
}

function slotOf(appointment: unknown): unknown {
  return contained(appointment, 'Slot')[0];
}
