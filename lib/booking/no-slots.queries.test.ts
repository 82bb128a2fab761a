import { describe, expect, test } from 'vitest';
import { whyNoSlots } from '@/lib/booking/no-slots.queries';
import { db, type Prisma } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { addMinutes, toDateColumn } from '@/lib/platform/time';
import { londonDate } from '@/lib/platform/time-words';
import { aCall } from '@/prisma/factories/call';
import { aPatient } from '@/prisma/factories/patient';
import { aService } from '@/prisma/factories/service';
import { aFreeSlot, freeSlotsInARow } from '@/prisma/factories/slot';
import { A_TUESDAY_AT_TEN, aHandler, later } from '@/prisma/factories/staff';

const at = (minutes: number) => addMinutes(A_TUESDAY_AT_TEN, minutes);
const today = toDateColumn(londonDate(A_TUESDAY_AT_TEN));

/** A call, due in two hours unless said otherwise, and why a service of its own has nothing for it. */
async function aSearch({ service: serviceOptions = {}, call = {} }: { service?: Parameters<typeof aService>[0]; call?: Parameters<typeof aCall>[1] } = {}) {
  const ctx = await aHandler();
  const [{ id: callId }, { id: serviceId }] = [await aCall(ctx, call), await aService(serviceOptions)];
  const slots = (count: number, minutes: number) => freeSlotsInARow(count, { serviceId, startsAt: at(minutes) });
  const change = (ids: readonly { id: string }[], data: Prisma.SlotUpdateManyMutationInput) => db.slot.updateMany({ where: { id: { in: ids.map(({ id }) => id) } }, data });
  return { ctx, callId, serviceId, slots, change, why: (now = ctx) => whyNoSlots(now, { callId, serviceId }) };
}

