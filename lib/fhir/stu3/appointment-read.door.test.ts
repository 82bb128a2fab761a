import { describe, expect, test } from 'vitest';
import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { addMinutes } from '@/lib/platform/time';
import { anApiAppointment } from '@/prisma/factories/api-appointment';
import { aSystem } from '@/prisma/factories/client';
import { syntheticNhsNumber } from '@/prisma/factories/patient';
import { A_TUESDAY_AT_TEN } from '@/prisma/factories/staff';
import { aToken } from '@/prisma/factories/token';
import { aDoor, ROOT, type Door } from '@/scripts/test-support/fhir/door';

const SYSTEM = 'https://fhir.nhs.uk/Id/nhs-number';

async function aClient({ now = A_TUESDAY_AT_TEN } = {}) {
  const system = await aSystem();
  return { system, door: aDoor({ token: await aToken(system, { now }), now }) };
}

/** One patient with an appointment in an hour and another in two; the later one is cancelled. */
async function twoOfOnePatient() {
  const { system, door } = await aClient();
  const nhsNumber = syntheticNhsNumber();
  const { id: later } = await anApiAppointment(system, { patient: { nhsNumber }, slot: { startsAt: addMinutes(A_TUESDAY_AT_TEN, 120) } });
  const { id: sooner } = await anApiAppointment(system, { patient: { nhsNumber } });
  const read = await door(`/Appointment/${later}`);
  await door(`/Appointment/${later}`, { method: 'PUT', headers: { 'if-match': '1' }, body: { ...read.resource, status: 'cancelled' } });
  return { system, door, nhsNumber, sooner, later };
}

async function idsOf(door: Door, query: string): Promise<(string | undefined)[]> {
  const { status, resource, text } = await door(`/Appointment?${query}`);
  expect(status, text).toBe(200);
  return (resource?.entry ?? []).map((entry) => entry.resource.id);
}

describe('reading', () => {
  test('B-060, B-061, B-501: the current version with its ETag, time and address', async () => {
    const { system, door } = await aClient();
    const { id } = await anApiAppointment(system);
    const { status, headers, resource } = await door(`/Appointment/${id}`);
    expect([status, headers.get('etag'), headers.get('last-modified'), headers.get('content-location')]).toEqual([200, 'W/"1"', 'Tue, 24 Nov 2026 10:00:00 GMT', `${ROOT}/Appointment/${id}/_history/1`]);
    expect(resource).toMatchObject({ id, meta: { versionId: '1' } });
    expect(headers.get('location')).toBeNull();
  });

  test('B-503: ids and versions that are not there, malformed ones included, are 404 and not repeated', async () => {
    const { system, door } = await aClient();
    const { id } = await anApiAppointment(system);
    for (const path of [newId(), '9991226036', 'a%20b', `${id}/_history/2`, `${id}/_history/0`, `${id}/_history/x`, `${id}/_history/99999999999`]) {
      const { status, resource, text } = await door(`/Appointment/${path}`);
      expect([path, status, resource?.issue?.[0]?.code]).toEqual([path, 404, 'not-found']);
      expect(text).not.toContain('9991226036');
    }
  });

  test('B-508: every look is audited, with the organisation', async () => {
    const { system, door } = await aClient();
    const { id } = await anApiAppointment(system);
    await door(`/Appointment/${id}`);
    expect(await db.auditEvent.findMany({ where: { type: 'appointment.viewed', subject: id } })).toMatchObject([{ actorId: system.actor.id }]);
  });
});

