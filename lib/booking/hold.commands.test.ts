import { describe, expect, test } from 'vitest';
import { holdSlot, letGo } from '@/lib/booking/hold.commands';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { addMinutes } from '@/lib/platform/time';
import { aCall, aHeldSlot } from '@/prisma/factories/call';
import { aService } from '@/prisma/factories/service';
import { aFreeSlot, freeSlotsInARow } from '@/prisma/factories/slot';
import { A_TUESDAY_AT_TEN, aHandler, later } from '@/prisma/factories/staff';

const holderOf = async (id: string) => (await db.slot.findUniqueOrThrow({ where: { id } })).heldByCall;
const audits = (type: string, subject: string) => db.auditEvent.findMany({ where: { type, subject } });

describe('holding a slot', () => {
  test('the call has it for as long as the service says, and audit and call record tell so', async () => {
    const ctx = await aHandler();
    const call = await aCall(ctx);
    const service = await aService({ holdMinutes: 7, handlerInstructions: 'Ask for the medicines list' });
    const slot = await aFreeSlot({ serviceId: service.id, channel: null });

    const held = await holdSlot(ctx, { callId: call.id, slotId: slot.id });
    expect(held).toMatchObject({
      ok: true,
      value: { id: slot.id, state: 'mine', heldUntil: addMinutes(ctx.now, 7), channel: null, serviceName: service.name, handlerInstructions: 'Ask for the medicines list', minutesOver: 0 },
    });
    expect(await audits('slot.held', slot.id)).toMatchObject([{ actorId: ctx.actor.id, requestId: ctx.requestId }]);
    expect(await db.callEvent.findMany({ where: { callId: call.id } })).toMatchObject([{ kind: 'slot-held', body: { slotId: slot.id } }]);
  });

  test('a new hold lets go of the former one at the same moment', async () => {
    const ctx = await aHandler();
    const call = await aCall(ctx);
    const [first, second] = await freeSlotsInARow(2);
    await holdSlot(ctx, { callId: call.id, slotId: first?.id ?? '' });
    await holdSlot(later(ctx, 1), { callId: call.id, slotId: second?.id ?? '' });
    expect([await holderOf(first?.id ?? ''), await holderOf(second?.id ?? '')]).toEqual([null, call.id]);
  });

  test('a double click does not extend: the same slot again is returned as it was', async () => {
    const ctx = await aHandler();
    const { call, slot } = await aHeldSlot(ctx);
    expect(await holdSlot(later(ctx, 2), { callId: call.id, slotId: slot.id })).toMatchObject({ ok: true, value: { heldUntil: addMinutes(ctx.now, 5) } });
    expect(await audits('slot.held', slot.id)).toEqual([]);
  });

  test('a hold that has run out is free for the next, at the very instant', async () => {
    const ctx = await aHandler();
    const { slot } = await aHeldSlot(ctx);
    const next = await aCall(ctx);
    expect(await holdSlot(later(ctx, 4.99), { callId: next.id, slotId: slot.id })).toMatchObject({ error: { code: 'slot-held' } });
    expect(await holdSlot(later(ctx, 5), { callId: next.id, slotId: slot.id })).toMatchObject({ ok: true });
  });

  test('letting go frees the slot at once; letting go of nothing is no fault', async () => {
    const ctx = await aHandler();
    const { call, slot } = await aHeldSlot(ctx);
    expect(await letGo(ctx, { callId: call.id })).toEqual({ ok: true, value: { slotId: slot.id } });
    expect(await holderOf(slot.id)).toBeNull();
    expect(await audits('slot.let-go', slot.id)).toHaveLength(1);
    expect(await letGo(ctx, { callId: call.id })).toEqual({ ok: true, value: { slotId: null } });
    expect(await letGo(ctx, { callId: 'made-up' })).toEqual({ ok: false, error: { code: 'call-not-found' } });
  });
});

