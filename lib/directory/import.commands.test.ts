import { expect, test } from 'vitest';
import type { Ctx } from '@/lib/auth/actor';
import { applyServices, readServices } from '@/lib/directory/import.commands';
import { servicesCsv } from '@/lib/directory/service-csv.queries';
import type { AppliedChange } from '@/lib/directory/service-csv.schema';
import { db } from '@/lib/platform/db';
import { aService } from '@/prisma/factories/service';
import { aHandler } from '@/prisma/factories/staff';

async function twoServicesWithAdmin() {
  const services = [await aService({ handlerInstructions: '+Ring "first",\nthen send' }), await aService()] as const;
  const admin = await aHandler({ role: 'service-admin', scope: services[0].id });
  return { services, admin: withService(admin, services[1].id) };
}

function withService(ctx: Ctx, scope: string): Ctx {
  return { ...ctx, actor: { ...ctx.actor, roles: [...ctx.actor.roles, { role: 'service-admin', scope }] } };
}

const hold = (serviceId: string, after: string, version = 1): AppliedChange => ({ serviceId, version, cells: [{ column: 'hold_minutes', after }] });

test('services as they are exported, imported again, change nothing', async () => {
  const { admin } = await twoServicesWithAdmin();
  expect(await readServices(admin, await servicesCsv(admin))).toEqual({ ok: true, value: { changes: [], same: 2 } });
});

test('a file is looked at before and after, then applied to all of its services', async () => {
  const { admin, services } = await twoServicesWithAdmin();
  const read = await readServices(admin, `dos_id,hold_minutes,access_needs\n${services[0].dosId},8,Ramp\n${services[1].dosId},5,Lift\n`);
  if (!read.ok) return expect.fail();
  expect(read.value.changes.map(({ cells }) => cells)).toEqual([
    [{ column: 'hold_minutes', before: '5', after: '8' }, { column: 'access_needs', before: '', after: 'Ramp' }],
    [{ column: 'access_needs', before: '', after: 'Lift' }],
  ]);

  expect(await applyServices(admin, read.value.changes.map((change) => ({ ...change, cells: [...change.cells] })))).toEqual({ ok: true, value: { services: 2 } });
  expect(await db.service.findUnique({ where: { id: services[0].id }, select: { holdMinutes: true, accessNeeds: true, handlerInstructions: true, version: true } })).toEqual({
    holdMinutes: 8,
    accessNeeds: 'Ramp',
    handlerInstructions: '+Ring "first",\nthen send',
    version: 2,
  });
  const audited = await db.auditEvent.findFirst({ where: { type: 'service.changed', subject: services[0].id } });
  expect(audited?.detail).toEqual({ section: 'import', before: { holdMinutes: 5 }, after: { holdMinutes: 8, changed: ['accessNeeds'] } });
});

test('when one of them was changed since the look, none is', async () => {
  const { admin, services } = await twoServicesWithAdmin();
  await db.service.update({ where: { id: services[1].id }, data: { version: 2 } });
  const applied = await applyServices(admin, [hold(services[0].id, '8'), hold(services[1].id, '8')]);
  expect(!applied.ok && applied.error.code).toBe('service-changed');
  expect(await db.service.count({ where: { id: { in: services.map(({ id }) => id) }, holdMinutes: 8 } })).toBe(0);
  expect(await db.auditEvent.count({ where: { type: 'schedule.import-refused', actorId: admin.actor.id } })).toBe(1);
});

test('two who apply at once: one does, the other is told who changed it', async () => {
  const { admin, services } = await twoServicesWithAdmin();
  const rival = withService(await aHandler({ role: 'service-admin', scope: services[0].id }), services[1].id);
  const outcomes = await Promise.all([
    applyServices(admin, [hold(services[0].id, '8'), hold(services[1].id, '8')]),
    applyServices(rival, [hold(services[1].id, '9'), hold(services[0].id, '9')]),
  ]);
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  const winner = outcomes[0].ok ? admin : rival;
  expect(outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.error]))).toMatchObject([{ code: 'service-changed', by: winner.actor.name }]);
  const held = await db.service.findMany({ where: { id: { in: services.map(({ id }) => id) } }, select: { holdMinutes: true, version: true } });
  expect(held).toEqual(Array.from({ length: 2 }, () => ({ holdMinutes: winner === admin ? 8 : 9, version: 2 })));
});

test("another's service and a value that no look showed are refused, whatever the form sends", async () => {
  const { admin, services } = await twoServicesWithAdmin();
  const other = await aService();
  expect(await applyServices(admin, [hold(services[0].id, '8'), hold(other.id, '8')])).toEqual({ ok: false, error: { code: 'service-not-found' } });
  expect(await applyServices(admin, [hold(services[0].id, '99')])).toMatchObject({ ok: false, error: { code: 'csv-invalid' } });
  expect(await db.service.count({ where: { id: { in: [services[0].id, other.id] }, version: 1 } })).toBe(2);
});

test('whoever may not configure services may not import them', async () => {
  await expect(readServices(await aHandler(), 'dos_id\n1\n')).rejects.toThrow('service:configure');
});
