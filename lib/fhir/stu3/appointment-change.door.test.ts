import { describe, expect, test } from 'vitest';
import { cancelAppointment } from '@/lib/booking/cancel.commands';
import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { addMinutes } from '@/lib/platform/time';
import { anApiAppointment } from '@/prisma/factories/api-appointment';
import { anAppointment } from '@/prisma/factories/appointment';
import { aCancelRequest } from '@/prisma/factories/call';
import { aSystem } from '@/prisma/factories/client';
import { A_TUESDAY_AT_TEN, aHandler } from '@/prisma/factories/staff';
import { aToken } from '@/prisma/factories/token';
import { aDoor, ROOT, type Door, type Told } from '@/scripts/test-support/fhir/door';

const MATCH = { 'if-match': 'W/"1"' };

async function aClient({ now = A_TUESDAY_AT_TEN } = {}) {
  const system = await aSystem();
  return { system, door: aDoor({ token: await aToken(system, { now }), now }) };
}

async function standing() {
  const { system, door } = await aClient();
  const { id, slotId } = await anApiAppointment(system);
  const read = await door(`/Appointment/${id}`);
  return { system, door, id, slotId, read, body: { ...read.resource } };
}

function put(door: Door, id: string, { body, headers = MATCH }: { body: unknown; headers?: Record<string, string> }): Promise<Told> {
  return door(`/Appointment/${id}`, { method: 'PUT', headers, body });
}

function issuesOf({ status, resource }: Told): string[] {
  return (resource?.issue ?? []).map(({ code, diagnostics }) => `${status} ${code} ${diagnostics}`);
}

describe('cancelling', () => {
  test('B-611 to B-615: what was read with another status cancels: 200, the next version, its address, and the slot is free', async () => {
    const { door, id, slotId, body } = await standing();
    const told = await put(door, id, { body: { ...body, status: 'cancelled' } });
    expect([told.status, told.headers.get('etag'), told.headers.get('location')]).toEqual([200, 'W/"2"', `${ROOT}/Appointment/${id}/_history/2`]);
    expect(told.resource).toMatchObject({ id, status: 'cancelled', meta: { versionId: '2' }, contained: [{}, {}, { resourceType: 'Slot', status: 'busy' }] });
    expect(await db.slot.findUniqueOrThrow({ where: { id: slotId } })).toMatchObject({ status: 'free' });
    expect((await door(`/Appointment/${id}/_history/1`)).resource).toMatchObject({ status: 'booked', meta: { versionId: '1' } });
  });

  test('B-611: entered in error, also written with spaces', async () => {
    const { door, id, body } = await standing();
    expect((await put(door, id, { body: { ...body, status: 'entered in error' } })).resource).toMatchObject({ status: 'entered-in-error' });
  });

  test('B-063 to B-065: If-Match in every spelling, missing, listed, and stale', async () => {
    for (const spelt of ['"1"', '1']) {
      const { door, id, body } = await standing();
      expect((await put(door, id, { body: { ...body, status: 'cancelled' }, headers: { 'if-match': spelt } })).status).toBe(200);
    }
    const { door, id, body } = await standing();
    const unusable: Record<string, string>[] = [{}, { 'if-match': '*' }, { 'if-match': 'W/"1", W/"2"' }];
    for (const headers of unusable) {
      expect(issuesOf(await put(door, id, { body: { ...body, status: 'cancelled' }, headers }))).toEqual(['412 conflict If-Match is required']);
    }
    expect(issuesOf(await put(door, id, { body: { ...body, status: 'cancelled' }, headers: { 'if-match': 'W/"7"' } }))).toEqual(['409 conflict The current version is 1']);
    expect((await door(`/Appointment/${id}`)).resource).toMatchObject({ status: 'booked' });
  });

  test('B-601: the same X-Request-Id again is 409 with the version that it made', async () => {
    const { door, id, body } = await standing();
    const headers = { ...MATCH, 'x-request-id': newId() };
    const first = await put(door, id, { body: { ...body, status: 'cancelled' }, headers });
    const again = await put(door, id, { body: 'no JSON at all', headers });
    expect(issuesOf(again)).toEqual(['409 duplicate X-Request-Id has been used previously']);
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
  });

  test('B-602, B-603, B-606: no Appointment, none here, another one', async () => {
    const { door, id, body } = await standing();
    expect((await put(door, id, { body: { resourceType: 'Patient' } })).status).toBe(400);
    expect((await put(door, newId(), { body: { ...body, status: 'cancelled' } })).status).toBe(404);
    expect((await put(door, '9991226036', { body: { ...body, status: 'cancelled' } })).text).not.toContain('9991226036');
    const other = { ...body, id: newId(), status: 'cancelled' };
    expect(issuesOf(await put(door, id, { body: other }))).toEqual(['400 invalid The id of the body is not the id of the address']);
    expect((await put(door, id, { body: other, headers: { 'if-match': 'W/"7"' } })).status).toBe(409);
    expect((await put(door, id, { body: { ...body, id: undefined, status: 'cancelled' } })).status).toBe(200);
  });

  test('B-607: what is cancelled already', async () => {
    const { door, id, body } = await standing();
    await put(door, id, { body: { ...body, status: 'cancelled' } });
    const told = await put(door, id, { body: { ...body, status: 'cancelled' }, headers: { 'if-match': 'W/"2"' } });
    expect(issuesOf(told)).toEqual(['422 business-rule Appointment is already cancelled']);
  });

  test('B-608: what has begun', async () => {
    const { id, body } = await standing();
    const { door } = await aClient({ now: addMinutes(A_TUESDAY_AT_TEN, 60) });
    expect(issuesOf(await put(door, id, { body: { ...body, status: 'cancelled' } }))).toEqual(['422 business-rule Appointment is in the past']);
  });

  test('B-609: other changes are told, each at its element, and nothing is cancelled', async () => {
    const { door, id, body } = await standing();
    const told = await put(door, id, { body: { ...body, status: 'cancelled', description: 'Better', comment: 'Thank you', end: '2026-11-24T11:05:00Z' } });
    expect([told.status, told.resource?.issue?.flatMap(({ expression }) => expression).toSorted()]).toEqual([422, ['Appointment.comment', 'Appointment.description', 'Appointment.end']]);
    expect((await door(`/Appointment/${id}`)).resource).toMatchObject({ status: 'booked' });
  });

  test('B-611: other codes', async () => {
    const { door, id, body } = await standing();
    expect(issuesOf(await put(door, id, { body: { ...body, status: 'arrived' } }))).toEqual([expect.stringMatching(/^422 code-invalid/)]);
  });

  test('B-604: where only the organisation that booked may cancel, others are told so', async () => {
    const { id, body } = await standing();
    const { serviceId } = await db.appointment.findUniqueOrThrow({ where: { id } });
    await db.service.update({ where: { id: serviceId }, data: { cancelBy: 'booker' } });
    const { door } = await aClient();
    expect(issuesOf(await put(door, id, { body: { ...body, status: 'cancelled' } }))).toEqual(['403 forbidden Only the organisation that booked may cancel at this service']);
  });
});

