import { describe, expect, test } from 'vitest';
import { setCapacity } from '@/lib/directory/capacity.commands';
import type { CapacityRequest } from '@/lib/directory/capacity.schema';
import { findServices } from '@/lib/directory/search.queries';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { addMinutes } from '@/lib/platform/time';
import { aSearch, aSpot } from '@/prisma/factories/search';
import { aService } from '@/prisma/factories/service';
import { A_TUESDAY_AT_TEN, aHandler, later } from '@/prisma/factories/staff';

const at = (minutes: number) => addMinutes(A_TUESDAY_AT_TEN, minutes);

/** A service, its admin, and how a call handler's search shows it so many minutes later. */
async function anOwnService() {
  const spot = aSpot();
  const service = await aService(spot);
  const admin = await aHandler({ role: 'service-admin', scope: service.id });
  const handler = await aHandler();
  const request = await aSearch(spot);
  const shown = async (minutes = 1) => (await findServices(later(handler, minutes), { ...request, at: at(minutes) })).services.find(({ id }) => id === service.id);
  const set = (given: Partial<CapacityRequest>, minutes = 0) => setCapacity(later(admin, minutes), { serviceId: service.id, colour: 'amber', note: null, resetsAt: null, ...given });
  return { service, admin, shown, set };
}

const audits = (type: string, subject: string) => db.auditEvent.findMany({ where: { type, subject }, orderBy: { seq: 'asc' } });

describe('D-028 to D-031: the capacity of a service', () => {
  test('amber is found and shown with its note, until the time that was chosen; then it is green without anybody acting', async () => {
    const { shown, set } = await anOwnService();
    expect(await set({ note: 'One nurse is ill', resetsAt: at(60) })).toEqual({ ok: true, value: { resetsAt: at(60) } });
    expect(await shown(59)).toMatchObject({ capacity: 'Low', capacityNote: 'One nurse is ill' });
    expect(await shown(60)).toMatchObject({ capacity: 'High' });
  });

  test('red is found by no search, from this moment on, and set green again it is', async () => {
    const { shown, set } = await anOwnService();
    await set({ colour: 'red', resetsAt: at(240) });
    expect(await shown()).toBeUndefined();
    expect(await set({ colour: 'green' }, 10)).toEqual({ ok: true, value: { resetsAt: null } });
    expect(await shown(11)).toMatchObject({ capacity: 'High' });
  });

  test('without a time it ends with the London day; every change is kept and audited', async () => {
    const { service, admin, set } = await anOwnService();
    await set({ colour: 'red', note: 'No doctor' });
    await set({ colour: 'green' }, 5);
    expect(await db.capacityState.findMany({ where: { serviceId: service.id }, orderBy: { at: 'asc' } })).toMatchObject([
      { colour: 'red', note: 'No doctor', setBy: admin.actor.id, at: at(0), resetsAt: new Date('2026-11-25T00:00:00Z') },
      { colour: 'green', note: null, at: at(5), resetsAt: null },
    ]);
    expect(await audits('service.capacity-set', service.id)).toMatchObject([
      { actorId: admin.actor.id, detail: { colour: 'red', resetsAt: '2026-11-25T00:00:00.000Z', hasNote: true } },
      { detail: { colour: 'green', resetsAt: null, hasNote: false } },
    ]);
  });
});

test('capacity-reset-in-past, at the very instant too: nothing is kept, and it is audited', async () => {
  const { service, set } = await anOwnService();
  expect(await set({ resetsAt: at(0) })).toEqual({ ok: false, error: { code: 'capacity-reset-in-past', resetsAt: at(0) } });
  expect(await db.capacityState.count({ where: { serviceId: service.id } })).toBe(0);
  expect(await audits('service.change-refused', service.id)).toMatchObject([{ detail: { code: 'capacity-reset-in-past', section: 'capacity' } }]);
});

test('another’s service is not found, which is audited; who runs none may not', async () => {
  const { service } = await anOwnService();
  const request = { serviceId: service.id, colour: 'red', note: null, resetsAt: null } as const;
  const other = await aHandler({ role: 'service-admin', scope: (await aService()).id });
  expect(await setCapacity(other, request)).toEqual({ ok: false, error: { code: 'service-not-found' } });
  expect(await audits('service.access-refused', service.id)).toHaveLength(1);
  expect(await setCapacity(other, { ...request, serviceId: 'made-up' })).toEqual({ ok: false, error: { code: 'service-not-found' } });
  await expect(setCapacity(await aHandler(), request)).rejects.toThrow(ForbiddenError);
  expect(await db.capacityState.count({ where: { serviceId: service.id } })).toBe(0);
});
