import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { formatsOf } from '@/lib/fhir/shared/format';
import { STU3_ELEMENTS } from '@/lib/fhir/stu3/elements';
import { openApi } from '@/lib/fhir/stu3/openapi';
import { newId } from '@/lib/platform/id';
import { addMinutes } from '@/lib/platform/time';
import { aSystem } from '@/prisma/factories/client';
import { syntheticNhsNumber } from '@/prisma/factories/patient';
import { aService } from '@/prisma/factories/service';
import { A_TUESDAY_AT_TEN } from '@/prisma/factories/staff';
import { aToken } from '@/prisma/factories/token';
import { aBooking, aSlotToBook, slotsToBook, type SlotToBook } from '@/scripts/test-support/fhir/bookings';
import { aDoor, ROOT, type Asked, type Door, type Told } from '@/scripts/test-support/fhir/door';
import { faultsOf } from '@/scripts/test-support/fhir/stu3-schema';

const INCLUDES = [
  '_include=Slot:schedule',
  ...['Schedule:actor:HealthcareService', 'Schedule:actor:Practitioner', 'Schedule:actor:PractitionerRole', 'HealthcareService:Organization', 'HealthcareService:Location'].map(
    (value) => `_include:iterate=${value}`,
  ),
].join('&');
const formats = formatsOf(STU3_ELEMENTS);
const description = openApi(ROOT);

let door: Door;
let dosId: string;
let slots: SlotToBook[];

beforeAll(async () => {
  door = aDoor({ token: await aToken(await aSystem(), { now: A_TUESDAY_AT_TEN }) });
  const service = await aService();
  dosId = service.dosId;
  slots = await slotsToBook(4, { serviceId: service.id, practitionerRole: 'GP' });
});

test('B-801: the CapabilityStatement', async () => {
  await expectValid('/metadata', { status: 200, type: 'CapabilityStatement' });
});

test('B-340 to B-352: slots with everything that they lead to, and each of it by itself', async () => {
  const path = `/Slot?service=${dosId}&${INCLUDES}`;
  const { resource } = await expectValid(path, { status: 200, type: 'Bundle' });
  const types = new Set(resource?.entry?.map((entry) => entry.resource.resourceType));
  expect([...types].sort()).toEqual(expect.arrayContaining(['HealthcareService', 'Location', 'Organization', 'PractitionerRole', 'Schedule', 'Slot']));
  for (const entry of resource?.entry ?? []) await expectValid(entry.fullUrl?.replace(/^.*\/STU3/, '') ?? '', { status: 200, type: entry.resource.resourceType });
});

test('B-342 and B-343: a search that finds nothing, and one that is told why', async () => {
  await expectValid(`/Slot?service=${dosId}&start=ge2026-11-25`, { status: 200, type: 'Bundle' });
  const elsewhere = aDoor({ token: await aToken(await aSystem({ book: [] }), { now: A_TUESDAY_AT_TEN }) });
  const withheld = await expectValid(`/Slot?service=${dosId}`, { status: 200, type: 'Bundle' }, { at: elsewhere });
  expect(withheld.resource?.entry?.map(({ resource }) => resource.resourceType)).toEqual(['OperationOutcome']);
});

test('B-430 to B-433, B-501, B-502, B-615, B-706: booked, read, cancelled and found, with and without NHS number', async () => {
  for (const nhsNumber of [syntheticNhsNumber(), null]) {
    const booked = await door('/Appointment', { method: 'POST', body: aBooking({ slot: await aSlotToBook(), nhsNumber }) });
    expect([booked.status, faultsOf(booked.resource)]).toEqual([201, []]);
    const path = `/Appointment/${booked.resource?.id}`;
    await expectValid(path, { status: 200, type: 'Appointment' });

    const cancelled = await door(path, { method: 'PUT', headers: { 'if-match': 'W/"1"' }, body: { ...booked.resource, status: 'cancelled' } });
    expect([cancelled.status, faultsOf(cancelled.resource)]).toEqual([200, []]);
    await expectValid(`${path}/_history/1`, { status: 200, type: 'Appointment' });
    await expectValid(`${path}/_history/2`, { status: 200, type: 'Appointment' });
    await expectValid(`/Appointment?_id=${booked.resource?.id}`, { status: 200, type: 'Bundle' });
    if (nhsNumber) await expectValid(`/Appointment?patient=${nhsNumber}`, { status: 200, type: 'Bundle' });
  }
});