describe('amending', () => {
  test('B-612: another description alone is another version', async () => {
    const { door, id, body } = await standing();
    const told = await put(door, id, { body: { ...body, description: 'Sore throat and fever' } });
    expect([told.status, told.resource]).toMatchObject([200, { status: 'booked', description: 'Sore throat and fever', meta: { versionId: '2' } }]);
    expect((await door(`/Appointment/${id}/_history/1`)).resource).toMatchObject({ description: body['description'] });
  });

  test('B-611, B-612: nothing changed, no description, or more than the description is 422', async () => {
    const { door, id, body } = await standing();
    expect((await put(door, id, { body })).resource?.issue).toMatchObject([{ code: 'business-rule', expression: ['Appointment.status'] }]);
    expect((await put(door, id, { body: { ...body, description: undefined } })).resource?.issue).toMatchObject([{ code: 'business-rule', expression: ['Appointment.description'] }]);
    expect((await put(door, id, { body: { ...body, description: 'Other', language: 'en' } })).resource?.issue).toMatchObject([{ expression: ['Appointment.language'] }]);
    expect((await put(door, id, { body: { ...body, description: ' ' } })).resource?.issue).toMatchObject([{ code: 'required' }]);
  });
});

describe('screens and API', () => {
  test('B-501, B-611: what a call handler booked is read and cancelled through the API', async () => {
    const { id, slotId, reason } = await anAppointment(await aHandler());
    const { door } = await aClient();
    const read = await door(`/Appointment/${id}`);
    expect([read.status, read.resource]).toMatchObject([200, { id, status: 'booked', description: reason }]);
    expect((await put(door, id, { body: { ...read.resource, status: 'cancelled' } })).status).toBe(200);
    expect(await db.slot.findUniqueOrThrow({ where: { id: slotId } })).toMatchObject({ status: 'free' });
  });

  test('U-104, B-503: what another system booked is cancelled on the screens, and still read', async () => {
    const { door, id } = await standing();
    const { patientId } = await db.appointment.findUniqueOrThrow({ where: { id } });
    expect(await cancelAppointment(await aHandler(), aCancelRequest({ id, patientId }))).toMatchObject({ ok: true });
    expect((await door(`/Appointment/${id}`)).resource).toMatchObject({ status: 'cancelled', meta: { versionId: '2' } });
  });
});
