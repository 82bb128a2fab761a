import { describe, expect, test } from 'vitest';
import type { Ctx } from '@/lib/auth/actor';
import { ruledBorder } from '@/lib/booking/border-decision.queries';
import { replacedFor } from '@/lib/booking/booked.queries';
import { claim, type Claim } from '@/lib/booking/claim.commands';
import { holdSlot } from '@/lib/booking/hold.commands';
import { offerFor } from '@/lib/booking/offer.queries';
import { referenceFrom } from '@/lib/booking/reference.rules';
import type { BookingRequest } from '@/lib/booking/schema';
import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { addMinutes } from '@/lib/platform/time';
import { anAgreement, GREATER_MANCHESTER } from '@/prisma/factories/agreement';
import { anAppointment } from '@/prisma/factories/appointment';
import { aBookingRequest, aCall, aHeldSlot } from '@/prisma/factories/call';
import { aService } from '@/prisma/factories/service';
import { aFreeSlot } from '@/prisma/factories/slot';
import { A_TUESDAY_AT_TEN, aHandler, later } from '@/prisma/factories/staff';

const NO_OTHERS: Claim['others'] = { chosen: [], replaces: null, cancels: [], keptBeside: [] };

/** A claim as it is when its offer has been read and every rule has said yes, and the world may still change. */
async function aReadyClaim(ctx: Ctx, request: BookingRequest): Promise<Claim> {
  const offer = await offerFor(db, ctx, request);
  if (!offer?.slot) throw new Error('no offer');
  const reference = referenceFrom(crypto.getRandomValues(new Uint8Array(6)));
  const ready = { ...offer, slot: offer.slot };
  const border = { decision: await ruledBorder(db, ready, []), approvalId: null };
  return { appointmentId: newId(), reference, offer: ready, request, timeframe: { ruleId: 'TF-01', minutesOver: 0 }, method: 'book', others: NO_OTHERS, border };
}

const auditsOf = (ctx: Ctx) => db.auditEvent.count({ where: { requestId: ctx.requestId } });

describe('what changed between the read and the claim', () => {
  test.each([
    ['the hold was taken over', { heldByCall: newId() }],
    ['the hold was let go', { heldByCall: null, heldUntil: null }],
    ['the hold ran out', { heldUntil: A_TUESDAY_AT_TEN }],
    ['the slot began', { startsAt: A_TUESDAY_AT_TEN }],
    ['the slot was withdrawn', { status: 'withdrawn', heldByCall: null, heldUntil: null }],
    ['the slot was booked', { status: 'busy', heldByCall: null, heldUntil: null }],
  ])('%s: the claim is lost and nothing is written', async (_what, changed) => {
    const ctx = await aHandler();
    const { slot, request } = await aHeldSlot(ctx);
    const ready = await aReadyClaim(ctx, request);
    await db.slot.update({ where: { id: slot.id }, data: changed });
    expect(await claim(ctx, ready)).toBe('lost');
    expect(await auditsOf(ctx)).toBe(0);
    expect(await db.appointment.count({ where: { slotId: slot.id } })).toBe(0);
  });

  test.each<[string, (call: { id: string; patientId: string }) => Promise<unknown>]>([
    ['the call ended', ({ id }) => db.call.update({ where: { id }, data: { state: 'closed', endedAt: A_TUESDAY_AT_TEN, closeReason: 'caller-gone' } })],
    ['the call was handed over', async ({ id }) => db.call.update({ where: { id }, data: { handlerId: (await aHandler()).actor.id } })],
    ['the patient was marked as deceased', ({ patientId: id }) => db.patient.update({ where: { id }, data: { deceasedOn: A_TUESDAY_AT_TEN } })],
  ])('%s: the claim is lost and nothing is written', async (_what, change) => {
    const ctx = await aHandler();
    const { call, request } = await aHeldSlot(ctx);
    const ready = await aReadyClaim(ctx, request);
    await change(call);
    expect(await claim(ctx, ready)).toBe('lost');
    expect(await auditsOf(ctx)).toBe(0);
  });
});

