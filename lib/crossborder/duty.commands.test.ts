import { expect, test } from 'vitest';
import { setDuty } from '@/lib/crossborder/duty.commands';
import { countOnDuty, dutyUntil } from '@/lib/crossborder/duty.queries';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { addMinutes } from '@/lib/platform/time';
import { aCommissioner } from '@/prisma/factories/agreement';
import { onDuty } from '@/prisma/factories/approval';
import { aHandler, later } from '@/prisma/factories/staff';

const LEEDS = { code: 'QWO', name: 'West Yorkshire', regionCode: 'Y63' };
const NOBODY = '019aa000-0000-7000-8000-000000000000';

test('on duty until then and no longer, off duty at once; each change is audited', async () => {
  const ctx = await aCommissioner('QYG');
  expect(await dutyUntil(ctx)).toBeNull();
  const until = addMinutes(ctx.now, 60);
  await setDuty(ctx, { until });
  expect([await dutyUntil(ctx), await dutyUntil(later(ctx, 59)), await dutyUntil(later(ctx, 60))]).toEqual([until, until, null]);
  await setDuty(later(ctx, 5), { until: null });
  expect(await dutyUntil(later(ctx, 5))).toBeNull();
  const audit = await db.auditEvent.findMany({ where: { type: 'duty.changed', subject: ctx.actor.id }, orderBy: { seq: 'asc' }, select: { detail: true } });
  expect(audit).toEqual([{ detail: { until: until.toISOString() } }, { detail: { until: null } }]);
});

test.each(['supervisor', 'clinician', 'call-handler'] as const)('a %s has no duty to set', async (role) => {
  const ctx = await aHandler({ role });
  await expect(setDuty(ctx, { until: addMinutes(ctx.now, 60) })).rejects.toThrow(ForbiddenError);
});

test.each([0, -1, 14 * 60 + 1])('an end that its form does not offer, %s minutes away, is a fault', async (minutes) => {
  const ctx = await aCommissioner('QWO');
  await expect(setDuty(ctx, { until: addMinutes(ctx.now, minutes) })).rejects.toThrow(RangeError);
  expect(await dutyUntil(ctx)).toBeNull();
});

test('on duty for a commissioner are its own people, those of its region and the national team, but for who asks and who left', async () => {
  const [own, region, national] = [await onDuty(await aCommissioner('QWO')), await onDuty(await aCommissioner('Y63')), await onDuty(await aCommissioner('national'))];
  await onDuty(await aCommissioner('QOP'));
  await aCommissioner('QWO');
  expect(await countOnDuty(own, { sides: [LEEDS], except: NOBODY })).toBe(3);
  expect(await countOnDuty(own, { sides: [LEEDS], except: own.actor.id })).toBe(2);
  await db.staff.update({ where: { id: region.actor.id }, data: { isActive: false } });
  expect(await countOnDuty(national, { sides: [LEEDS], except: own.actor.id })).toBe(1);
  expect(await countOnDuty(later(own, 480), { sides: [LEEDS], except: NOBODY })).toBe(0);
});
