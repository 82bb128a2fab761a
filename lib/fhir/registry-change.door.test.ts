import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { formatsOf } from '@/lib/fhir/shared/format';
import { STU3_ELEMENTS } from '@/lib/fhir/stu3/elements';
import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { addMinutes } from '@/lib/platform/time';
import { A_TUESDAY_AT_TEN } from '@/prisma/factories/staff';
import { REGISTRY_ROOT, type Door, type Told } from '@/scripts/test-support/fhir/door';
import { aRegistrar, aRegistration, atPlace, atService, numbered, unnumbered } from '@/scripts/test-support/fhir/registrations';
import { faultsOf } from '@/scripts/test-support/fhir/stu3-schema';

const MATCH = { 'if-match': 'W/"1"' };
const XML = 'application/fhir+xml';

/** An entry that was registered with all that one may have, and what was read of it. */
async function standing(given: Parameters<typeof aRegistration>[0] = {}) {
  const { system, door } = await aRegistrar();
  const told = await door('/Appointment', { method: 'POST', body: aRegistration({ others: [atService({ dosId: '2000089120', name: 'Leeds Dental Access' }), atPlace('LS1 3EX')], ...given }) });
  expect(told.status, told.text).toBe(201);
  return { system, door, id: told.resource?.id ?? '', body: { ...told.resource } };
}

function put(door: Door, id: string, { body, headers = MATCH }: { body: unknown; headers?: Record<string, string> }): Promise<Told> {
  return door(`/Appointment/${id}`, { method: 'PUT', headers, body });
}

function participantsOf(body: object): object[] {
  return z.object({ participant: z.array(z.looseObject({})) }).parse(body).participant;
}

function issuesOf({ status, resource }: Told): unknown[] {
  expect(faultsOf(resource)).toEqual([]);
  return (resource?.issue ?? []).map(({ code, expression, diagnostics }) => [status, code, expression ?? diagnostics]);
}

describe('what the source says now', () => {
  test('B-923, B-924, B-927: what was read with the status cancelled: 200, the next version and its address', async () => {
    const { door, id, body } = await standing();
    const told = await put(door, id, { body: { ...body, status: 'cancelled' } });
    expect([told.status, told.headers.get('etag'), told.headers.get('location'), faultsOf(told.resource)]).toEqual([200, 'W/"2"', `${REGISTRY_ROOT}/Appointment/${id}/_history/2`, []]);
    expect(told.resource).toEqual({ ...body, status: 'cancelled', meta: { ...told.resource?.meta, versionId: '2' } });
  });

  test('B-925: entered in error, also as the pages write it', async () => {
    const { door, id, body } = await standing();
    expect((await put(door, id, { body: { ...body, status: 'entered in error' } })).resource).toMatchObject({ status: 'entered-in-error', meta: { versionId: '2' } });
  });

  test('B-925: other times of what stays booked', async () => {
    const { door, id, body } = await standing();
    const told = await put(door, id, { body: { ...body, start: '2026-11-26T10:00:00+00:00', end: '2026-11-26T11:30:00+01:00' } });
    expect([told.status, told.resource]).toMatchObject([200, { status: 'booked', start: '2026-11-26T10:00:00.000+00:00', end: '2026-11-26T10:30:00.000+00:00' }]);
    expect((await door(`/Appointment/${id}/_history/1`)).resource).toEqual(body);
  });

  test('B-610, B-923: by meaning: in XML, in another order, with other offsets, without id, meta and the status of participants', async () => {
    const formats = formatsOf(STU3_ELEMENTS);
    const same: ((body: object) => object)[] = [
      (body) => ({ ...body, id: undefined, meta: undefined }),
      (body) => ({ ...body, ...{ start: '2026-11-25T12:00:00+02:00', created: '2026-11-23T12:00:05.000Z' } }),
      (body) => ({ ...body, participant: participantsOf(body).toReversed() }),
      (body) => ({ ...body, participant: participantsOf(body).map((participant) => ({ ...participant, status: undefined })) }),
    ];
    for (const changed of same) {
      const { door, id, body } = await standing();
      expect((await put(door, id, { body: { ...changed(body), status: 'cancelled' } })).status).toBe(200);
    }
    const { door, id, body } = await standing();
    expect((await put(door, id, { body: formats.write({ resourceType: 'Appointment', ...body, ...{ status: 'cancelled' } }, 'xml'), headers: { ...MATCH, 'content-type': XML } })).status).toBe(200);
  });

  test('what the patient may be recognised by may be repeated or left out', async () => {
    const patient = unnumbered();
    for (const sent of [patient, { ...patient, actor: { ...patient.actor, extension: undefined } }]) {
      const { door, id, body } = await standing({ patient, others: [] });
      expect((await put(door, id, { body: { ...body, participant: [sent], status: 'cancelled' } })).status).toBe(200);
    }
  });

  test('a sealed entry stays sealed when a change leaves its label out', async () => {
    const { door, id, body } = await standing({ isSealed: true });
    const told = await put(door, id, { body: { ...body, meta: undefined, status: 'cancelled' } });
    expect([told.status, told.resource]).toMatchObject([200, { meta: { security: [{ code: 'R' }] } }]);
  });
});

