import { expect, test } from 'vitest';
import { z } from 'zod';
import { db } from '@/lib/platform/db';
import { addMinutes } from '@/lib/platform/time';
import { aCall } from '@/prisma/factories/call';
import { aSystem } from '@/prisma/factories/client';
import { aService } from '@/prisma/factories/service';
import { aFreeSlot, freeSlotsInARow } from '@/prisma/factories/slot';
import { A_TUESDAY_AT_TEN, aHandler } from '@/prisma/factories/staff';
import { aToken } from '@/prisma/factories/token';
import { aDoor, ROOT, type Door } from '@/scripts/test-support/fhir/door';
import { faultsOf } from '@/scripts/test-support/fhir/stu3-schema';

const NOON = addMinutes(A_TUESDAY_AT_TEN, 120);
const SIX_INCLUDES = [
  '_include=Slot:schedule',
  ...['Schedule:actor:HealthcareService', 'Schedule:actor:Practitioner', 'Schedule:actor:PractitionerRole', 'HealthcareService:Organization', 'HealthcareService:Location'].map((value) => `_include:iterate=${value}`),
].join('&');

const bundle = z.looseObject({
  resourceType: z.literal('Bundle'),
  total: z.number(),
  link: z.array(z.object({ relation: z.string(), url: z.string() })),
  entry: z.array(z.looseObject({ fullUrl: z.string(), search: z.object({ mode: z.string() }), resource: z.looseObject({ resourceType: z.string(), id: z.string() }) })).optional(),
});

async function aClient(given: Parameters<typeof aSystem>[0] = {}) {
  const ctx = await aSystem(given);
  const token = await aToken(ctx, { now: ctx.now });
  return { ctx, token, door: aDoor({ token }) };
}

async function searched(door: Door, query: string) {
  const { status, text } = await door(`/Slot?${query}`);
  expect(status, text).toBe(200);
  const read = bundle.parse(JSON.parse(text));
  return { ...read, entries: read.entry ?? [], slots: (read.entry ?? []).filter(({ resource }) => resource.resourceType === 'Slot').map(({ resource }) => resource.id) };
}

async function aNamedClinic(serviceId: string) {
  const [slot] = await freeSlotsInARow(2, { serviceId, startsAt: NOON, practitionerRole: 'General practitioner' });
  const session = await db.session.findUniqueOrThrow({ where: { id: slot?.sessionId ?? '' } });
  await db.schedule.update({ where: { id: session.scheduleId }, data: { practitionerName: 'Dr Maud Inventsen', practitionerGender: 'female' } });
}

test('B-320 to B-325, B-332, B-345, B-350 to B-352: the search with all six includes gives each resource once, slots first, valid and absolute', async () => {
  const { door } = await aClient();
  const service = await aService({ publicPhone: '01632 960111' });
  await aNamedClinic(service.id);
  await aNamedClinic(service.id);

  const { text } = await door(`/Slot?service=${service.dosId}&status=free&${SIX_INCLUDES}`);
  expect(faultsOf(JSON.parse(text))).toEqual([]);
  const { total, entries } = await searched(door, `service=${service.dosId}&status=free&${SIX_INCLUDES}`);
  expect(total).toBe(4);
  const types = ['Slot', 'Slot', 'Slot', 'Slot', 'Schedule', 'Schedule', 'HealthcareService', 'Organization', 'Location', 'Practitioner', 'PractitionerRole'];
  expect(entries.map(({ resource }) => resource.resourceType)).toEqual(types);
  expect(entries.map(({ search }) => search.mode)).toEqual(types.map((type) => (type === 'Slot' ? 'match' : 'include')));
  expect(entries.every(({ fullUrl, resource }) => fullUrl === `${ROOT}/${resource.resourceType}/${resource.id}`)).toBe(true);
  expect(new Set(entries.map(({ fullUrl }) => fullUrl)).size).toBe(entries.length);
});

test('B-507, B-060, B-201: every fullUrl and every reference of a search resolves, to the same resource with a version', async () => {
  const { door } = await aClient();
  const service = await aService();
  await aNamedClinic(service.id);
  const { entries } = await searched(door, `service=${service.dosId}&${SIX_INCLUDES}`);

  for (const { fullUrl, resource } of entries) {
    const told = await door(fullUrl.slice(ROOT.length));
    expect(told.status, fullUrl).toBe(200);
    const versionId = told.resource?.meta?.versionId ?? '';
    expect(versionId).toMatch(/^[0-9a-f]{16}$/);
    expect(told.headers.get('etag')).toBe(`W/"${versionId}"`);
    expect(told.headers.get('content-location')).toBe(fullUrl);
    expect(told.headers.has('last-modified')).toBe(false);
    expect({ ...told.resource, meta: { profile: told.resource?.meta?.['profile'] } }).toEqual(resource);
    expect(faultsOf(told.resource)).toEqual([]);
    for (const [, reference] of told.text.matchAll(/"reference":"([^"]+)"/g)) expect((await door(`/${reference}`)).status, reference).toBe(200);
  }
});

