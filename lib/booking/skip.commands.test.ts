import { expect, test } from 'vitest';
import { recordSkips } from '@/lib/booking/skip.commands';
import type { SkipInput } from '@/lib/booking/skip.schema';
import { db } from '@/lib/platform/db';
import { transact } from '@/lib/platform/transact';
import { aCall } from '@/prisma/factories/call';
import { aService } from '@/prisma/factories/service';
import { servicesShown } from '@/prisma/factories/shown';
import { aHandler, later } from '@/prisma/factories/staff';

/** A call that was shown three services, and what keeps reasons for using one of them. */
async function aShownCall() {
  const ctx = await aHandler();
  const { id: callId } = await aCall(ctx);
  const [one, two, three] = await Promise.all([aService(), aService(), aService()]);
  await servicesShown(ctx, callId, [one, two, three]);
  const keep = (serviceId: string, skips: readonly SkipInput[], at = ctx) => transact((tx) => recordSkips(tx, at, { callId, serviceId, skips }));
  const kept = () => db.callSkip.findMany({ where: { callId }, orderBy: { reasonId: 'asc' }, select: { serviceId: true, reasonId: true, comment: true, staffId: true, at: true } });
  return { ctx, callId, one, two, three, keep, kept };
}

const because = (serviceId: string, reasonId: number, comment = ''): SkipInput => ({ serviceId, reasonId, comment });

test('D-052: who passed a service over, when and why is kept; the record has the numbers, and the comment is in its row alone', async () => {
  const { ctx, callId, one, two, three, keep, kept } = await aShownCall();
  expect(await keep(three.id, [because(one.id, 31), because(two.id, 99, 'Caller cannot climb stairs')])).toEqual({ ok: true, value: null });

  const by = { staffId: ctx.actor.id, at: ctx.now };
  expect(await kept()).toEqual([
    { serviceId: one.id, reasonId: 31, comment: null, ...by },
    { serviceId: two.id, reasonId: 99, comment: 'Caller cannot climb stairs', ...by },
  ]);
  const reasons = { [one.id]: 31, [two.id]: 99 };
  expect(await db.callEvent.findMany({ where: { callId, kind: 'services-skipped' } })).toMatchObject([{ body: { serviceId: three.id, reasons } }]);
  expect(await db.auditEvent.findMany({ where: { type: 'call.services-skipped', subject: callId } })).toMatchObject([{ actorId: ctx.actor.id, detail: { serviceId: three.id, reasons } }]);
});

test('the newer reason for the same service replaces the older; the same again is kept once', async () => {
  const { ctx, callId, one, two, keep, kept } = await aShownCall();
  await keep(two.id, [because(one.id, 31)]);
  await keep(two.id, [because(one.id, 31)], later(ctx, 1));
  expect(await db.callEvent.count({ where: { callId, kind: 'services-skipped' } })).toBe(1);

  await keep(two.id, [because(one.id, 40, 'Lives outside the area')], later(ctx, 2));
  expect(await kept()).toMatchObject([{ serviceId: one.id, reasonId: 40, comment: 'Lives outside the area', at: later(ctx, 2).now }]);
});

test('one reason that is missing or wrong, and nothing is kept', async () => {
  const { one, two, three, keep, kept } = await aShownCall();
  expect(await keep(three.id, [because(one.id, 31)])).toEqual({ ok: false, error: { code: 'skip-reason-needed', services: [{ id: two.id, name: two.name }] } });
  expect(await keep(three.id, [because(one.id, 31), because(two.id, 23, 'Not right')])).toMatchObject({ error: { code: 'skip-reason-invalid', why: 'clinicians-only', serviceName: two.name } });
  expect(await keep(three.id, [because(one.id, 31), because(two.id, 24)])).toMatchObject({ error: { code: 'skip-reason-invalid', why: 'comment-needed' } });
  expect(await kept()).toEqual([]);
});

test('a reason given once is enough for the next time, and the first service needs none', async () => {
  const { one, two, keep } = await aShownCall();
  expect(await keep(one.id, [])).toEqual({ ok: true, value: null });
  await keep(two.id, [because(one.id, 42)]);
  expect(await keep(two.id, [])).toEqual({ ok: true, value: null });
});
