import { record } from '@/lib/audit/record';
import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { withAlternatives } from '@/lib/booking/alternatives.queries';
import { bookedAlready } from '@/lib/booking/booked.queries';
import { offerFor, type Offer } from '@/lib/booking/offer.queries';
import { recordRefusal } from '@/lib/booking/refusal.commands';
import { decideHold, isHeldBy, type SlotRefusal } from '@/lib/booking/rules';
import { isId, type HeldSlot, type HoldRequest } from '@/lib/booking/schema';
import { freeFor, heldSlotOf } from '@/lib/booking/slots.queries';
import { canMove } from '@/lib/booking/transitions.rules';
import { type Tx } from '@/lib/platform/db';
import type { Refusal, RefusalOf } from '@/lib/platform/errors';
import { ok, refuse, type Result } from '@/lib/platform/result';
import { addMinutes } from '@/lib/platform/time';
import { transact } from '@/lib/platform/transact';

/** A slot refusal on its way out of the transaction, with the offer that alternatives are looked for. */
type Lost = { offer: Offer & { slot: NonNullable<Offer['slot']> }; refusal: SlotRefusal };
type LetGo = Result<{ slotId: string | null }, RefusalOf<'call-not-found'>>;
type HoldFault = { told: Refusal } | { lost: Lost };

/**
 * Holds a slot for a call, for as many minutes as its service says, and lets go of the one it held before, in one
 * transaction. Holding the slot that it already holds changes nothing: a double click does not extend.
 *
 * Refuses with `call-not-found`, `call-already-booked`, `slot-not-found`, `slot-in-past`, `slot-withdrawn`, `slot-taken`,
 * `slot-held` or `service-not-bookable`; the former hold then stands. Every refusal is audited. Throws ForbiddenError
 * without `slot:hold`.
 */
export async function holdSlot(ctx: Ctx, request: HoldRequest): Promise<Result<HeldSlot, Refusal>> {
  requirePermission(ctx.actor, 'slot:hold');

  const outcome = await transact((tx) => hold(tx, ctx, request));
  if (outcome.ok) return outcome;

  const fault = outcome.error;
  const refusal = 'told' in fault ? fault.told : await withAlternatives(ctx, fault.lost.offer, fault.lost.refusal);
  await recordRefusal(ctx, { type: 'slot.hold-refused', kind: 'hold-refused', ...request, refusal });
  return refuse(refusal);
}

/**
 * Lets go of whatever slot the call holds; holding none is no fault. Refuses with `call-not-found`. Throws ForbiddenError
 * without `slot:hold`.
 */
export async function letGo(ctx: Ctx, { callId }: { callId: string }): Promise<LetGo> {
  requirePermission(ctx.actor, 'slot:hold');

  return transact(async (tx): Promise<LetGo> => {
    if (!(await lockCall(tx, ctx, callId))) return refuse({ code: 'call-not-found' });
    const [released] = await releaseHolds(tx, { callId, now: ctx.now, except: null });
    if (!released) return ok({ slotId: null });
    await tx.callEvent.create({ data: { callId, at: ctx.now, kind: 'slot-let-go', body: { slotId: released.id } } });
    await record(tx, ctx, { type: 'slot.let-go', subject: released.id, detail: { callId } });
    return ok({ slotId: released.id });
  });
}

async function hold(tx: Tx, ctx: Ctx, { callId, slotId }: HoldRequest): Promise<Result<HeldSlot, HoldFault>> {
  // The call first, then the slot: the same order as a booking, so that the two never wait for each other in a circle.
  const isLocked = await lockCall(tx, ctx, callId);
  const offer = isLocked ? await offerFor(tx, ctx, { callId, slotId }) : null;
  if (!offer) return told({ code: 'call-not-found' });
  if (!canMove('call', offer.call.state, 'booked')) return told((await bookedAlready(tx, callId)) ?? { code: 'call-not-found' });
  const { slot } = offer;
  if (!slot) return told({ code: 'slot-not-found' });
  if (!slot.service.isBookable) return told({ code: 'service-not-bookable', serviceName: slot.service.name });
  const decided = decideHold(slot, callId, ctx.now);
  if (!decided.ok) return refuse({ lost: { offer: { ...offer, slot }, refusal: decided.error } });
  if (isHeldBy(slot, callId, ctx.now)) return held(tx, ctx, callId);

  const heldUntil = addMinutes(ctx.now, slot.service.holdMinutes);
  // The claim is the lock: of two concurrent requests, exactly one update finds the slot free.
  const claimed = await tx.slot.updateMany({
    where: { id: slotId, startsAt: { gt: ctx.now }, ...freeFor(callId, ctx.now) },
    data: { heldByCall: callId, heldUntil },
  });
  if (claimed.count === 0) return refuse({ lost: await whyLost(tx, ctx, { callId, slotId }) });

  const [former] = await releaseHolds(tx, { callId, now: ctx.now, except: slotId });
  const detail = { callId, slotId, serviceId: slot.service.id, heldUntil: heldUntil.toISOString(), released: former?.id ?? null };
  await tx.callEvent.create({ data: { callId, at: ctx.now, kind: 'slot-held', body: detail } });
  await record(tx, ctx, { type: 'slot.held', subject: slotId, detail });
  return held(tx, ctx, callId);
}

async function whyLost(tx: Tx, ctx: Ctx, request: HoldRequest): Promise<Lost> {
  const offer = await offerFor(tx, ctx, request);
  if (!offer?.slot) throw new Error('a slot or its call vanished during a hold');
  const { slot } = offer;
  const decided = decideHold(slot, request.callId, ctx.now);
  // Whoever won may have let go since; it was theirs when this call asked.
  const refusal: SlotRefusal = decided.ok ? { code: 'slot-taken', startsAt: slot.startsAt } : decided.error;
  return { offer: { ...offer, slot }, refusal };
}

async function held(tx: Tx, { now }: Ctx, callId: string): Promise<Result<HeldSlot, HoldFault>> {
  const slot = await heldSlotOf(tx, { callId, now });
  if (!slot) throw new Error('a slot just held is not held');
  return ok(slot);
}

async function lockCall(tx: Tx, { actor }: Ctx, callId: string): Promise<boolean> {
  if (!isId(callId)) return false;
  // Raw: the typed interface has no row locks.
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT id
    FROM call
    WHERE id = ${callId}::uuid AND organisation_code = ${actor.organisation.code}
    FOR NO KEY UPDATE`;
  return rows.length > 0;
}

// Waits for whoever has the row, even one whose claim of it was lost: skipped, it would leave this call with two holds. Two calls
// that take over each other's holds as these run out may wait in a circle; `transact` then tries one of them again.
function releaseHolds(tx: Tx, { callId, now, except }: { callId: string; now: Date; except: string | null }): Promise<{ id: string }[]> {
  return tx.slot.updateManyAndReturn({
    where: { heldByCall: callId, heldUntil: { gt: now }, ...(except ? { id: { not: except } } : {}) },
    data: { heldByCall: null, heldUntil: null },
    select: { id: true },
  });
}

function told(refusal: Refusal): { ok: false; error: HoldFault } {
  return { ok: false, error: { told: refusal } };
}
