import { expect, test } from 'vitest';
import type { Ctx } from '@/lib/auth/actor';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { addMinutes } from '@/lib/platform/time';
import { closureListOf, servicesShutBy } from '@/lib/schedule/closures.queries';
import { aService } from '@/prisma/factories/service';
import { A_TUESDAY_AT_TEN, aHandler } from '@/prisma/factories/staff';

async function anAdmin() {
  const service = await aService();
  return { service, admin: await aHandler({ role: 'service-admin', scope: service.id }) };
}

type Given = { from: number; to: number; serviceIds: readonly string[]; liftedAt?: Date };

// Minutes from the tests' moment.
async function aClosure({ actor, now }: Ctx, { from, to, serviceIds, liftedAt }: Given) {
  const services = { create: serviceIds.map((serviceId) => ({ serviceId })) };
  return db.closure.create({ data: { id: newId(), kind: 'closure', startsAt: addMinutes(now, from), endsAt: addMinutes(now, to), reason: 'Staff training', createdAt: now, createdById: actor.id, liftedAt, services } });
}

test('closures are running, coming or past by the moment of the look; the end is exclusive, lifted ones are past', async () => {
  const { service, admin } = await anAdmin();
  const serviceIds = [service.id];
  const over = await aClosure(admin, { from: -60, to: 0, serviceIds });
  const running = await aClosure(admin, { from: 0, to: 1, serviceIds });
  const later = await aClosure(admin, { from: 60, to: 120, serviceIds });
  const sooner = await aClosure(admin, { from: 30, to: 500, serviceIds });
  const lifted = await aClosure(admin, { from: 600, to: 700, serviceIds, liftedAt: A_TUESDAY_AT_TEN });
  const ids = Object.entries(await closureListOf(admin, service.id)).map(([kind, lines]) => [kind, lines.map(({ id }) => id)]);
  expect(Object.fromEntries(ids)).toEqual({ running: [running.id], coming: [sooner.id, later.id], past: [lifted.id, over.id] });
});

test('each says why, who closed and which services; of services of others only how many', async () => {
  const { service, admin } = await anAdmin();
  const other = await aService();
  await aClosure(admin, { from: 0, to: 60, serviceIds: [service.id, other.id] });
  const { running } = await closureListOf(admin, service.id);
  expect(running).toMatchObject([{ kind: 'closure', reason: 'Staff training', createdBy: admin.actor.name, services: [{ id: service.id, name: service.name }], otherServices: 1 }]);
  expect(JSON.stringify(running)).not.toContain(other.name);
});

test('an admin of another service sees none of them', async () => {
  const { service, admin } = await anAdmin();
  const closure = await aClosure(admin, { from: 0, to: 60, serviceIds: [service.id] });
  const other = (await anAdmin()).admin;
  expect(await closureListOf(other, service.id)).toEqual({ running: [], coming: [], past: [] });
  expect(await servicesShutBy(other, { serviceId: service.id, closureId: closure.id })).toEqual([]);
});

test('lifting concerns the actor’s own services of a closure that still stands', async () => {
  const { service, admin } = await anAdmin();
  const serviceIds = [service.id, (await aService()).id];
  const standing = await aClosure(admin, { from: 0, to: 60, serviceIds });
  const over = await aClosure(admin, { from: -60, to: 0, serviceIds });
  const lifted = await aClosure(admin, { from: 0, to: 60, serviceIds, liftedAt: A_TUESDAY_AT_TEN });
  const shut = await Promise.all([standing.id, over.id, lifted.id, newId(), 'nonsense'].map((closureId) => servicesShutBy(admin, { serviceId: service.id, closureId })));
  expect(shut).toEqual([[service.id], [], [], [], []]);
});

test('without schedule:read there is no list', async () => {
  await expect(closureListOf(await aHandler(), (await aService()).id)).rejects.toThrow(ForbiddenError);
});