describe('searching by patient', () => {
  const names = [
    ...['Patient', 'Appointment.participant.actor:Patient.identifier', 'Appointment.participant.actor', 'identifier'],
    ...['patient', 'patient.identifier', 'patient:Patient.identifier', 'actor', 'actor:Patient.identifier'],
    ...['participant.actor.identifier', 'Appointment.participant.actor.identifier'],
  ];

  test('B-701: every spelling of the parameter finds the appointments', async () => {
    const { door, nhsNumber, sooner, later } = await twoOfOnePatient();
    for (const name of names) expect(await idsOf(door, `${encodeURIComponent(name)}=${encodeURIComponent(`${SYSTEM}|${nhsNumber}`)}`)).toEqual([sooner, later]);
  });

  test('B-702: every form of the number, spaces included', async () => {
    const { door, nhsNumber, sooner, later } = await twoOfOnePatient();
    const spaced = `${nhsNumber.slice(0, 3)} ${nhsNumber.slice(3, 6)} ${nhsNumber.slice(6)}`;
    const national = 'https://demographics.spineservices.nhs.uk/';
    for (const value of [`|${nhsNumber}`, nhsNumber, spaced, `${national}${nhsNumber}`, `${national}Patient/${nhsNumber}`]) {
      expect(await idsOf(door, `patient=${encodeURIComponent(value)}`)).toEqual([sooner, later]);
    }
  });

  test('B-350, B-709, B-711: a searchset by start, versioned addresses, limited content, and the search as understood', async () => {
    const { door, nhsNumber, sooner, later } = await twoOfOnePatient();
    const { resource } = await door(`/Appointment?colour=green&Patient=${nhsNumber}&_count=1`);
    expect(resource).toMatchObject({
      ...{ resourceType: 'Bundle', type: 'searchset', total: 2, link: [{ relation: 'self', url: `${ROOT}/Appointment?Patient=${nhsNumber}` }] },
      entry: [
        { fullUrl: `${ROOT}/Appointment/${sooner}/_history/1`, search: { mode: 'match' }, resource: { status: 'booked' } },
        { fullUrl: `${ROOT}/Appointment/${later}/_history/2`, resource: { status: 'cancelled' } },
      ],
    });
    expect(Object.keys(resource?.entry?.[0]?.resource ?? {})).toEqual(['resourceType', 'id', 'meta', 'status', 'start', 'end', 'created', 'participant']);
  });

  test('B-703: not ten digits is 400; a wrong check digit, or nobody known, finds nothing', async () => {
    const { door } = await aClient();
    for (const value of ['123456789', '11122233333', 'abc', 'https://example.nhs.uk/Id/other|9991226036']) {
      const { status, resource } = await door(`/Appointment?patient=${encodeURIComponent(value)}`);
      expect([value, status, resource?.issue?.[0]]).toMatchObject([value, 400, { code: 'value', location: ['http.patient'] }]);
    }
    for (const value of ['1234567890', syntheticNhsNumber(), `https://onward.example.nhs.uk/Id/patient|${newId()}`, 'https://onward.example.nhs.uk/Id/patient|L-1']) {
      expect(await idsOf(door, `patient=${encodeURIComponent(value)}`)).toEqual([]);
    }
  });

  test('B-704: the whole book is never listed', async () => {
    const { door } = await aClient();
    for (const query of ['', '?status=booked', '?patient=', '?date=ge2026-01-01']) {
      const { status, resource } = await door(`/Appointment${query}`);
      expect([status, resource?.issue?.[0]]).toMatchObject([400, { code: 'required', location: ['http.patient'] }]);
    }
  });

  test('B-705: by id, also as appointmentId, in one version of it', async () => {
    const { door, later } = await twoOfOnePatient();
    expect(await idsOf(door, `_id=${later}`)).toEqual([later]);
    expect(await idsOf(door, `appointmentId=${later}&version=1`)).toEqual([later]);
    expect(await idsOf(door, `_id=${later}&version=3`)).toEqual([]);
    expect(await idsOf(door, '_id=nothing')).toEqual([]);
    expect((await door(`/Appointment?_id=${later}&version=two`)).status).toBe(400);
  });

  test('B-707, B-708: the past is left out, unless a window asks for it', async () => {
    const { nhsNumber, sooner, later } = await twoOfOnePatient();
    const { door } = await aClient({ now: addMinutes(A_TUESDAY_AT_TEN, 100) });
    expect(await idsOf(door, `patient=${nhsNumber}`)).toEqual([later]);
    expect(await idsOf(door, `patient=${nhsNumber}&date=2026-11-24`)).toEqual([sooner, later]);
    expect(await idsOf(door, `patient=${nhsNumber}&start=le2026-11-24T11:00:00Z`)).toEqual([sooner]);
    expect((await door(`/Appointment?patient=${nhsNumber}&date=soon`)).status).toBe(400);
  });

  test('B-708: by status, several with commas', async () => {
    const { door, nhsNumber, sooner, later } = await twoOfOnePatient();
    expect(await idsOf(door, `patient=${nhsNumber}&status=cancelled`)).toEqual([later]);
    expect(await idsOf(door, `patient=${nhsNumber}&status=booked%2Ccancelled`)).toEqual([sooner, later]);
    expect(await idsOf(door, `patient=${nhsNumber}&status=proposed`)).toEqual([]);
    expect((await door(`/Appointment?patient=${nhsNumber}&status=moved`)).status).toBe(400);
  });

  test('B-007: a form that is posted to _search acts as the GET', async () => {
    const { door, nhsNumber, sooner, later } = await twoOfOnePatient();
    const { status, resource } = await door('/Appointment/_search', { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: `patient=${nhsNumber}` });
    expect([status, resource?.entry?.map((entry) => entry.resource.id)]).toEqual([200, [sooner, later]]);
  });

  test('B-712: each search is audited, without the number', async () => {
    const { system, door, nhsNumber } = await twoOfOnePatient();
    await idsOf(door, `patient=${nhsNumber}`);
    const audit = await db.auditEvent.findMany({ where: { type: 'appointment.found', actorId: system.actor.id } });
    expect(audit).toHaveLength(1);
    expect(JSON.stringify(audit[0]?.detail)).not.toContain(nhsNumber);
  });
});
