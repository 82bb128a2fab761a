import { describe, expect, test } from 'vitest';
import { bookAppointment } from '@/lib/booking/book.commands';
import { extendHold, holdSlot, letGo } from '@/lib/booking/hold.commands';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { addMinutes } from '@/lib/platform/time';
import { anAppointment } from '@/prisma/factories/appointment';
import { aBookingRequest, aCall, aHeldSlot } from '@/prisma/factories/call';
import { aService } from '@/prisma/factories/service';
import { servicesShown } from '@/prisma/factories/shown';
import { aFreeSlot, freeSlotsInARow } from '@/prisma/factories/slot';
import { A_TUESDAY_AT_TEN, aHandler, later } from '@/prisma/factories/staff';
import { untilSomebodyWaits } from '@/scripts/test-support/waiting';

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
      value: { id: slot.id, state: 'mine', heldUntil: addMinutes(ctx.now, 7), canExtend: true, channel: null, serviceName: service.name, handlerInstructions: 'Ask for the medicines list', minutesOver: 0 },
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
  });

  test('the reasons for passing over the services above are kept with the hold (D-052), and wanted once', async () => {
    const ctx = await aHandler();
    const { id: callId } = await aCall(ctx);
    const above = await aService();
    const [slot, next] = await freeSlotsInARow(2);
    await servicesShown(ctx, callId, [above, { id: slot?.serviceId ?? '' }]);

    const refused = await holdSlot(ctx, { callId, slotId: slot?.id ?? '' });
    expect(refused).toEqual({ ok: false, error: { code: 'skip-reason-needed', services: [{ id: above.id, name: above.name }] } });
    expect(await holdSlot(ctx, { callId, slotId: slot?.id ?? '', skips: [{ serviceId: above.id, reasonId: 31, comment: '' }] })).toMatchObject({ ok: true });
    expect(await holdSlot(ctx, { callId, slotId: next?.id ?? '' })).toMatchObject({ ok: true });
    expect(await db.callSkip.findMany({ where: { callId } })).toMatchObject([{ serviceId: above.id, reasonId: 31 }]);
  });

  test('a call that has led to an appointment holds another slot, to move it; no more once it has begun', async () => {
    const ctx = await aHandler();
    const { callId } = await anAppointment(ctx);
    const [slot, other] = await freeSlotsInARow(2, { startsAt: addMinutes(ctx.now, 90) });
    expect(await holdSlot(ctx, { callId: callId ?? '', slotId: slot?.id ?? '' })).toMatchObject({ ok: true, value: { id: slot?.id } });
    expect(await letGo(ctx, { callId: callId ?? '' })).toMatchObject({ ok: true, value: { slotId: slot?.id } });
    expect(await holdSlot(later(ctx, 60), { callId: callId ?? '', slotId: other?.id ?? '' })).toMatchObject({ error: { code: 'call-already-booked' } });
  });
});

