import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import type { Booked } from '@/lib/booking/booked.queries';
import { requireChoices } from '@/lib/booking/choices.queries';
import { offerFor } from '@/lib/booking/offer.queries';
import { decideHandler, decideNotEnded } from '@/lib/booking/offer.rules';
import { recordRefusal } from '@/lib/booking/refusal.commands';
import type { BookingRequest } from '@/lib/booking/schema';
import { afterwards, settle, untilSettled } from '@/lib/booking/settle.commands';
import { db } from '@/lib/platform/db';
import type { Refusal } from '@/lib/platform/errors';
import { refuse, type Result } from '@/lib/platform/result';

/**
 * Books the slot that a call holds for its patient, and sends the referral with it. About each other appointment of the patient that meets
 * it the request must say what becomes of it: kept beside, moved to this slot, or cancelled as well, all in the one
 * transaction of the booking. The same request id gets the first answer again, however often it is sent.
 *
 * Refuses with `call-not-found`, `call-ended`, `call-with-colleague`, `call-already-booked`, `patient-deceased`,
 * `contacts-without-primary`, `slot-not-found`, `organisation-refused`, `service-not-bookable`, `service-not-suitable`, `slot-in-past`,
 * `slot-withdrawn`, `slot-taken`, `slot-held`, `hold-expired`, `approval-needed`, `approver-is-self`,
 * `approver-not-clinician`, `notice-needed`, `guard-choice-needed`, `guard-two-moves` or `patient-overlap`. When another has the slot and the
 * call holds nothing, the nearest is held at once. Every refusal is audited. Throws ForbiddenError without `appointment:book`, or what a
 * choice needs.
 */
export async function bookAppointment(ctx: Ctx, request: BookingRequest): Promise<Result<Booked, Refusal>> {
  requirePermission(ctx.actor, 'appointment:book');
  requireChoices(ctx.actor, request.choices);

  const outcome = await untilSettled(() => attempt(ctx, request));
  if (!outcome.ok) {
    const { callId, slotId } = request;
    await recordRefusal(ctx, { type: 'appointment.refused', kind: 'booking-refused', callId, slotId, refusal: outcome.error });
  }
  return outcome;
}

async function attempt(ctx: Ctx, request: BookingRequest) {
  const offer = await offerFor(db, ctx, request);
  if (!offer) return refuse({ code: 'call-not-found' });
  const open = decideNotEnded(offer.call);
  if (!open.ok) return open;
  const mine = decideHandler(offer.call, ctx.actor.id);
  if (!mine.ok) return mine;
  return offer.call.state === 'booked' ? afterwards(ctx, { method: 'book', request }) : settle(ctx, { method: 'book', offer, request, replaces: null });
}
