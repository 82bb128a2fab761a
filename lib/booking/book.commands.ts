import { randomBytes } from 'node:crypto';
import type { Ctx } from '@/lib/auth/actor';
import { hasPermission, requirePermission } from '@/lib/auth/permissions';
import { withAlternatives } from '@/lib/booking/alternatives.queries';
import { bookedAlready, earlierBooking, type Booked } from '@/lib/booking/booked.queries';
import { claim, type Claim } from '@/lib/booking/claim.commands';
import { offerFor } from '@/lib/booking/offer.queries';
import { overlapOf } from '@/lib/booking/overlap.queries';
import { REFERENCE_BYTES, referenceFrom } from '@/lib/booking/reference.rules';
import { recordRefusal } from '@/lib/booking/refusal.commands';
import { decideBooking } from '@/lib/booking/rules';
import type { BookingRequest } from '@/lib/booking/schema';
import { decideTimeframe } from '@/lib/booking/timeframe.rules';
import { canMove } from '@/lib/booking/transitions.rules';
import { db } from '@/lib/platform/db';
import type { Refusal } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { ok, refuse, type Result } from '@/lib/platform/result';

/** How often a lost claim is decided anew. Once explains a loss; more are only for references that are taken. */
const ATTEMPTS = 5;

/**
 * Books the slot that a call holds for its patient. The same request id gets the first answer again, however often it is sent.
 *
 * Refuses with `call-not-found`, `call-already-booked`, `slot-not-found`, `service-not-bookable`, `slot-in-past`,
 * `slot-withdrawn`, `slot-taken`, `slot-held`, `hold-expired`, `approval-needed`, `notice-needed` or `patient-overlap`.
 * Every refusal is audited. Throws ForbiddenError without `appointment:book`.
 */
export async function bookAppointment(ctx: Ctx, request: BookingRequest): Promise<Result<Booked, Refusal>> {
  requirePermission(ctx.actor, 'appointment:book');

  const outcome = await attempt(ctx, request, ATTEMPTS);
  if (!outcome.ok) {
    const { callId, slotId } = request;
    await recordRefusal(ctx, { type: 'appointment.refused', kind: 'booking-refused', callId, slotId, refusal: outcome.error });
  }
  return outcome;
}

async function attempt(ctx: Ctx, request: BookingRequest, attemptsLeft: number): Promise<Result<Booked, Refusal>> {
  const offer = await offerFor(db, ctx, request);
  if (!offer) return refuse({ code: 'call-not-found' });
  if (!canMove('call', offer.call.state, 'booked')) return afterwards(ctx, request);
  const { slot, call } = offer;
  if (!slot) return refuse({ code: 'slot-not-found' });
  if (!slot.service.isBookable) return refuse({ code: 'service-not-bookable', serviceName: slot.service.name });

  const bookable = decideBooking(slot, request.callId, ctx.now);
  if (!bookable.ok) return refuse(await withAlternatives(ctx, { ...offer, slot }, bookable.error));
  const isClinician = hasPermission(ctx.actor, 'appointment:book-outside-timeframe');
  const timeframe = decideTimeframe({ startsAt: slot.startsAt, dueAt: call.dueAt, disposition: call.disposition, isClinician }, request);
  if (!timeframe.ok) return timeframe;

  const claimed = { appointmentId: newId(), reference: referenceFrom(randomBytes(REFERENCE_BYTES)), offer: { ...offer, slot }, request, timeframe: timeframe.value };
  return settle(ctx, claimed, attemptsLeft - 1);
}

async function settle(ctx: Ctx, claimed: Claim, attemptsLeft: number): Promise<Result<Booked, Refusal>> {
  const { appointmentId, reference, offer, request } = claimed;
  const outcome = await claim(ctx, claimed);
  switch (outcome) {
    case 'won':
      return ok({ appointmentId, reference, bookedAt: ctx.now, isRepeat: false });
    case 'inbound_request_pkey':
    case 'appointment_one_live_per_call':
      return afterwards(ctx, request);
    case 'appointment_one_live_per_slot':
      return refuse(await withAlternatives(ctx, offer, { code: 'slot-taken', startsAt: offer.slot.startsAt }));
    case 'appointment_no_overlap': {
      const overlap = await overlapOf(offer);
      return overlap ? refuse(overlap) : again(ctx, request, attemptsLeft);
    }
    case 'appointment_reference_key':
    case 'lost':
      return again(ctx, request, attemptsLeft);
  }
}

async function again(ctx: Ctx, request: BookingRequest, attemptsLeft: number): Promise<Result<Booked, Refusal>> {
  if (attemptsLeft === 0) throw new Error('a booking was neither possible nor refused');
  return attempt(ctx, request, attemptsLeft);
}

/** The call has led to a booking: by this very request, whose answer is given again, or by another. */
async function afterwards(ctx: Ctx, request: BookingRequest): Promise<Result<Booked, Refusal>> {
  const earlier = await earlierBooking(ctx, request.requestId);
  if (earlier) return ok(earlier);
  return refuse((await bookedAlready(db, request.callId)) ?? { code: 'call-not-found' });
}