describe('extending a hold', () => {
  test('once, by the minutes of the service on top of the present end, and audit and call record tell so', async () => {
    const ctx = await aHandler();
    const { call, slot } = await aHeldSlot(ctx);
    const until = addMinutes(ctx.now, 10);
    expect(await extendHold(later(ctx, 4), { callId: call.id })).toMatchObject({ ok: true, value: { id: slot.id, heldUntil: until, canExtend: false } });
    expect(await audits('slot.hold-extended', slot.id)).toMatchObject([{ actorId: ctx.actor.id, detail: { callId: call.id, heldUntil: until.toISOString() } }]);
    expect(await db.callEvent.findMany({ where: { callId: call.id } })).toMatchObject([{ kind: 'slot-hold-extended', body: { slotId: slot.id } }]);

    expect(await extendHold(later(ctx, 5), { callId: call.id })).toEqual({ ok: false, error: { code: 'hold-already-extended', heldUntil: until } });
    expect(await audits('slot.extend-refused', call.id)).toMatchObject([{ detail: { code: 'hold-already-extended' } }]);
  });

  test('the booking of an extended hold goes through after its first end', async () => {
    const ctx = await aHandler();
    const { call, slot } = await aHeldSlot(ctx);
    await extendHold(ctx, { callId: call.id });
    expect(await bookAppointment(later(ctx, 9), aBookingRequest(call.id, slot.id))).toMatchObject({ ok: true });
  });

  test('a hold taken anew can be extended anew: after another, after letting go, and after it ran out', async () => {
    const ctx = await aHandler();
    const { id: callId } = await aCall(ctx);
    const [one, two] = await freeSlotsInARow(2);
    const holdAndExtend = async (slotId: string | undefined, minutes: number) => {
      await holdSlot(later(ctx, minutes), { callId, slotId: slotId ?? '' });
      return extendHold(later(ctx, minutes), { callId });
    };
    expect(await holdAndExtend(one?.id, 0)).toMatchObject({ ok: true });
    expect(await holdAndExtend(two?.id, 1)).toMatchObject({ ok: true });
    await letGo(later(ctx, 2), { callId });
    expect(await holdAndExtend(two?.id, 3)).toMatchObject({ ok: true });
    expect(await holdAndExtend(two?.id, 30)).toMatchObject({ ok: true, value: { heldUntil: addMinutes(ctx.now, 40) } });
  });

  test('hold-missing when it has run out, at the very instant, or was never there', async () => {
    const ctx = await aHandler();
    const { call } = await aHeldSlot(ctx);
    expect(await extendHold(later(ctx, 5), { callId: call.id })).toEqual({ ok: false, error: { code: 'hold-missing' } });
    expect(await extendHold(ctx, { callId: (await aCall(ctx)).id })).toEqual({ ok: false, error: { code: 'hold-missing' } });
  });

  test('ten clicks at once extend it once', async () => {
    const ctx = await aHandler();
    const { call, slot } = await aHeldSlot(ctx);
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => extendHold(ctx, { callId: call.id })));
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect((await db.slot.findUniqueOrThrow({ where: { id: slot.id } })).heldUntil).toEqual(addMinutes(ctx.now, 10));
  });
});