test('B-021: an appointment that is sent in XML is the one that is answered in JSON, and what is read in XML can be sent back to cancel', async () => {
  const headers = { 'content-type': 'application/fhir+xml' };
  const body = formats.write(aBooking({ slot: await aSlotToBook() }), 'xml');
  const booked = await door('/Appointment', { method: 'POST', headers: { ...headers, accept: 'application/fhir+json' }, body });
  expect([booked.status, faultsOf(booked.resource)]).toEqual([201, []]);

  const path = `/Appointment/${booked.resource?.id}`;
  const read = await door(path, { headers: { accept: 'application/fhir+xml' } });
  const cancelled = await door(path, { method: 'PUT', headers: { ...headers, 'if-match': 'W/"1"' }, body: read.text.replace('<status value="booked"/>', '<status value="cancelled"/>') });
  expect(cancelled.status).toBe(200);
  expect(parsed(cancelled.text)).toMatchObject({ id: booked.resource?.id, status: 'cancelled', meta: { versionId: '2' } });
});

const UNTOLD = { headers: { authorization: '' } };
const REFUSED: readonly { name: string; status: number; described?: string; path: () => string; asked?: () => Promise<Asked> | Asked }[] = [
  { name: 'B-130: no token', status: 403, described: 'no-token', path: () => '/Slot', asked: () => UNTOLD },
  { name: 'B-131: no token at all in it', status: 403, described: 'token-malformed', path: () => '/Slot', asked: () => ({ headers: { authorization: 'Bearer nonsense' } }) },
  { name: 'B-005: another method', status: 405, path: () => `/Appointment/${newId()}`, asked: () => ({ method: 'DELETE' }) },
  { name: 'B-006: another path', status: 404, path: () => '/Nonsense/1' },
  { name: 'B-026: another media type', status: 415, described: 'media-type', path: () => '/Appointment', asked: () => ({ method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'hello' }) },
  { name: 'B-831: a body that is not JSON', status: 400, described: 'unreadable', path: () => '/Appointment', asked: () => ({ method: 'POST', body: '{ "resourceType": ' }) },
  { name: 'B-831: another resource', status: 400, described: 'wrong-structure', path: () => '/Appointment', asked: () => ({ method: 'POST', body: { resourceType: 'Patient' } }) },
  { name: 'B-846: a body of two megabytes', status: 413, described: 'too-large', path: () => '/Appointment', asked: () => ({ method: 'POST', body: ' '.repeat(2_000_000) }) },
  { name: 'B-304: a date that is none', status: 400, described: 'bad-parameter', path: () => '/Slot?start=soon' },
  { name: 'B-306: a window in the past', status: 400, described: 'bad-parameter', path: () => '/Slot?start=ge2020-01-01&start=le2020-01-02' },
  { name: 'B-310: an unknown service', status: 404, described: 'service-unknown', path: () => '/Slot?service=2000089999' },
  { name: 'B-704: a search for no patient', status: 400, described: 'no-patient', path: () => '/Appointment' },
  { name: 'B-703: a number that is no NHS number', status: 400, described: 'bad-parameter', path: () => '/Appointment?patient=12345' },
  { name: 'B-842: an unknown appointment', status: 404, described: 'not-found', path: () => `/Appointment/${newId()}` },
  { name: 'B-842: a malformed id', status: 404, described: 'not-found', path: () => '/Organization/%20' },
  { name: 'B-404: an id in a booking', status: 422, described: 'id-sent', path: () => '/Appointment', asked: async () => posted({ ...aBooking({ slot: await aSlotToBook() }), id: newId() }) },
  { name: 'B-405: an empty booking', status: 422, described: 'element-missing', path: () => '/Appointment', asked: () => posted({ resourceType: 'Appointment' }) },
  { name: 'B-836: a wrong NHS number', status: 422, described: 'nhs-number-wrong', path: () => '/Appointment', asked: async () => posted(aBooking({ slot: await aSlotToBook(), nhsNumber: '9990000000' })) },
  { name: 'B-411: a slot that has begun', status: 422, described: 'slot-past', path: () => '/Appointment', asked: async () => posted(aBooking({ slot: await aSlotToBook({ startsAt: addMinutes(A_TUESDAY_AT_TEN, -30) }) })) },
  { name: 'B-835: a slot that nobody knows', status: 422, described: 'slot-unknown', path: () => '/Appointment', asked: async () => posted(aBooking({ slot: { ...(await aSlotToBook()), id: newId() } })) },
];

