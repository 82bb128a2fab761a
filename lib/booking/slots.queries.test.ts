import { describe, expect, test } from 'vitest';
import { heldSlotOf, slotsOf } from '@/lib/booking/slots.queries';
import { db, type Prisma } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { addMinutes } from '@/lib/platform/time';
import { aCall, aHeldSlot } from '@/prisma/factories/call';
import { aService } from '@/prisma/factories/service';
import { aFreeSlot, freeSlotsInARow } from '@/prisma/factories/slot';
import { A_TUESDAY_AT_TEN, aHandler } from '@/prisma/factories/staff';

const at = (minutes: number) => addMinutes(A_TUESDAY_AT_TEN, minutes);
const idsOf = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);

describe('the slots of a service', () => {
  test('U-060: in time up to and with the due time, then after it, by how much; past, busy and withdrawn ones are not listed', async () => {
    const ctx = await aHandler();
    const { id: serviceId } = await aService();
    const make = async (minutes: number) => (await aFreeSlot({ serviceId, startsAt: at(minutes) })).id;
    const [, , atDue, over, , busy, withdrawn] = [await make(-5), await make(0), await make(120), await make(145), await make(120 + 48 * 60 + 1), await make(60), await make(61)];
    await db.slot.update({ where: { id: busy ?? '' }, data: { status: 'busy' } });
    await db.slot.update({ where: { id: withdrawn ?? '' }, data: { status: 'withdrawn' } });

    const list = await slotsOf(ctx, { serviceId, callId: newId(), dueAt: at(120) });
    expect(list.inTime).toMatchObject([{ id: atDue, minutesOver: 0, state: 'free' }]);
    expect(list.after).toMatchObject([{ id: over, minutesOver: 25 }]);
    expect(list.laterDays).toEqual([{ date: '2026-11-26', free: 1 }]);
  });

  test('mine, held by another until when, and free again once a hold has run out; not stated stays not stated', async () => {
    const ctx = await aHandler();
    const call = await aCall(ctx);
    const [mine, other, expired] = await freeSlotsInARow(3, { channel: null });
    const hold = (id: string | undefined, heldByCall: string, heldUntil: Date) => db.slot.update({ where: { id: id ?? '' }, data: { heldByCall, heldUntil } });
    await hold(mine?.id, call.id, at(5));
    await hold(other?.id, newId(), at(4));
    await hold(expired?.id, newId(), at(0));

    const { inTime } = await slotsOf(ctx, { serviceId: mine?.serviceId ?? '', callId: call.id, dueAt: at(120) });
    expect(inTime).toMatchObject([
      { state: 'mine', heldUntil: at(5), channel: null },
      { state: 'held', heldUntil: at(4) },
      { state: 'free', heldUntil: null },
    ]);
  });

  test('the slot that a call holds, read again as after a reload, until its hold runs out; extended, it cannot be again', async () => {
    const ctx = await aHandler();
    const { call, slot } = await aHeldSlot(ctx);
    expect(await heldSlotOf(db, { callId: call.id, now: at(4.9) })).toMatchObject({ id: slot.id, state: 'mine', heldUntil: at(5), canExtend: true });
    expect(await heldSlotOf(db, { callId: call.id, now: at(5) })).toBeNull();
    await db.slot.update({ where: { id: slot.id }, data: { holdExtended: true } });
    expect(await heldSlotOf(db, { callId: call.id, now: at(4) })).toMatchObject({ canExtend: false });
  });

  test('kept back, not open yet or past their notice: not listed and not counted, unless this call holds them; at the very moment they are', async () => {
    const ctx = await aHandler();
    const { id: callId } = await aCall(ctx);
    const { id: serviceId } = await aService();
    const inTime = await freeSlotsInARow(7, { serviceId, startsAt: at(60) });
    const later = await freeSlotsInARow(4, { serviceId, startsAt: at(3 * 24 * 60) });
    const limits = [{ keptBackUntil: at(1) }, { offeredFrom: at(1) }, { offeredUntil: at(-1) }, { keptBackUntil: at(0) }, { offeredFrom: at(0) }, { offeredUntil: at(0) }];
    const limit = (slot: { id: string } | undefined, data: Prisma.SlotUpdateInput) => db.slot.update({ where: { id: slot?.id ?? '' }, data });
    for (const [index, data] of limits.entries()) await limit(inTime[index], data);
    for (const [index, data] of limits.slice(0, 3).entries()) await limit(later[index], data);
    await limit(inTime[6], { offeredUntil: at(-1), heldByCall: callId, heldUntil: at(5) });

    const list = await slotsOf(ctx, { serviceId, callId, dueAt: at(180) });
    expect(idsOf(list.inTime)).toEqual(idsOf(inTime.slice(3)));
    expect(list.inTime.map(({ state }) => state)).toEqual(['free', 'free', 'free', 'mine']);
    expect(list.laterDays).toEqual([{ date: '2026-11-27', free: 1 }]);
    expect((await slotsOf(ctx, { serviceId, callId: newId(), dueAt: at(180) })).inTime).toHaveLength(3);
    expect((await slotsOf(ctx, { serviceId, callId, dueAt: at(2 * 24 * 60) })).after).toMatchObject([{ id: later[3]?.id }]);
  });

  test('at most 60 in time and 20 after, in order; the rest is counted by London day', async () => {
    const ctx = await aHandler();
    const { id: serviceId } = await aService();
    const today = await freeSlotsInARow(70, { serviceId, startsAt: at(10), minutes: 1 });
    const after = await freeSlotsInARow(25, { serviceId, startsAt: at(200), minutes: 1 });
    // 23:59 in London on the 26th and 00:00 on the 27th.
    const { id: late } = await aFreeSlot({ serviceId, startsAt: new Date('2026-11-26T23:59:00Z') });
    const { id: early } = await aFreeSlot({ serviceId, startsAt: new Date('2026-11-27T00:00:00Z') });

    const list = await slotsOf(ctx, { serviceId, callId: newId(), dueAt: at(120) });
    expect(idsOf(list.inTime)).toEqual(idsOf(today).slice(0, 60));
    expect(idsOf(list.after)).toEqual(idsOf(after).slice(0, 20));
    expect(idsOf(list.after)).not.toEqual(expect.arrayContaining([late, early]));
    expect(list.laterDays).toEqual([
      { date: '2026-11-24', free: 15 },
      { date: '2026-11-26', free: 1 },
      { date: '2026-11-27', free: 1 },
    ]);
  });

  test('without a due time the whole week is in time', async () => {
    const ctx = await aHandler();
    const slot = await aFreeSlot({ startsAt: at(6 * 24 * 60) });
    const list = await slotsOf(ctx, { serviceId: slot.serviceId, callId: newId(), dueAt: null });
    expect(list).toMatchObject({ inTime: [{ id: slot.id, minutesOver: 0 }], after: [], laterDays: [] });
  });

  test('once the due time is over, everything is after it', async () => {
    const ctx = await aHandler();
    const slot = await aFreeSlot({ startsAt: at(30) });
    expect(await slotsOf(ctx, { serviceId: slot.serviceId, callId: newId(), dueAt: at(-10) })).toMatchObject({ inTime: [], after: [{ id: slot.id, minutesOver: 40 }] });
  });

  test('on the day of a clock change the days are still London days', async () => {
    const now = new Date('2026-10-23T10:00:00Z');
    const ctx = await aHandler({ now });
    const { id: serviceId } = await aService();
    // Half past midnight on Monday, GMT again; and half past eleven at night on Saturday, BST.
    await aFreeSlot({ serviceId, startsAt: new Date('2026-10-26T00:30:00Z') });
    await aFreeSlot({ serviceId, startsAt: new Date('2026-10-24T22:30:00Z') });
    const list = await slotsOf(ctx, { serviceId, callId: newId(), dueAt: addMinutes(now, -72 * 60) });
    expect(list.after).toHaveLength(1);
    expect(list.laterDays).toEqual([{ date: '2026-10-26', free: 1 }]);
  });

  test('a made-up service has none, and an auditor may not look', async () => {
    const ask = { serviceId: 'made-up', callId: newId(), dueAt: null };
    expect(await slotsOf(await aHandler(), ask)).toEqual({ inTime: [], after: [], laterDays: [] });
    await expect(slotsOf(await aHandler({ role: 'auditor' }), ask)).rejects.toThrow(ForbiddenError);
  });
});