test('B-503, B-842: reads of unknown and malformed ids, and of a withdrawn slot, are 404 not-found', async () => {
  const { door } = await aClient();
  const slot = await aFreeSlot();
  await db.slot.update({ where: { id: slot.id }, data: { status: 'withdrawn' } });
  const types = ['Slot', 'Schedule', 'HealthcareService', 'Organization', 'Location', 'Practitioner', 'PractitionerRole'];
  const paths = [`/Slot/${slot.id}`, ...types.flatMap((type) => [`/${type}/00000000-0000-7000-8000-000000000000`, `/${type}/nobody`, `/${type}/%F0%9F%8D%8F%27`, `/${type}/${'a'.repeat(80)}`, `/${type}/${'0'.repeat(32)}`])];
  for (const path of paths) {
    const told = await door(path);
    expect(told.status, path).toBe(404);
    expect(told.resource?.issue?.[0], path).toMatchObject({ severity: 'error', code: 'not-found' });
  }
});

test('B-815: a read is audited with what was read, and without whatever else was sent as an id', async () => {
  const { ctx, door } = await aClient();
  const service = await aService();
  await door(`/HealthcareService/${service.dosId}`);
  await door('/Organization/9991234567');

  const rows = await db.auditEvent.findMany({ where: { actorId: ctx.actor.id, type: 'directory.read' }, orderBy: { seq: 'asc' } });
  expect(rows.map(({ subject, detail }) => ({ subject, detail }))).toEqual([
    { subject: service.dosId, detail: { resource: 'HealthcareService', found: true } },
    { subject: null, detail: { resource: 'Organization', found: false } },
  ]);
  expect(rows[0]?.provenance).toMatchObject({ interaction: 'read:healthcareservice', client: { id: ctx.actor.id } });
});

test('B-007: a search by form is the search by GET, parameters of the address included', async () => {
  const { door } = await aClient();
  const service = await aService();
  const slot = await aFreeSlot({ serviceId: service.id });
  const told = await door('/Slot/_search?status=free', { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: `service=${service.dosId}&_include=Slot%3Aschedule` });
  expect(told.status).toBe(200);
  expect(told.resource?.entry?.map(({ resource }) => resource.resourceType)).toEqual(['Slot', 'Schedule']);
  expect(told.resource?.entry?.[0]?.resource.id).toBe(slot.id);
});

test('B-342: nothing free is 200, total 0 and no entry', async () => {
  const { door } = await aClient();
  const service = await aService();
  const slot = await aFreeSlot({ serviceId: service.id });
  await db.slot.update({ where: { id: slot.id }, data: { status: 'busy' } });
  const found = await searched(door, `service=${service.dosId}&status=free&${SIX_INCLUDES}`);
  expect(found.total).toBe(0);
  expect(found).not.toHaveProperty('entry', expect.anything());
});

test('B-343, X-22: withheld slots are 200, total 0 and one OperationOutcome with the reason', async () => {
  const { ctx, door } = await aClient();
  const service = await aService({ isBookable: true });
  await aFreeSlot({ serviceId: service.id });
  await db.service.update({ where: { id: service.id }, data: { refusesFrom: [ctx.actor.organisation.code] } });
  const { total, entries } = await searched(door, `service=${service.dosId}`);
  expect(total).toBe(0);
  const diagnostics = `The service takes no bookings from organisation ${ctx.actor.organisation.code}`;
  expect(entries).toMatchObject([{ search: { mode: 'outcome' }, resource: { resourceType: 'OperationOutcome', issue: [{ severity: 'information', code: 'informational', diagnostics }] } }]);
  expect(entries[0]?.fullUrl).toMatch(/^urn:uuid:/);
});

test('B-310, X-21: an unknown service is 404 with its id, some known are answered for', async () => {
  const { door } = await aClient();
  const service = await aService();
  const slot = await aFreeSlot({ serviceId: service.id });
  const told = await door('/Slot?service=2000099999&status=free');
  expect(told.status).toBe(404);
  expect(told.resource?.issue?.[0]).toMatchObject({ code: 'not-found', diagnostics: 'There is no HealthcareService/2000099999' });
  expect((await searched(door, `service=2000099999,${service.dosId}`)).slots).toEqual([slot.id]);
});