describe('a hold is refused, audited, and the former hold stands', () => {
  test.each([
    ['slot-in-past', { startsAt: A_TUESDAY_AT_TEN }],
    ['slot-withdrawn', { status: 'withdrawn' }],
    ['slot-kept-back', { keptBackUntil: addMinutes(A_TUESDAY_AT_TEN, 1) }],
    ['slot-not-open-yet', { offeredFrom: addMinutes(A_TUESDAY_AT_TEN, 1) }],
    ['slot-notice-passed', { offeredUntil: addMinutes(A_TUESDAY_AT_TEN, -1) }],
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

  test('slot-held tells when it is free again, and what is held instead (U-074)', async () => {
    const ctx = await aHandler();
    const [slot, next] = await freeSlotsInARow(2);
    const until = addMinutes(ctx.now, 3);
    await db.slot.update({ where: { id: slot?.id ?? '' }, data: { heldByCall: newId(), heldUntil: until } });
    const outcome = await holdSlot(ctx, { callId: (await aCall(ctx)).id, slotId: slot?.id ?? '' });
    expect(outcome).toMatchObject({ error: { code: 'slot-held', freeAgainAt: until, alternatives: { here: [], held: { slotId: next?.id } } } });
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

  test('B-114: organisation-refused where the service takes no bookings from the organisation of the handler', async () => {
    const ctx = await aHandler();
    const { code, name: organisation } = ctx.actor.organisation;
    const slot = await aFreeSlot();
    const { name } = await db.service.update({ where: { id: slot.serviceId }, data: { refusesFrom: [code] } });
    expect(await holdSlot(ctx, { callId: (await aCall(ctx)).id, slotId: slot.id })).toEqual({ ok: false, error: { code: 'organisation-refused', serviceName: name, organisation, what: 'book' } });
  });

  test('service-not-suitable for a patient whom the service does not take, patient-deceased for one who has died', async () => {
    const ctx = await aHandler();
    const { id: callId, patientId } = await aCall(ctx);
    const service = await aService({ ages: [{ daysFrom: 0, daysTo: 5843 }] });
    const slot = await aFreeSlot({ serviceId: service.id });
    expect(await holdSlot(ctx, { callId, slotId: slot.id })).toEqual({ ok: false, error: { code: 'service-not-suitable', serviceName: service.name, check: 'age' } });
    await db.patient.update({ where: { id: patientId }, data: { deceasedOn: new Date('2026-11-01') } });
    expect(await holdSlot(ctx, { callId, slotId: slot.id })).toEqual({ ok: false, error: { code: 'patient-deceased' } });
    expect(await audits('slot.hold-refused', slot.id)).toHaveLength(2);
  });

  test('whoever does not have the call, and after its end everybody, is refused: to hold, to extend and to let go', async () => {
    const ctx = await aHandler({ name: 'Asha Handler' });
    const { call, slot } = await aHeldSlot(ctx);
    const ask = { callId: call.id, slotId: slot.id };
    const everything = async (who: typeof ctx, callId = call.id) => (await Promise.all([holdSlot(who, { ...ask, callId }), extendHold(who, { callId }), letGo(who, { callId })])).map((outcome) => (outcome.ok ? null : outcome.error));

    const colleague = await aHandler({ organisationCode: ctx.actor.organisation.code });
    expect(await everything(colleague)).toEqual(Array(3).fill({ code: 'call-with-colleague', handlerName: 'Asha Handler' }));
    expect(await everything(await aHandler())).toEqual(Array(3).fill({ code: 'call-not-found' }));
    expect(await everything(ctx, 'made-up')).toEqual(Array(3).fill({ code: 'call-not-found' }));
    expect([await audits('slot.extend-refused', call.id), await audits('call.refused', call.id)]).toMatchObject([[{}, {}], [{}, {}]]);

    await db.call.update({ where: { id: call.id }, data: { state: 'closed', endedAt: ctx.now, closeReason: 'other' } });
    expect(await everything(ctx)).toEqual(Array(3).fill({ code: 'call-ended', state: 'closed', endedAt: ctx.now }));
    expect(await holderOf(slot.id)).toBe(call.id);
  });

  test('an auditor may neither hold nor extend nor let go', async () => {
    const ctx = await aHandler({ role: 'auditor' });
    const { id: callId } = await aCall(ctx);
    await expect(holdSlot(ctx, { callId, slotId: newId() })).rejects.toThrow(ForbiddenError);
    await expect(letGo(ctx, { callId })).rejects.toThrow(ForbiddenError);
    await expect(extendHold(ctx, { callId })).rejects.toThrow(ForbiddenError);
  });
});

describe('the loser of a race', () => {
  /** Slots in a row at one service, the wanted one in the middle of them held by another. */
  async function aLostSlot(count: number) {
    const ctx = await aHandler();
    const slots = await freeSlotsInARow(count);
    const wanted = slots[Math.floor(count / 2)];
    if (!wanted) throw new Error('no slot to lose');
    await db.slot.update({ where: { id: wanted.id }, data: { heldByCall: newId(), heldUntil: addMinutes(ctx.now, 5) } });
    return { ctx, slots, wanted, call: await aCall(ctx) };
  }

  test('gets the nearest held at once, the earlier of two, and two more to choose from (U-074)', async () => {
    const { ctx, slots, wanted, call } = await aLostSlot(5);
    const outcome = await holdSlot(ctx, { callId: call.id, slotId: wanted.id });
    const [, before, , after, last] = slots;
    expect(outcome).toMatchObject({
      error: { code: 'slot-held', alternatives: { held: { slotId: before?.id, startsAt: before?.startsAt }, here: [{ slotId: slots[0]?.id }, { slotId: after?.id }] } },
    });
    expect([await holderOf(before?.id ?? ''), await holderOf(last?.id ?? '')]).toEqual([call.id, null]);
    expect(await db.callEvent.findMany({ where: { callId: call.id, kind: 'slot-held' } })).toMatchObject([{ body: { slotId: before?.id, insteadOf: wanted.id } }]);
    expect(await audits('slot.held', before?.id ?? '')).toMatchObject([{ detail: { insteadOf: wanted.id } }]);
  });

  test('keeps the slot that it held before, and gets no other', async () => {
    const { ctx, wanted } = await aLostSlot(3);
    const { call, slot } = await aHeldSlot(ctx);
    expect(await holdSlot(ctx, { callId: call.id, slotId: wanted.id })).toMatchObject({ error: { code: 'slot-held', alternatives: { held: null, here: [{}, {}] } } });
    expect(await db.slot.findMany({ where: { heldByCall: call.id } })).toMatchObject([{ id: slot.id }]);
  });

  test('gets one in time before a nearer one after the due time', async () => {
    const { ctx, wanted, call } = await aLostSlot(1);
    await db.call.update({ where: { id: call.id }, data: { dueAt: addMinutes(wanted.startsAt, 5) } });
    const after = await aFreeSlot({ serviceId: wanted.serviceId, startsAt: addMinutes(wanted.startsAt, 10) });
    const inTime = await aFreeSlot({ serviceId: wanted.serviceId, startsAt: addMinutes(wanted.startsAt, -40) });
    expect(await holdSlot(ctx, { callId: call.id, slotId: wanted.id })).toMatchObject({ error: { alternatives: { held: { slotId: inTime.id }, here: [] } } });
    expect(await holderOf(after.id)).toBeNull();
  });

  test('keeps its reasons for passing over services with the hold that it gets instead (D-052)', async () => {
    const { ctx, wanted, call } = await aLostSlot(3);
    const above = await aService();
    await servicesShown(ctx, call.id, [above, { id: wanted.serviceId }]);
    const ask = { callId: call.id, slotId: wanted.id };
    expect(await holdSlot(ctx, ask)).toMatchObject({ error: { code: 'skip-reason-needed' } });
    expect(await db.slot.count({ where: { heldByCall: call.id } })).toBe(0);
    await holdSlot(ctx, { ...ask, skips: [{ serviceId: above.id, reasonId: 42, comment: '' }] });
    expect(await db.slot.count({ where: { heldByCall: call.id } })).toBe(1);
    expect(await db.callSkip.findMany({ where: { callId: call.id } })).toMatchObject([{ serviceId: above.id, reasonId: 42 }]);
  });

  test('of a booking, whose hold ran out and was taken over, is told so and gets the nearest as well (U-071, U-074)', async () => {
    const ctx = await aHandler();
    const { call, slot, request } = await aHeldSlot(ctx);
    const next = await aFreeSlot({ serviceId: slot.serviceId, startsAt: addMinutes(slot.startsAt, 10) });
    await holdSlot(later(ctx, 5), { callId: (await aCall(ctx)).id, slotId: slot.id });
    expect(await bookAppointment(later(ctx, 6), request)).toMatchObject({ error: { code: 'slot-held', alternatives: { held: { slotId: next.id } } } });
    expect(await holderOf(next.id)).toBe(call.id);
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

  test('ten calls race for one of ten slots: one holds it, and each of the nine others holds another of its own', async () => {
    const slots = await freeSlotsInARow(10);
    const [wanted] = slots;
    const asked = await Promise.all(slots.map(async () => {
      const ctx = await aHandler();
      return { ctx, callId: (await aCall(ctx)).id };
    }));
    const outcomes = await Promise.all(asked.map(({ ctx, callId }) => holdSlot(ctx, { callId, slotId: wanted?.id ?? '' })));

    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
    const instead = outcomes.flatMap((outcome) => (!outcome.ok && outcome.error.code === 'slot-held' ? [outcome.error.alternatives.held?.slotId] : []));
    expect(new Set(instead)).toEqual(new Set(slots.slice(1).map(({ id }) => id)));
    const holders = (await db.slot.findMany({ where: { id: { in: slots.map(({ id }) => id) } } })).map(({ heldByCall }) => heldByCall);
    expect(new Set(holders)).toEqual(new Set(asked.map(({ callId }) => callId)));
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