describe('a hold is refused, audited, and the former hold stands', () => {
  test.each([
    ['slot-in-past', { startsAt: A_TUESDAY_AT_TEN }],
    ['slot-withdrawn', { status: 'withdrawn' }],
    ['slot-taken', { status: 'busy' }],
    ['slot-held', { heldByCall: newId(), heldUntil: addMinutes(A_TUESDAY_AT_TEN, 3) }],
  ])('%s', async (code, changed) => {
    const ctx = await aHandler();
    const { call, slot: former } = await aHeldSlot(ctx);
    const slot = await aFreeSlot();
    await db.slot.update({ where: { id: slot.id }, data: changed });

    const outcome = await holdSlot(ctx, { callId: call.id, slotId: slot.id });
    expect(outcome).toMatchObject({ ok: false, error: { code } });
    expect(await audits('slot.hold-refused', slot.id)).toMatchObject([{ detail: { code, callId: call.id } }]);
    expect(await db.callEvent.findMany({ where: { callId: call.id } })).toMatchObject([{ kind: 'hold-refused', body: { code } }]);
    expect(await holderOf(former.id)).toBe(call.id);
  });

  test('slot-held tells when it is free again, and what is free now', async () => {
    const ctx = await aHandler();
    const [slot, next] = await freeSlotsInARow(2);
    const until = addMinutes(ctx.now, 3);
    await db.slot.update({ where: { id: slot?.id ?? '' }, data: { heldByCall: newId(), heldUntil: until } });
    const outcome = await holdSlot(ctx, { callId: (await aCall(ctx)).id, slotId: slot?.id ?? '' });
    expect(outcome).toMatchObject({ error: { code: 'slot-held', freeAgainAt: until, alternatives: { here: [{ slotId: next?.id }] } } });
  });

  test('slot-not-found for an id that is none, and service-not-bookable for a service that closed', async () => {
    const ctx = await aHandler();
    const { id: callId } = await aCall(ctx);
    expect(await holdSlot(ctx, { callId, slotId: newId() })).toMatchObject({ error: { code: 'slot-not-found' } });
    expect(await holdSlot(ctx, { callId, slotId: 'made-up' })).toMatchObject({ error: { code: 'slot-not-found' } });
    const service = await aService({ status: 'closed' });
    const slot = await aFreeSlot({ serviceId: service.id });
    expect(await holdSlot(ctx, { callId, slotId: slot.id })).toEqual({ ok: false, error: { code: 'service-not-bookable', serviceName: service.name } });
  });

  test('call-not-found for the call of another organisation, call-already-booked for one that has ended', async () => {
    const ctx = await aHandler();
    const slot = await aFreeSlot();
    const elsewhere = await aCall(await aHandler());
    expect(await holdSlot(ctx, { callId: elsewhere.id, slotId: slot.id })).toEqual({ ok: false, error: { code: 'call-not-found' } });
    expect(await audits('slot.hold-refused', slot.id)).toHaveLength(1);
    const closed = await aCall(ctx, { state: 'closed', endedAt: ctx.now });
    expect(await holdSlot(ctx, { callId: closed.id, slotId: slot.id })).toMatchObject({ error: { code: 'call-not-found' } });
  });

  test('an auditor may neither hold nor let go', async () => {
    const ctx = await aHandler({ role: 'auditor' });
    const { id: callId } = await aCall(ctx);
    await expect(holdSlot(ctx, { callId, slotId: newId() })).rejects.toThrow(ForbiddenError);
    await expect(letGo(ctx, { callId })).rejects.toThrow(ForbiddenError);
  });
});

describe('races for a hold', () => {
  test('fifty calls race for one slot: one holds it, forty-nine are told that it is held, and until when', async () => {
    const ctx = await aHandler();
    const slot = await aFreeSlot();
    const calls = await Promise.all(Array.from({ length: 50 }, () => aCall(ctx)));
    const outcomes = await Promise.all(calls.map((call) => holdSlot(ctx, { callId: call.id, slotId: slot.id })));

    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
    const refused = outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.error]));
    expect(refused.filter((refusal) => refusal.code === 'slot-held' && refusal.freeAgainAt.getTime() === addMinutes(ctx.now, 5).getTime())).toHaveLength(49);
    expect(await audits('slot.hold-refused', slot.id)).toHaveLength(49);
    expect(await audits('slot.held', slot.id)).toHaveLength(1);
  });

  test('one call in ten tabs holds ten slots at once: it ends with exactly one', async () => {
    const ctx = await aHandler();
    const call = await aCall(ctx);
    const slots = await freeSlotsInARow(10);
    const outcomes = await Promise.all(slots.map((slot) => holdSlot(ctx, { callId: call.id, slotId: slot.id })));
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(10);
    expect(await db.slot.count({ where: { heldByCall: call.id } })).toBe(1);
  });

  test('a call never ends with two holds: letting the former one go waits for a rival that has just lost it', async () => {
    const ctx = await aHandler();
    const { call, slot: former } = await aHeldSlot(ctx);
    const wanted = await aFreeSlot();
    let letGoOfRow: () => void = () => undefined;
    const rivalIsDone = new Promise<void>((resolve) => (letGoOfRow = resolve));
    // A claim that found the slot held keeps its row locked until its transaction ends.
    const rival = db.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT id FROM slot WHERE id = ${former.id}::uuid FOR UPDATE`;
      const holding = holdSlot(ctx, { callId: call.id, slotId: wanted.id });
      await untilSomebodyWaits();
      return { holding, end: letGoOfRow() };
    });
    await rivalIsDone;
    const { holding } = await rival;
    expect(await holding).toMatchObject({ ok: true });
    expect([await holderOf(former.id), await holderOf(wanted.id)]).toEqual([null, call.id]);
  });

  test('pairs of calls that swap their run-out holds do not wait for each other in a circle', async () => {
    const ctx = await aHandler();
    const pairs = await Promise.all(Array.from({ length: 8 }, () => Promise.all([aHeldSlot(ctx), aHeldSlot(ctx)])));
    const soon = later(ctx, 6);
    const swaps = pairs.flatMap(([one, other]) => [
      holdSlot(soon, { callId: one.call.id, slotId: other.slot.id }),
      holdSlot(soon, { callId: other.call.id, slotId: one.slot.id }),
    ]);
    expect((await Promise.all(swaps)).filter((outcome) => outcome.ok)).toHaveLength(16);
  });
});

/** Returns once a statement of this database waits for a lock; fails when none ever does. */
async function untilSomebodyWaits(): Promise<void> {
  for (let look = 0; look < 5_000; look += 1) {
    const waiting = await db.$queryRaw<unknown[]>`SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    if (waiting.length > 0) return;
  }
  throw new Error('nobody waits for a lock');
}
