import { expect, test } from 'vitest';
import { bookAppointment } from '@/lib/booking/book.commands';
import { extendHold, holdSlot } from '@/lib/booking/hold.commands';
import { db, type Prisma } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { addMinutes } from '@/lib/platform/time';
import { aBookingRequest, aCall, aHeldSlot } from '@/prisma/factories/call';
import { aFreeSlot, freeSlotsInARow } from '@/prisma/factories/slot';
import { A_TUESDAY_AT_TEN, aHandler, later } from '@/prisma/factories/staff';
import { untilSomebodyWaits } from '@/scripts/test-support/waiting';

const at = (minutes: number) => addMinutes(A_TUESDAY_AT_TEN, minutes);
const limit = (id: string | undefined, data: Prisma.SlotUpdateInput) => db.slot.update({ where: { id: id ?? '' }, data });

test('a call keeps the slot that it holds when its notice passes, or when the service keeps it back: extends it, and books it', async () => {
  const ctx = await aHandler();
  const { call, slot } = await aHeldSlot(ctx);
  await limit(slot.id, { offeredUntil: at(1), keptBackUntil: at(30) });
  expect(await holdSlot(later(ctx, 2), { callId: call.id, slotId: slot.id })).toMatchObject({ ok: true });
  expect(await extendHold(later(ctx, 3), { callId: call.id })).toMatchObject({ ok: true });
  expect(await bookAppointment(later(ctx, 4), aBookingRequest(call.id, slot.id))).toMatchObject({ ok: true });
});

test.each([
  ['slot-kept-back', { keptBackUntil: at(30) }],
  ['slot-not-open-yet', { offeredFrom: at(30) }],
  ['slot-notice-passed', { offeredUntil: at(1) }],
] as const)('once its hold has run out, the booking is refused with %s and offers nothing to hold', async (code, limits) => {
  const ctx = await aHandler();
  const { slot, request } = await aHeldSlot(ctx);
  await aFreeSlot({ serviceId: slot.serviceId, startsAt: at(90) });
  await limit(slot.id, limits);
  const outcome = await bookAppointment(later(ctx, 6), request);
  expect(outcome).toMatchObject({ ok: false, error: { code } });
  expect(outcome).not.toHaveProperty('error.alternatives');
  expect(await db.slot.count({ where: { heldByCall: request.callId, heldUntil: { gt: at(6) } } })).toBe(0);
});

test('of two calls for a slot at the moment of its release, the one a moment earlier is told when, the other has it', async () => {
  const ctx = await aHandler();
  const slot = await aFreeSlot();
  await limit(slot.id, { keptBackUntil: at(10) });
  const ask = async () => ({ callId: (await aCall(ctx)).id, slotId: slot.id });
  expect(await holdSlot(later(ctx, 9.99), await ask())).toEqual({ ok: false, error: { code: 'slot-kept-back', startsAt: slot.startsAt, releasedAt: at(10) } });
  expect(await holdSlot(later(ctx, 10), await ask())).toMatchObject({ ok: true });
});

test('the loser of a race never gets a slot that calls cannot have', async () => {
  const ctx = await aHandler();
  const [wanted, kept, early, late, next] = await freeSlotsInARow(5);
  await limit(wanted?.id, { heldByCall: newId(), heldUntil: at(5) });
  await limit(kept?.id, { keptBackUntil: at(1) });
  await limit(early?.id, { offeredFrom: at(1) });
  await limit(late?.id, { offeredUntil: at(-1) });
  const { id: callId } = await aCall(ctx);
  expect(await holdSlot(ctx, { callId, slotId: wanted?.id ?? '' })).toMatchObject({ error: { code: 'slot-held', alternatives: { held: { slotId: next?.id }, here: [] } } });
});

test('a slot that the service keeps back between the read and the claim is not held', async () => {
  const ctx = await aHandler();
  const { id: callId } = await aCall(ctx);
  const slot = await aFreeSlot();
  // The service's change has the row, uncommitted: the call reads the slot as it was, and its claim waits.
  const { holding } = await db.$transaction(async (tx) => {
    await tx.slot.update({ where: { id: slot.id }, data: { keptBackUntil: at(30) } });
    const holding = holdSlot(ctx, { callId, slotId: slot.id });
    await untilSomebodyWaits();
    return { holding };
  });
  expect(await holding).toEqual({ ok: false, error: { code: 'slot-kept-back', startsAt: slot.startsAt, releasedAt: at(30) } });
  expect(await db.slot.findUniqueOrThrow({ where: { id: slot.id } })).toMatchObject({ heldByCall: null });
});
