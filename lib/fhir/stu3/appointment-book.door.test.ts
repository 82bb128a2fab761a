import { describe, expect, test } from 'vitest';
import { formatsOf } from '@/lib/fhir/shared/format';
import { STU3_ELEMENTS } from '@/lib/fhir/stu3/elements';
import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { anAgreement, GREATER_MANCHESTER, WEST_YORKSHIRE } from '@/prisma/factories/agreement';
import { aHeldSlot } from '@/prisma/factories/call';
import { aSystem } from '@/prisma/factories/client';
import { aService } from '@/prisma/factories/service';
import { A_TUESDAY_AT_TEN, aHandler } from '@/prisma/factories/staff';
import { aToken } from '@/prisma/factories/token';
import { aBooking, aSlotToBook } from '@/scripts/test-support/fhir/bookings';
import { aDoor, ROOT, type Told } from '@/scripts/test-support/fhir/door';

const FORMATS = formatsOf(STU3_ELEMENTS);

async function aClient(options: Parameters<typeof aSystem>[0] = {}) {
  const system = await aSystem(options);
  return { system, door: aDoor({ token: await aToken(system, { now: A_TUESDAY_AT_TEN }) }) };
}

async function booked(options: Parameters<typeof aSystem>[0] = {}) {
  const client = await aClient(options);
  const slot = await aSlotToBook();
  const body = aBooking({ slot });
  return { ...client, slot, body, told: await client.door('/Appointment', { method: 'POST', body }) };
}

function issuesOf({ status, resource }: Told): string[] {
  return (resource?.issue ?? []).map(({ code, diagnostics }) => `${status} ${code} ${diagnostics}`);
}

async function slotOf(appointment: { slotId: string }) {
  const { id, startsAt, endsAt, session } = await db.slot.findUniqueOrThrow({ where: { id: appointment.slotId }, include: { session: true } });
  return { id, startsAt, endsAt, scheduleId: session.scheduleId };
}