describe('refusals, in the order of section 8', () => {
  test('B-601, B-044: a repeat is told before its body is read', async () => {
    const { door, id, body } = await standing();
    const headers = { ...MATCH, 'x-request-id': newId() };
    const first = await put(door, id, { body: { ...body, status: 'cancelled' }, headers });
    const again = await put(door, id, { body: 'no JSON at all', headers });
    expect([first.status, again.status, again.resource?.issue?.[0]?.code, again.headers.get('location')]).toEqual([200, 409, 'duplicate', first.headers.get('location')]);
  });

  test('B-602, B-603: no Appointment, and none here, whatever else is wrong', async () => {
    const { door, id, body } = await standing();
    expect((await put(door, id, { body: { resourceType: 'Patient' } })).status).toBe(400);
    for (const path of [newId(), '9991226036']) {
      const told = await put(door, path, { body: { ...body, description: 'Toothache' }, headers: {} });
      expect([told.status, told.text.includes('9991226036'), faultsOf(told.resource)]).toEqual([404, false, []]);
    }
  });

  test('B-926: another organisation is told 403, not 404, whatever else is wrong, and nothing changes', async () => {
    const { door, id, body } = await standing();
    const other = await aRegistrar();
    const cancel = { ...body, status: 'cancelled' };
    const tries: Parameters<typeof put>[2][] = [{ body: cancel }, { body: cancel, headers: {} }, { body: cancel, headers: { 'if-match': '"7"' } }, { body: { ...cancel, description: 'Toothache' } }];
    for (const one of tries) {
      expect(issuesOf(await put(other.door, id, one))).toEqual([[403, 'forbidden', 'Only the organisation that registered this appointment may change its entry']]);
    }
    expect((await door(`/Appointment/${id}`)).resource).toEqual(body);
  });

  test('B-926: another client of the same organisation may', async () => {
    const { system, id, body } = await standing();
    const { door } = await aRegistrar({ organisationCode: system.actor.organisation.code });
    expect((await put(door, id, { body: { ...body, status: 'cancelled' } })).status).toBe(200);
  });

  test('B-063, B-065, B-841: no If-Match, `*` or a list is 412', async () => {
    const { door, id, body } = await standing();
    const without: Record<string, string>[] = [{}, { 'if-match': '*' }, { 'if-match': '"1", "2"' }];
    for (const headers of without) expect(issuesOf(await put(door, id, { body: { ...body, status: 'cancelled' }, headers }))).toEqual([[412, 'conflict', 'If-Match is required']]);
  });

  test('B-064, B-840: a stale version is 409 before what is wrong with the body', async () => {
    const { door, id, body } = await standing();
    await put(door, id, { body: { ...body, status: 'cancelled' } });
    for (const sent of [{ ...body, status: 'cancelled' }, { ...body, status: 'held' }, { ...body, id: newId() }]) expect(issuesOf(await put(door, id, { body: sent }))).toEqual([[409, 'conflict', 'The current version is 2']]);
  });

  test('B-606: another id in the body is 400', async () => {
    const { door, id, body } = await standing();
    expect(issuesOf(await put(door, id, { body: { ...body, id: newId(), status: 'cancelled' } }))).toEqual([[400, 'invalid', ['Appointment.id']]]);
  });

  test('B-607: what is cancelled already', async () => {
    const { door, id, body } = await standing();
    await put(door, id, { body: { ...body, status: 'cancelled' } });
    const told = await put(door, id, { body, headers: { 'if-match': '2' } });
    expect([told.status, told.resource?.issue]).toMatchObject([422, [{ code: 'business-rule', diagnostics: 'Appointment is already cancelled' }]]);
  });

  test('B-608: what has begun', async () => {
    const { system, id, body } = await standing();
    const { door } = await aRegistrar({ organisationCode: system.actor.organisation.code, now: addMinutes(A_TUESDAY_AT_TEN, 24 * 60) });
    expect(issuesOf(await put(door, id, { body: { ...body, status: 'cancelled' } }))).toEqual([[422, 'business-rule', 'Appointment is in the past']]);
  });

  const others: readonly [name: string, change: object, expected: unknown[]][] = [
    ['other times of what is cancelled', { status: 'cancelled', start: '2026-11-25T09:55:00Z' }, ['Appointment.start']],
    ['another pointer', { identifier: [{ system: 'urn:ietf:rfc:3986', value: 'https://other.example.nhs.uk/STU3/Appointment/other' }] }, ['Appointment.identifier']],
    ['another patient', { participant: [numbered()] }, ['Appointment.participant[0]', 'Appointment.participant', 'Appointment.participant']],
    ['the patient by another identifier', { participant: [unnumbered()] }, ['Appointment.participant[0]', 'Appointment.participant', 'Appointment.participant']],
    ['another created', { created: '2026-11-23T12:00:06+00:00' }, ['Appointment.created']],
    ['a seal', { meta: { security: [{ system: 'http://hl7.org/fhir/v3/Confidentiality', code: 'R' }] } }, ['Appointment.meta.security']],
    ['elements that an entry does not have', { description: 'Toothache', comment: 'Afraid of needles' }, ['Appointment.description', 'Appointment.comment']],
    ['a status that nobody outside sets', { status: 'arrived' }, ['Appointment.status']],
    ['end before start', { end: '2026-11-25T09:00:00Z' }, ['Appointment.end']],
    ['nothing at all', {}, ['Appointment.status']],
  ];
  test.each(others)('B-609, B-925: %s is 422 at its element, and nothing changes', async (_name, change, expected) => {
    const { door, id, body } = await standing();
    const told = await put(door, id, { body: { ...body, ...change } });
    expect([told.status, told.resource?.issue?.flatMap(({ expression }) => expression)]).toEqual([422, expected]);
    expect(faultsOf(told.resource)).toEqual([]);
    expect((await door(`/Appointment/${id}`)).resource).toEqual(body);
  });

  test('B-609: another service, place or holder is a difference', async () => {
    const { door, id, body } = await standing();
    const [patient] = participantsOf(body);
    const changed = { ...body, status: 'cancelled', participant: [patient, atService({ dosId: '2000089121', name: 'Leeds Dental Access' }), atPlace('LS1 3EY')] };
    expect((await put(door, id, { body: changed })).resource?.issue?.flatMap(({ expression }) => expression)).toEqual(['Appointment.participant[1]', 'Appointment.participant[2]']);
  });

  test('B-814: every refusal is audited', async () => {
    const { system, door, id, body } = await standing();
    await put(door, id, { body: { ...body, description: 'Toothache' } });
    await put(door, id, { body: { ...body, status: 'cancelled' }, headers: { 'if-match': '9' } });
    const audit = await db.auditEvent.findMany({ where: { type: 'registry.change-refused', actorId: system.actor.id }, orderBy: { at: 'asc' } });
    expect(audit.map(({ detail }) => detail)).toMatchObject([{ code: 'entry-differs' }, { code: 'entry-changed' }]);
  });
});

test('B-005, B-006: an entry is neither deleted nor patched, and there is nothing else at this root', async () => {
  const { door, id } = await standing();
  for (const method of ['DELETE', 'PATCH']) {
    const told = await door(`/Appointment/${id}`, { method });
    expect([told.status, told.headers.get('allow')]).toEqual([405, 'GET, HEAD, PUT']);
  }
  expect((await door(`/Slot/${id}`)).status).toBe(404);
});
