import { describe, expect, test } from 'vitest';
import { apiAppointments } from '@/lib/booking/api-search.queries';
import { changeDirectly } from '@/lib/booking/change-direct.commands';
import type { ApiAppointmentSearch } from '@/lib/booking/direct.schema';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { addMinutes } from '@/lib/platform/time';
import { anApiAppointment } from '@/prisma/factories/api-appointment';
import { aSystem } from '@/prisma/factories/client';
import { syntheticNhsNumber } from '@/prisma/factories/patient';
import { A_TUESDAY_AT_TEN } from '@/prisma/factories/staff';

const EVERYTHING: ApiAppointmentSearch = { patient: null, ids: null, version: null, window: null, statuses: null };
const minutes = (count: number) => addMinutes(A_TUESDAY_AT_TEN, count);

/** A system, and somebody with appointments at 11:00, 12:00 and 13:00. */
async function somebody() {
  const ctx = await aSystem();
  const nhsNumber = syntheticNhsNumber();
  const booked = [];
  for (const at of [180, 60, 120]) {
    const system = { ...ctx, requestId: newId(), correlationId: newId() };
    booked.push(await anApiAppointment(system, { patient: { nhsNumber }, slot: { startsAt: minutes(at) } }));
  }
  const ids = booked.toSorted((one, other) => one.startsAt.getTime() - other.startsAt.getTime()).map(({ id }) => id);
  const patientId = booked[0]?.patientId ?? '';
  return { ctx: { ...ctx, requestId: newId() }, nhsNumber, patientId, ids, of: { ...EVERYTHING, patient: { by: 'nhs-number', nhsNumber } } as const };
}

const idsOf = (found: readonly { id: string }[]) => found.map(({ id }) => id);

test('B-706, B-709: every appointment of a patient, by start, with no more than is to be told', async () => {
  const { ctx, of, ids, patientId, nhsNumber } = await somebody();
  const found = await apiAppointments(ctx, of);
  expect(idsOf(found)).toEqual(ids);
  expect(found[0]).toEqual({
    ...{ id: ids[0], version: 1, changedAt: ctx.now, status: 'booked', startsAt: minutes(60), endsAt: minutes(70), bookedAt: ctx.now },
    patient: { id: patientId, nhsNumber, display: 'Tomasz Notreal' },
  });
});

test('B-255, B-702: by the id that Onward gave a patient without an NHS number', async () => {
  const ctx = await aSystem();
  const { id, patientId } = await anApiAppointment(ctx, { patient: { nhsNumber: null } });
  const found = await apiAppointments(ctx, { ...EVERYTHING, patient: { by: 'local', patientId } });
  expect(found).toMatchObject([{ id, patient: { id: patientId, nhsNumber: null } }]);
});

describe('B-703, B-704: nobody known, and nobody named', () => {
  test.each<[string, Partial<ApiAppointmentSearch>]>([
    ['an unknown NHS number', { patient: { by: 'nhs-number', nhsNumber: '9990000018' } }],
    ['one with a wrong check digit', { patient: { by: 'nhs-number', nhsNumber: '9990000000' } }],
    ['an unknown local id', { patient: { by: 'local', patientId: newId() } }],
    ['a local id that can be none', { patient: { by: 'local', patientId: 'L-20418' } }],
    ['ids that can be none', { ids: ['no-such-id', ''] }],
    ['neither a patient nor an id', {}],
  ])('%s: nothing is found', async (_what, given) => {
    await anApiAppointment(await aSystem());
    expect(await apiAppointments(await aSystem(), { ...EVERYTHING, ...given })).toEqual([]);
  });
});

describe('B-707, B-708: when', () => {
  test('without a window those that have ended are left out, at their end', async () => {
    const { ctx, of, ids } = await somebody();
    expect(idsOf(await apiAppointments({ ...ctx, now: minutes(69) }, of))).toEqual(ids);
    expect(idsOf(await apiAppointments({ ...ctx, now: minutes(70) }, of))).toEqual(ids.slice(1));
  });

  test('a window is of starts, half-open, and reaches into the past', async () => {
    const { ctx, of, ids } = await somebody();
    const at = { ...ctx, now: minutes(600) };
    expect(idsOf(await apiAppointments(at, { ...of, window: { from: minutes(60), before: minutes(120) } }))).toEqual([ids[0]]);
    expect(idsOf(await apiAppointments(at, { ...of, window: { from: minutes(61), before: null } }))).toEqual(ids.slice(1));
    expect(idsOf(await apiAppointments(at, { ...of, window: { from: null, before: minutes(121) } }))).toEqual(ids.slice(0, 2));
    expect(await apiAppointments(at, of)).toEqual([]);
  });
});

test('B-705, B-708: by status, by id, of another time too, and in a version', async () => {
  const { ctx, of, ids } = await somebody();
  const [first = '', second = ''] = ids;
  const at = { ...ctx, correlationId: newId() };
  await changeDirectly(at, { appointmentId: first, version: 1, wanted: { method: 'cancel' }, differences: () => [] });
  expect(idsOf(await apiAppointments(ctx, { ...of, statuses: ['cancelled'] }))).toEqual([first]);
  expect(idsOf(await apiAppointments(ctx, { ...of, statuses: ['booked', 'arrived'] }))).toEqual(ids.slice(1));
  expect(idsOf(await apiAppointments(ctx, { ...of, ids: [second.toUpperCase()] }))).toEqual([second]);
  expect(await apiAppointments({ ...ctx, now: minutes(6000) }, { ...EVERYTHING, ids: [first] })).toMatchObject([{ version: 2, status: 'cancelled' }]);
  expect(await apiAppointments(ctx, { ...EVERYTHING, ids: [first, second], version: 1 })).toMatchObject([{ id: first, version: 1, status: 'booked' }, { id: second }]);
  expect(idsOf(await apiAppointments(ctx, { ...EVERYTHING, ids, version: 2 }))).toEqual([first]);
});

test('B-712: each search is audited with its count, and never with the number', async () => {
  const { ctx, of, nhsNumber, patientId } = await somebody();
  await apiAppointments(ctx, of);
  const [audit] = await db.auditEvent.findMany({ where: { requestId: ctx.requestId } });
  expect(audit).toMatchObject({ type: 'appointment.found', patientId, provenance: ctx.actor.provenance, detail: { by: 'nhs-number', count: 3 } });
  expect(JSON.stringify(audit?.detail)).not.toContain(nhsNumber);
});

test('B-123: the scope of slots searches no appointments', async () => {
  await expect(apiAppointments(await aSystem({ scopes: ['organization/slot.read'] }), EVERYTHING)).rejects.toThrow(ForbiddenError);
});