test.each(REFUSED)('$name is refused with a valid OperationOutcome, as the description says, in JSON and in XML', async ({ status, described, path, asked }) => {
  const given = (await asked?.()) ?? {};
  const told = await expectValid(path(), { status, type: 'OperationOutcome' }, { asked: given });
  expect(told.resource?.id).toBe(told.headers.get('x-request-id'));
  if (described) expect(told.resource?.issue?.[0]).toMatchObject(describedIssue(described));
});

test('B-412, B-839, B-840 and B-841: taken, repeated, stale and without version are refused with a valid OperationOutcome', async () => {
  const request = { method: 'POST', headers: { 'x-request-id': newId() }, body: aBooking({ slot: slots[0] ?? (await aSlotToBook()) }) };
  const booked = await door('/Appointment', request);
  const path = `/Appointment/${booked.resource?.id}`;
  const refused = [
    await door('/Appointment', request),
    await door('/Appointment', { ...request, headers: {} }),
    await door(path, { method: 'PUT', body: booked.resource }),
    await door(path, { method: 'PUT', headers: { 'if-match': 'W/"7"' }, body: booked.resource }),
  ];
  expect(refused.map(({ status }) => status)).toEqual([409, 422, 412, 409]);
  for (const { resource } of refused) expect(faultsOf(resource)).toEqual([]);
});

/** Severity, code and details of a failure as the OpenAPI description has it. */
function describedIssue(name: string): object {
  const { issue } = z.object({ issue: z.array(z.object({ severity: z.string(), code: z.string(), details: z.unknown() })).length(1) }).parse(description.components.examples[name]?.value);
  return issue[0] ?? {};
}

/** Asks in JSON and in XML: both have this status, the JSON is valid FHIR of this type, and the XML says the same. */
async function expectValid(path: string, { status, type }: { status: number; type: string }, { asked = {}, at = door }: { asked?: Asked; at?: Door } = {}): Promise<Told> {
  const json = await at(path, { ...asked, headers: { ...asked.headers, accept: 'application/fhir+json' } });
  const xml = await at(path, { ...asked, headers: { ...asked.headers, accept: 'application/fhir+xml' } });
  expect([json.status, xml.status, json.resource?.resourceType, faultsOf(json.resource)], path).toEqual([status, status, type, []]);
  expect(json.headers.get('content-type')).toBe('application/fhir+json;charset=utf-8');
  expect(xml.headers.get('content-type')).toBe('application/fhir+xml;charset=utf-8');
  expect(lasting(parsed(xml.text)), path).toEqual(lasting(json.resource));
  return json;
}

function parsed(text: string): unknown {
  const read = formats.read(text, 'xml');
  if (!read.ok) throw new Error('the XML cannot be read');
  return read.value;
}

/** Without what is different in every answer: the ids and times of Bundles and OperationOutcomes. */
function lasting(resource: unknown): unknown {
  const text = JSON.stringify(resource, (name, value: unknown) => (name === 'lastUpdated' ? undefined : value));
  return JSON.parse(text.replace(/("resourceType":"(Bundle|OperationOutcome)"),"id":"[^"]+"/g, '$1').replace(/urn:uuid:[0-9a-f-]+/g, 'urn:uuid'));
}

function posted(body: unknown): Asked {
  return { method: 'POST', body };
}