test.each([
  ['was cancelled', { status: 'cancelled', releasedAt: A_TUESDAY_AT_TEN }],
  ['was changed', { version: 2 }],
  ['had its patient arrive', { status: 'arrived' }],
  ['has begun', { startsAt: A_TUESDAY_AT_TEN }],
])('the appointment to replace %s between the read and the claim: the claim is lost and nothing is written', async (_what, changed) => {
  const ctx = await aHandler();
  const old = await anAppointment(ctx);
  const { slot, request } = await aHeldSlot(ctx, { call: { patientId: old.patientId }, slot: { startsAt: addMinutes(A_TUESDAY_AT_TEN, 90) } });
  const at = later(ctx, 0);
  const ready = { ...(await aReadyClaim(at, request)), others: { ...NO_OTHERS, replaces: await replacedFor(old.id) } };
  const now = await db.appointment.update({ where: { id: old.id }, data: changed });
  expect(await claim(at, ready)).toBe('lost');
  expect(await auditsOf(at)).toBe(0);
  expect(await db.appointment.findUniqueOrThrow({ where: { id: old.id } })).toEqual(now);
  expect(await db.slot.findUniqueOrThrow({ where: { id: slot.id } })).toMatchObject({ status: 'free', heldByCall: request.callId });
});

test('fifty calls, each of which held the slot when it looked, claim it at once: only the one that holds it now wins', async () => {
  const ctx = await aHandler();
  const slot = await aFreeSlot({ startsAt: addMinutes(A_TUESDAY_AT_TEN, 600) });
  const ready: { at: Ctx; claim: Claim }[] = [];
  for (let index = 0; index < 50; index += 1) {
    const at = later(ctx, index * 6);
    const { id: callId } = await aCall(ctx);
    await holdSlot(at, { callId, slotId: slot.id });
    ready.push({ at, claim: await aReadyClaim(at, aBookingRequest(callId, slot.id)) });
  }
  const outcomes = await Promise.all(ready.map((each) => claim(each.at, each.claim)));
  expect(outcomes.slice(0, -1).filter((outcome) => outcome === 'lost')).toHaveLength(49);
  expect(outcomes.at(-1)).toBe('won');
});

test('fifty claims of one call for one slot at once: one wins, forty-nine are lost before any constraint is hit', async () => {
  const ctx = await aHandler();
  const { slot, request } = await aHeldSlot(ctx);
  const ready = await Promise.all(Array.from({ length: 50 }, () => aReadyClaim(ctx, { ...request, requestId: newId() })));
  const outcomes = await Promise.all(ready.map((each) => claim(ctx, each)));
  expect(outcomes.filter((outcome) => outcome === 'won')).toHaveLength(1);
  expect(outcomes.filter((outcome) => outcome === 'lost')).toHaveLength(49);
  expect(await db.appointment.count({ where: { slotId: slot.id } })).toBe(1);
});

test('a claim that loses its slot leaves the quota of its agreement as it was, and so does the loser of two claims for the last place', async () => {
  const ctx = await aHandler();
  const service = await aService({ icbCode: GREATER_MANCHESTER });
  const agreement = await anAgreement({ serviceId: service.id, dailyQuota: 1, pricePence: 1_000, noshowPence: 0 });
  const aCross = async () => {
    const { slot, request } = await aHeldSlot(ctx, { slot: { serviceId: service.id } });
    return { slot, ready: await aReadyClaim(ctx, request) };
  };
  const [lost, ...rivals] = [await aCross(), await aCross(), await aCross()];
  await db.slot.update({ where: { id: lost.slot.id }, data: { heldByCall: newId() } });
  expect(await claim(ctx, lost.ready)).toBe('lost');
  expect(await db.agreementQuota.count({ where: { agreementId: agreement.id } })).toBe(0);

  const outcomes = await Promise.all(rivals.map(({ ready }) => claim(ctx, ready)));
  expect(outcomes.toSorted()).toEqual(['lost', 'won']);
  expect(await db.agreementQuota.findMany({ where: { agreementId: agreement.id } })).toMatchObject([{ used: 1, quota: 1 }]);
  expect(await db.borderDecision.count({ where: { ruleId: agreement.id } })).toBe(1);
});

test('a reference that is taken is told as such, and nothing of that claim is left', async () => {
  const ctx = await aHandler();
  const first = await aReadyClaim(ctx, (await aHeldSlot(ctx)).request);
  expect(await claim(ctx, first)).toBe('won');
  const other = await aHeldSlot(ctx);
  const second = { ...(await aReadyClaim(ctx, other.request)), reference: first.reference };
  expect(await claim(ctx, second)).toBe('appointment_reference_key');
  expect(await db.slot.findUniqueOrThrow({ where: { id: other.slot.id } })).toMatchObject({ status: 'free', heldByCall: other.call.id });
});
