import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { bookedAlready, earlierBooking, replacedFor, type Booked, type Replaced } from '@/lib/booking/booked.queries';
import { requireChoices } from '@/lib/booking/choices.queries';
import { offerFor, type Offer } from '@/lib/booking/offer.queries';
import { decideHandler, decideNotEnded } from '@/lib/booking/offer.rules';
import { recordRefusal } from '@/lib/booking/refusal.commands';
import { decideChange } from '@/lib/booking/rules';
import type { MoveRequest } from '@/lib/booking/schema';
import { decideSeal } from '@/lib/booking/seal.queries';
import { settle, untilSettled } from '@/lib/booking/settle.commands';
import { db } from '@/lib/platform/db';
import type { Refusal } from '@/lib/platform/errors';
import { ok, refuse, type Result } from '@/lib/platform/result';

/**
 * Books the slot that a call holds instead of an appointment of its patient, in one statement: the old one stands until the new
 * one is made, and on any refusal it stands as it was (U-113, U-114). In the call that booked it this is a move inside the
 * encounter; otherwise a new call assesses the patient again (U-115). The same request id gets the first answer again.
 *
 * Refuses with `call-not-found`, `call-ended`, `call-with-colleague`, `appointment-not-found`, `appointment-sealed`, `appointment-other-patient`,
 * `call-already-booked` (by another appointment than the one to move), `appointment-already-cancelled`, `appointment-in-past`,
 * `appointment-changed`, `appointment-cannot-become`, `move-to-same-slot`, and with everything from `patient-deceased` on that
 * `bookAppointment` refuses with: the guard asks about the patient's other appointments here too, which can be kept or cancelled. Every
 * refusal is audited. Throws ForbiddenError without `appointment:move`, or what a choice needs.
 */
export async function moveAppointment(ctx: Ctx, request: MoveRequest): Promise<Result<Booked, Refusal>> {
  requirePermission(ctx.actor, 'appointment:move');
  requireChoices(ctx.actor, request.choices);

  const outcome = await untilSettled(() => attempt(ctx, request));
  if (!outcome.ok) {
    const { callId, slotId } = request;
    await recordRefusal(ctx, { type: 'appointment.move-refused', kind: 'move-refused', callId, slotId, refusal: outcome.error });
  }
  return outcome;
}

async function attempt(ctx: Ctx, request: MoveRequest) {
  const { requestId, movesId } = request;
  const [offer, replaces] = await Promise.all([offerFor(db, ctx, request), replacedFor(movesId)]);
  // Read after them: a slot that is taken, or an appointment that was moved, by this very request meanwhile is then found to be its own.
  const earlier = await earlierBooking(ctx, { method: 'move', requestId });
  if (!offer) return refuse({ code: 'call-not-found' });
  const open = decideNotEnded(offer.call);
  if (!open.ok) return open;
  const mine = decideHandler(offer.call, ctx.actor.id);
  if (!mine.ok) return mine;
  if (earlier) return ok(earlier);
  if (!replaces) return refuse({ code: 'appointment-not-found' });
  const movable = await decideReplaced(ctx, { offer, replaces, request });
  return movable.ok ? settle(ctx, { method: 'move', offer, request, replaces }) : movable;
}

async function decideReplaced(ctx: Ctx, { offer, replaces, request }: { offer: Offer; replaces: Replaced; request: MoveRequest }): Promise<Result<null, Refusal>> {
  const { call, patient } = offer;
  const open = await decideSeal(ctx, replaces.id);
  if (!open.ok) return open;
  if (replaces.patientId === patient.id && call.state === 'booked' && replaces.callId !== call.id) {
    return refuse((await bookedAlready(db, call.id)) ?? { code: 'call-not-found' });
  }
  const decided = decideChange(replaces, { method: 'move', patientId: patient.id, version: request.movesVersion }, ctx.now);
  if (!decided.ok) return decided;
  return replaces.slotId === request.slotId ? refuse({ code: 'move-to-same-slot', startsAt: replaces.startsAt }) : ok(null);
}
