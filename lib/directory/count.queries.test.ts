import { expect, test } from 'vitest';
import { countFree } from '@/lib/directory/count.queries';
import { findServices } from '@/lib/directory/search.queries';
import { db, type Prisma } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { addMinutes } from '@/lib/platform/time';
import { aSearch, aSpot, north } from '@/prisma/factories/search';
import { aService } from '@/prisma/factories/service';
import { aFreeSlot, freeSlotsInARow } from '@/prisma/factories/slot';
import { A_TUESDAY_AT_TEN, aHandler, later } from '@/prisma/factories/staff';

const DUE = addMinutes(A_TUESDAY_AT_TEN, 120);

test('U-015, U-016, U-017: the counts that are read again are those of the search: in time, only after, none, not bookable', async () => {
  const spot = aSpot();
  const inTime = await aService(spot);
  await freeSlotsInARow(3, { serviceId: inTime.id });
  const after = await aService({ ...north(spot, 1), typeId: 46 });
  await aFreeSlot({ serviceId: after.id, startsAt: addMinutes(DUE, 30) });
  const none = await aService({ ...north(spot, 2), typeId: 25 });
  const notBookable = await aService({ ...north(spot, 3), typeId: 100, isBookable: false, publicPhone: '01632 960001' });
  await aFreeSlot({ serviceId: notBookable.id });
  const ctx = await aHandler();
  const { services } = await findServices(ctx, await aSearch(spot));
  const shown = services.map(({ id, isBookable, publicPhone, freeInTime, earliestInTime, earliestAfter }) => ({ id, isBookable, publicPhone, freeInTime, earliestInTime, earliestAfter }));
  const serviceIds = [inTime.id, after.id, none.id, notBookable.id];

  const counts = await countFree(ctx, { serviceIds, dueAt: DUE });
  expect(counts).toHaveLength(4);
  expect(new Set(counts)).toEqual(new Set(shown));
  expect(counts.find(({ id }) => id === inTime.id)).toMatchObject({ freeInTime: 3, earliestInTime: addMinutes(A_TUESDAY_AT_TEN, 60) });
});

test('a slot counts again when its hold has run out, and no longer once it has begun', async () => {
  const { id, serviceId } = await aFreeSlot();
  await db.slot.update({ where: { id }, data: { heldByCall: newId(), heldUntil: addMinutes(A_TUESDAY_AT_TEN, 5) } });
  const ctx = await aHandler();
  const freeAfter = async (minutes: number) => (await countFree(later(ctx, minutes), { serviceIds: [serviceId], dueAt: null }))[0]?.freeInTime;
  expect(await freeAfter(0)).toBe(0);
  expect(await freeAfter(5)).toBe(1);
  expect(await freeAfter(61)).toBe(0);
});

test('what is kept back, not open yet or past its notice does not count, in time or later; released, it does', async () => {
  const { id: serviceId } = await aService();
  const [kept, early, late, next] = await freeSlotsInARow(4, { serviceId, startsAt: addMinutes(A_TUESDAY_AT_TEN, 60) });
  const limit = (slot: { id: string } | undefined, data: Prisma.SlotUpdateInput) => db.slot.update({ where: { id: slot?.id ?? '' }, data });
  await limit(kept, { keptBackUntil: addMinutes(A_TUESDAY_AT_TEN, 30) });
  await limit(early, { offeredFrom: addMinutes(A_TUESDAY_AT_TEN, 40) });
  await limit(late, { offeredUntil: addMinutes(A_TUESDAY_AT_TEN, -1) });
  const ctx = await aHandler();
  const counts = async (minutes: number, dueIn: number) => (await countFree(later(ctx, minutes), { serviceIds: [serviceId], dueAt: addMinutes(A_TUESDAY_AT_TEN, dueIn) }))[0];
  expect(await counts(0, 120)).toMatchObject({ freeInTime: 1, earliestInTime: next?.startsAt });
  expect(await counts(0, 50)).toMatchObject({ freeInTime: 0, earliestAfter: next?.startsAt });
  expect(await counts(30, 120)).toMatchObject({ freeInTime: 2, earliestInTime: kept?.startsAt });
  expect(await counts(40, 120)).toMatchObject({ freeInTime: 3 });
});

test('ids that nobody has are left out, and nobody counts without the permission', async () => {
  expect(await countFree(await aHandler(), { serviceIds: [newId()], dueAt: null })).toEqual([]);
  await expect(countFree(await aHandler({ role: 'auditor' }), { serviceIds: [], dueAt: null })).rejects.toThrow(ForbiddenError);
});