test('B-307, B-412: a slot held by a call handler is busy, and free again when its hold has run out', async () => {
  const { token, door } = await aClient();
  const service = await aService();
  const slot = await aFreeSlot({ serviceId: service.id });
  const call = await aCall(await aHandler());
  await db.slot.update({ where: { id: slot.id }, data: { heldByCall: call.id, heldUntil: addMinutes(A_TUESDAY_AT_TEN, 4) } });
  const later = aDoor({ token, now: addMinutes(A_TUESDAY_AT_TEN, 4) });

  expect((await searched(door, `service=${service.dosId}&status=free`)).slots).toEqual([]);
  expect((await searched(door, `service=${service.dosId}&status=busy`)).slots).toEqual([slot.id]);
  expect(JSON.parse((await door(`/Slot/${slot.id}`)).text)).toMatchObject({ status: 'busy' });
  expect((await searched(later, `service=${service.dosId}&status=free`)).slots).toEqual([slot.id]);
  expect(JSON.parse((await later(`/Slot/${slot.id}`)).text)).toMatchObject({ status: 'free' });
});

test('B-303: ge and le take the bound in, a lost plus is a plus, and offsets are instants', async () => {
  const { door } = await aClient();
  const service = await aService();
  const [first, second] = await freeSlotsInARow(3, { serviceId: service.id, startsAt: NOON });
  expect((await searched(door, `service=${service.dosId}&start=ge2026-11-24T12:00:00%2B00:00&start=le2026-11-24T12:10:00%2B00:00`)).slots).toEqual([first?.id, second?.id]);
  expect((await searched(door, `service=${service.dosId}&start=ge2026-11-24T13:00:00+01:00&start=lt2026-11-24T13:10:00+01:00`)).slots).toEqual([first?.id]);
  expect((await searched(door, `service=${service.dosId}&start=eq2026-11-24T12:10:00Z`)).slots).toEqual([second?.id]);
});

test('B-309: next links lead through all slots, once each, and count 0 tells the total alone', async () => {
  const { door } = await aClient();
  const service = await aService();
  const slots = await freeSlotsInARow(5, { serviceId: service.id, startsAt: NOON });
  const seen: string[] = [];
  let query: string | undefined = `service=${service.dosId}&_count=2&_include=Slot:schedule`;
  while (query !== undefined) {
    const page = await searched(door, query);
    expect(page.total).toBe(5);
    seen.push(...page.slots);
    query = page.link.find(({ relation }) => relation === 'next')?.url.slice(`${ROOT}/Slot?`.length);
  }
  expect(seen).toEqual(slots.map(({ id }) => id));
  const counted = await searched(door, `service=${service.dosId}&_count=0`);
  expect(counted).toMatchObject({ total: 5, entries: [] });
  expect(counted.link.map(({ relation }) => relation)).toEqual(['self']);
});

test('B-030, B-350: unknown parameters are ignored and left out of the self link', async () => {
  const { door } = await aClient();
  const service = await aService();
  await aFreeSlot({ serviceId: service.id });
  const { link, total } = await searched(door, `colour=blue&service=${service.dosId}&_revinclude=Appointment:slot&start=ge2026-11-24T10:00:00+00:00`);
  expect(total).toBe(1);
  expect(link).toEqual([{ relation: 'self', url: `${ROOT}/Slot?service=${service.dosId}&start=ge2026-11-24T10%3A00%3A00%2B00%3A00` }]);
});

test('B-306, B-346: a window that is over, or a bad date, is 400 with http.start', async () => {
  const { door } = await aClient();
  for (const query of ['start=ge2026-11-22&start=le2026-11-23', 'start=le2026-11-23', 'start=soon']) {
    const told = await door(`/Slot?${query}`);
    expect(told.status, query).toBe(400);
    expect(told.resource?.issue?.[0]).toMatchObject({ code: 'value', location: ['http.start'] });
  }
});

test('B-120, B-123: an appointment scope does not search slots, nor read what they lead to', async () => {
  const ctx = await aSystem({ scopes: ['patient/appointment.write'] });
  const door = aDoor({ token: await aToken(ctx, { now: ctx.now }) });
  for (const path of ['/Slot', '/Organization/X1', '/Slot/_search']) {
    const told = await door(path, path.endsWith('_search') ? { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: '' } : {});
    expect(told.status, path).toBe(403);
  }
});

test('B-305, B-332: a thousand slots without a service come in one answer, with no resource twice', async () => {
  const service = await aService();
  await freeSlotsInARow(1_001, { serviceId: service.id, startsAt: NOON, minutes: 1 });
  const { door } = await aClient({ book: [service.dosId] });
  const { total, slots, entries } = await searched(door, SIX_INCLUDES);
  expect(total).toBe(1_000);
  expect(new Set(slots).size).toBe(1_000);
  expect(new Set(entries.map(({ fullUrl }) => fullUrl)).size).toBe(entries.length);
});

test('B-021: the answer in XML has the same slots', async () => {
  const { door } = await aClient();
  const service = await aService();
  const slot = await aFreeSlot({ serviceId: service.id, channel: 'video' });
  const told = await door(`/Slot?service=${service.dosId}&${SIX_INCLUDES}&_format=xml`);
  expect(told.status).toBe(200);
  expect(told.text).toContain(`<id value="${slot.id}"/>`);
  expect(told.text).toContain('<valueCode value="Video"/>');
});
