import { expect, test } from 'vitest';
import { borderNotices } from '@/lib/crossborder/notice.queries';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { addMinutes, DAY_MINUTES } from '@/lib/platform/time';
import { aCommissioner } from '@/prisma/factories/agreement';
import { aCrossing } from '@/prisma/factories/border';
import { A_TUESDAY_AT_TEN, aHandler } from '@/prisma/factories/staff';

const NOTIFY = { outcome: 'notify' };
const daysAgo = (days: number) => addMinutes(A_TUESDAY_AT_TEN, -days * DAY_MINUTES);

test('the host sees what was booked with notice in the last 14 days, the newest first, ended ones marked; the other side does not', async () => {
  const early = await aCrossing({ bookedAt: daysAgo(13), startsAt: daysAgo(12), decision: { ...NOTIFY, ruleWords: 'Told about' }, pricePence: 1_250 });
  const late = await aCrossing({ bookedAt: daysAgo(1), status: 'cancelled', decision: NOTIFY });
  await aCrossing({ bookedAt: daysAgo(15), startsAt: daysAgo(14.5), decision: NOTIFY });
  await aCrossing({ bookedAt: daysAgo(1) });
  const notices = await borderNotices(await aCommissioner('QOP'));
  expect(notices).toMatchObject([
    { appointmentId: late.id, isEnded: true, from: { name: 'West Yorkshire' }, to: { name: 'Greater Manchester' } },
    { appointmentId: early.id, isEnded: false, ruleWords: 'Told about', pricePence: 1_250, bookedAt: early.bookedAt, startsAt: early.startsAt },
  ]);
  expect(await borderNotices(await aCommissioner('Y62'))).toHaveLength(2);
  expect(await borderNotices(await aCommissioner('QWO'))).toEqual([]);
});

test('a look at the notices is audited with the appointments, also a look at none', async () => {
  const ctx = await aCommissioner('QYG');
  await borderNotices(ctx);
  expect(await db.auditEvent.findMany({ where: { type: 'border.notices-viewed', actorId: ctx.actor.id }, select: { detail: true } })).toEqual([{ detail: { count: 0, appointments: [] } }]);
});

test.each(['supervisor', 'clinician', 'call-handler'] as const)('a %s has no notices', async (role) => {
  await expect(borderNotices(await aHandler({ role }))).rejects.toThrow(ForbiddenError);
});