describe('booking', () => {
  test('B-430 to B-433: 201 with the created appointment, its version, its address and its time', async () => {
    const { told, body, slot } = await booked();
    const id = told.resource?.id ?? expect.fail(told.text);
    expect(told.status).toBe(201);
    expect(told.headers.get('location')).toBe(`${ROOT}/Appointment/${id}/_history/1`);
    expect(told.headers.get('etag')).toBe('W/"1"');
    expect(told.resource).toMatchObject({
      ...{ id, status: 'booked', description: body.description, created: '2026-11-24T10:00:00+00:00', language: 'en-GB' },
      meta: { versionId: '1', lastUpdated: '2026-11-24T10:00:00.000+00:00' },
      contained: [{ resourceType: 'DocumentReference' }, { resourceType: 'Patient', name: [{ family: 'Notreal', given: ['Tomasz'] }] }, { resourceType: 'Slot', status: 'busy', identifier: [{ value: slot.id }] }],
    });
    expect(await db.slot.findUniqueOrThrow({ where: { id: slot.id } })).toMatchObject({ status: 'busy' });
  });

  test('B-421, B-255: a patient without NHS number is booked and gets an id of ours, by which they are found', async () => {
    const { door } = await aClient();
    const told = await door('/Appointment', { method: 'POST', body: aBooking({ slot: await aSlotToBook(), nhsNumber: null }) });
    expect(told.status, told.text).toBe(201);
    const value = /"system":"https:\/\/onward.example.nhs.uk\/Id\/patient","value":"([^"]+)"/.exec(told.text)?.[1];
    const found = await door(`/Appointment?identifier=${encodeURIComponent(`https://onward.example.nhs.uk/Id/patient|${value}`)}`);
    expect(found.resource).toMatchObject({ total: 1, entry: [{ resource: { id: told.resource?.id } }] });
  });

  test('B-412, B-837: a slot that is booked, and one that a call handler holds, is no longer available', async () => {
    const { door, slot } = await booked();
    expect(issuesOf(await door('/Appointment', { method: 'POST', body: aBooking({ slot }) }))).toEqual(['422 processing Slot no longer available']);
    const held = await aHeldSlot(await aHandler());
    const asked = aBooking({ slot: await slotOf({ slotId: held.slot.id }) });
    expect(issuesOf(await door('/Appointment', { method: 'POST', body: asked }))).toEqual(['422 processing Slot no longer available']);
  });

  test('B-402, B-043, B-044: the same X-Request-Id again is 409 before the body is read, and says where the first led', async () => {
    const { door } = await aClient();
    const headers = { 'x-request-id': newId() };
    const first = await door('/Appointment', { method: 'POST', headers, body: aBooking({ slot: await aSlotToBook() }) });
    const again = await door('/Appointment', { method: 'POST', headers, body: 'no JSON at all' });
    expect(issuesOf(again)).toEqual(['409 duplicate X-Request-Id has been used previously']);
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
  });

  test('B-046: an attempt that failed does not use its X-Request-Id up', async () => {
    const { door } = await aClient();
    const headers = { 'x-request-id': newId() };
    const body = aBooking({ slot: await aSlotToBook() });
    expect((await door('/Appointment', { method: 'POST', headers, body: { ...body, description: '' } })).status).toBe(422);
    expect((await door('/Appointment', { method: 'POST', headers, body })).status).toBe(201);
  });

  test('B-403, B-423: a wrong structure is 400, faults of content are 422, all at once, and nothing is booked', async () => {
    const { door } = await aClient();
    const slot = await aSlotToBook();
    const body = aBooking({ slot });
    expect((await door('/Appointment', { method: 'POST', body: { ...body, slot: '#slot1' } })).status).toBe(400);
    const told = await door('/Appointment', { method: 'POST', body: { ...body, id: 'mine', start: 'soon' } });
    expect([told.status, told.resource?.issue?.map(({ expression }) => expression)]).toEqual([422, [['Appointment.id'], ['Appointment.start']]]);
    expect(await db.slot.findUniqueOrThrow({ where: { id: slot.id } })).toMatchObject({ status: 'free' });
  });

  test('B-409, B-835: a slot that there is not', async () => {
    const { door } = await aClient();
    const told = await door('/Appointment', { method: 'POST', body: aBooking({ slot: { ...(await aSlotToBook()), id: newId() } }) });
    expect(issuesOf(told)).toEqual(['422 not-found There is no slot with this identifier']);
  });

  test('B-409, B-410: a slot of another schedule or of other times is not the one that was meant', async () => {
    const { door } = await aClient();
    const slot = await aSlotToBook();
    const other = await door('/Appointment', { method: 'POST', body: aBooking({ slot: { ...slot, scheduleId: newId() } }) });
    expect(issuesOf(other)).toEqual(['422 business-rule The schedule of the contained Slot is not that of the slot']);
    const late = new Date(slot.endsAt.getTime() + 60_000);
    const long = await door('/Appointment', { method: 'POST', body: { ...aBooking({ slot }), end: late.toISOString() } });
    expect(issuesOf(long)).toEqual(['422 business-rule The appointment must start with the slot and end no later than it']);
  });

  test('X-16: an appointment may end before its slot does', async () => {
    const { door } = await aClient();
    const slot = await aSlotToBook();
    const end = new Date(slot.startsAt.getTime() + 5 * 60_000).toISOString();
    const told = await door('/Appointment', { method: 'POST', body: { ...aBooking({ slot }), end } });
    expect([told.status, told.resource?.['end']]).toEqual([201, end.replace('Z', '+00:00')]);
  });

  test('X-38: a slot that is named outside the body is booked', async () => {
    const { door } = await aClient();
    const slot = await aSlotToBook();
    const body = aBooking({ slot });
    const told = await door('/Appointment', { method: 'POST', body: { ...body, contained: body.contained?.slice(0, 2), slot: [{ reference: `Slot/${slot.id}` }] } });
    expect(told.status, told.text).toBe(201);
  });

  test('B-411: a slot that has begun', async () => {
    const { door } = await aClient();
    const slot = await aSlotToBook({ startsAt: new Date(A_TUESDAY_AT_TEN.getTime() - 60_000) });
    expect(issuesOf(await door('/Appointment', { method: 'POST', body: aBooking({ slot }) }))).toEqual(['422 business-rule Slot is in the past']);
  });

  test('B-843: an organisation that may not book at the service', async () => {
    const { door, system } = await aClient();
    const service = await aService({ refusesFrom: [system.actor.organisation.code] });
    const told = await door('/Appointment', { method: 'POST', body: aBooking({ slot: await aSlotToBook({ serviceId: service.id }) }) });
    expect(issuesOf(told)).toEqual([`403 forbidden Organisation ${system.actor.organisation.code} may not book at this service`]);
  });

  test.each([
    ['refuse', { outcome: 'refuse' }, '422 business-rule The commissioners of patient and service refuse bookings across their border at this service'],
    ['want to approve', { outcome: 'approval', approvers: ['host'] }, '422 business-rule A booking across this border needs an approval that only NHS 111 can ask for'],
  ] as const)('B-413: a booking across a border that the commissioners %s: by which rule, and never a word about the patient', async (_what, given, told) => {
    await db.postcode.createMany({ data: [{ postcode: 'NR3 3BN', latitude: 52.64, longitude: 1.3, country: 'E', icbCode: WEST_YORKSHIRE, quality: 1 }], skipDuplicates: true });
    const { door } = await aClient();
    const service = await aService({ icbCode: GREATER_MANCHESTER });
    await anAgreement({ ...given, serviceId: service.id, title: 'Night centres' });
    const slot = await aSlotToBook({ serviceId: service.id });
    expect(issuesOf(await door('/Appointment', { method: 'POST', body: aBooking({ slot }) }))).toEqual([told]);
    expect(await db.slot.findUniqueOrThrow({ where: { id: slot.id } })).toMatchObject({ status: 'free' });
  });

  test('B-020, B-021: a booking in XML is answered in XML', async () => {
    const { door } = await aClient();
    const xml = FORMATS.write(aBooking({ slot: await aSlotToBook() }), 'xml');
    const told = await door('/Appointment', { method: 'POST', headers: { 'content-type': 'application/fhir+xml' }, body: xml });
    expect([told.status, told.headers.get('content-type')], told.text).toEqual([201, 'application/fhir+xml;charset=utf-8']);
    expect(told.text).toContain('<description value="111 referral: fever, drinking little"/>');
  });
});