describe('why a service has no slot in time, for this search (U-058)', () => {
  test('it has one: no reason; the call’s own hold counts as one, and so does a hold that has run out', async () => {
    const { ctx, callId, slots, change, why } = await aSearch();
    const [mine] = await slots(1, 60);
    expect(await why()).toBeNull();
    await change(mine ? [mine] : [], { heldByCall: callId, heldUntil: at(5) });
    expect(await why()).toBeNull();
    await change(mine ? [mine] : [], { heldByCall: newId(), heldUntil: at(5) });
    expect(await why(later(ctx, 5))).toBeNull();
  });

  test('fully booked up to and with the due time, and what is free after it', async () => {
    const { slots, change, why } = await aSearch();
    await change([...(await slots(2, 60)), ...(await slots(1, 120))], { status: 'busy' });
    await slots(2, 1400);
    expect(await why()).toEqual({ kind: 'fully-booked', nextAt: at(1400), hasDueTime: true });
  });

  test('only held: free again when the first of the holds runs out', async () => {
    const { slots, change, why } = await aSearch();
    const [booked, first, second] = await slots(3, 60);
    await change(booked ? [booked] : [], { status: 'busy' });
    await change(first ? [first] : [], { heldByCall: newId(), heldUntil: at(4) });
    await change(second ? [second] : [], { heldByCall: newId(), heldUntil: at(3) });
    expect(await why()).toEqual({ kind: 'only-held', freeAgainAt: at(3) });
  });

  test('free only after the due time, and nothing offered once that is gone too; slots in the past never count', async () => {
    const { slots, change, why } = await aSearch();
    await slots(2, -30);
    const after = await slots(1, 121);
    expect(await why()).toEqual({ kind: 'outside-window', nextAt: at(121) });
    await change(after, { status: 'busy' });
    expect(await why()).toEqual({ kind: 'nothing-offered' });
  });

  test('once the due time is over, everything is after it', async () => {
    const { slots, why } = await aSearch({ call: { dueAt: at(-10) } });
    await slots(1, 30);
    expect(await why()).toEqual({ kind: 'outside-window', nextAt: at(30) });
  });

  test('without a due time the coming week is in time', async () => {
    const { slots, change, why } = await aSearch({ call: { dueAt: null } });
    await change(await slots(1, 6 * 24 * 60), { status: 'busy' });
    expect(await why()).toEqual({ kind: 'fully-booked', nextAt: null, hasDueTime: false });
  });

  test('withdrawn by the service: closed', async () => {
    const { slots, change, why } = await aSearch();
    await change(await slots(3, 60), { status: 'withdrawn' });
    expect(await why()).toEqual({ kind: 'closed', note: null, closure: null, nextAt: null });
  });

  test('closed by a closure in that time: until when and why; not one that was lifted, is over or comes later, nor another service’s', async () => {
    const { ctx, serviceId, slots, change, why } = await aSearch();
    const close = async (from: number, to: number, given: { reason?: string; lifted?: boolean; of?: string } = {}) =>
      db.closure.create({
        data: {
          ...{ id: newId(), kind: 'closure', startsAt: at(from), endsAt: at(to), reason: given.reason ?? 'Not this one', createdAt: ctx.now, createdById: ctx.actor.id, liftedAt: given.lifted ? ctx.now : null },
          services: { create: { serviceId: given.of ?? serviceId } },
        },
      });
    await change(await slots(3, 60), { status: 'withdrawn' });
    await Promise.all([close(-60, 0), close(121, 300), close(-60, 200, { lifted: true }), close(-60, 200, { of: (await aService()).id })]);
    expect(await why()).toEqual({ kind: 'closed', note: null, closure: null, nextAt: null });
    await close(-30, 180, { reason: 'Staff training' });
    expect(await why()).toEqual({ kind: 'closed', note: 'Staff training', closure: { from: null, until: at(180) }, nextAt: null });
  });

  test('orphans are in no session any more: they do not make a service fully booked', async () => {
    const { ctx, slots, change, why } = await aSearch();
    await change(await slots(3, 60), { status: 'busy', orphanedAt: ctx.now });
    expect(await why()).toMatchObject({ kind: 'nothing-offered' });
  });

  test('kept back: until the first is released; one that is never released in time tells no time', async () => {
    const { slots, change, why } = await aSearch();
    const [first, ...others] = await slots(3, 60);
    await change(others, { keptBackUntil: at(40) });
    await change(first ? [first] : [], { keptBackUntil: at(60) });
    await slots(1, 300);
    expect(await why()).toEqual({ kind: 'kept-back', releasedAt: at(40), nextAt: at(300) });
    await change(others, { status: 'busy' });
    expect(await why()).toEqual({ kind: 'kept-back', releasedAt: null, nextAt: at(300) });
  });

  test('past their notice, even when they are also kept back; or not open yet', async () => {
    const { slots, change, why } = await aSearch();
    const few = await slots(2, 60);
    await change(few, { offeredUntil: at(-1), keptBackUntil: at(30) });
    expect(await why()).toEqual({ kind: 'notice-passed', nextAt: null });
    await change(few, { offeredUntil: null, keptBackUntil: null, offeredFrom: at(20) });
    expect(await why()).toEqual({ kind: 'not-open-yet', opensAt: at(20), nextAt: null });
  });

  test('what calls cannot have yet is not the next that is free', async () => {
    const { slots, change, why } = await aSearch();
    await change(await slots(1, 130), { keptBackUntil: at(100) });
    await slots(1, 200);
    expect(await why()).toEqual({ kind: 'outside-window', nextAt: at(200) });
  });

  test('closed today by a specified date, with its reason, although it is open all hours (D-020)', async () => {
    const closing = { date: today, fromMinute: 0, toMinute: 0, reason: 'Staff training' };
    const { slots, why } = await aSearch({ service: { openingExceptions: { create: [closing] } }, call: { dueAt: at(360) } });
    await slots(1, 24 * 60);
    expect(await why()).toEqual({ kind: 'closed', note: 'Staff training', closure: null, nextAt: at(24 * 60) });
  });

  test('closed now: when it opens (D-027)', async () => {
    const { why } = await aSearch({ service: { isOpenAllHours: false, openings: { create: [{ day: 2, fromMinute: 18 * 60, toMinute: 22 * 60 }] } } });
    expect(await why()).toEqual({ kind: 'opens-at', at: new Date('2026-11-24T18:00:00Z'), nextAt: null });
  });

  test('not for this age, except at an emergency department (D-041)', async () => {
    const ages = [{ daysFrom: 0, daysTo: 5843 }];
    const call = { patientId: (await aPatient({ birthDate: '1984-03-02' })).id };
    expect(await (await aSearch({ service: { ages }, call })).why()).toEqual({ kind: 'not-for-age' });
    expect(await (await aSearch({ service: { ages, typeId: 105 }, call })).why()).toEqual({ kind: 'nothing-offered' });
  });
});

test('nothing of a call of another organisation, a made-up service or for an auditor; and it is no look at the patient', async () => {
  const { ctx, callId, serviceId } = await aSearch();
  await aFreeSlot({ serviceId, startsAt: at(121) });
  expect(await whyNoSlots(await aHandler(), { callId, serviceId })).toBeNull();
  expect(await whyNoSlots(ctx, { callId, serviceId: 'made-up' })).toBeNull();
  expect(await whyNoSlots(ctx, { callId, serviceId })).toMatchObject({ kind: 'outside-window' });
  expect(await db.auditEvent.count({ where: { actorId: ctx.actor.id } })).toBe(0);
  await expect(whyNoSlots(await aHandler({ role: 'auditor' }), { callId, serviceId })).rejects.toThrow(ForbiddenError);
});
