import { randomBytes } from 'node:crypto';
import type { Ctx } from '@/lib/auth/actor';
import { hasPermission } from '@/lib/auth/permissions';
import { approverOf } from '@/lib/booking/approver.queries';
import { bookedAlready, earlierBooking, type Booked, type Replaced } from '@/lib/booking/booked.queries';
import { claim, type Claim } from '@/lib/booking/claim.commands';
import { holdNearest } from '@/lib/booking/hold.commands';
import type { Offer, SlotOffer } from '@/lib/booking/offer.queries';
import { decidePatient, decideService } from '@/lib/booking/offer.rules';
import { overlapOf } from '@/lib/booking/overlap.queries';
import { REFERENCE_BYTES, referenceFrom } from '@/lib/booking/reference.rules';
import { decideBooking } from '@/lib/booking/rules';
import type { BookingRequest } from '@/lib/booking/schema';
import { decideTimeframe, type TimeframeDecision } from '@/lib/booking/timeframe.rules';
import { db } from '@/lib/platform/db';
import type { Refusal } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { ok, refuse, type Result } from '@/lib/platform/result';

/** A booking, or a move when it replaces an appointment, in a call that may book. */
type Asked = { offer: Offer; request: BookingRequest; replaces: Replaced | null };

/** What was decided; or `again`, when the world changed between the decision and the claim. */
export type Settled<Value = Booked> = Result<Value, Refusal> | 'again';

/** How often a lost claim is decided anew. Once explains a loss; more are only for references that are taken. */
const ATTEMPTS = 5;

/** Decides anew as long as the world changes in between. Throws when it never stands still. */
export async function untilSettled<Value>(attempt: () => Promise<Settled<Value>>): Promise<Result<Value, Refusal>> {
  for (let attempts = 0; attempts < ATTEMPTS; attempts += 1) {
    const outcome = await attempt();
    if (outcome !== 'again') return outcome;
  }
  throw new Error('a booking was neither possible nor refused');
}

/**
 * Decides everything about a booking but whose call it is, and claims it: what a booking and a move have in common.
 *
 * Refuses with `patient-deceased`, `contacts-without-primary`, `slot-not-found`, `organisation-refused`, `service-not-bookable`,
 * `service-not-suitable`, `slot-in-past`, `slot-withdrawn`, `slot-notice-passed`, `slot-kept-back`, `slot-not-open-yet`, `slot-taken`, `slot-held`, `hold-expired`,
 * `approval-needed`, `approver-is-self`, `approver-not-clinician`, `notice-needed`, `patient-overlap` or `call-already-booked`.
 */
export async function settle(ctx: Ctx, { offer, request, replaces }: Asked): Promise<Settled> {
  const decided = await decide(ctx, offer, request);
  if (!decided.ok) return decided;

  const claimed: Claim = { appointmentId: newId(), reference: referenceFrom(randomBytes(REFERENCE_BYTES)), ...decided.value, request, replaces };
  const { appointmentId, reference } = claimed;
  const outcome = await claim(ctx, claimed);
  switch (outcome) {
    case 'won':
      return ok({ appointmentId, reference, bookedAt: ctx.now, isRepeat: false });
    case 'inbound_request_pkey':
    case 'appointment_one_live_per_call':
      return afterwards(ctx, { method: replaces ? 'move' : 'book', request });
    case 'appointment_one_live_per_slot':
      return refuse(await holdNearest(ctx, { offer: claimed.offer, refusal: { code: 'slot-taken', startsAt: claimed.offer.slot.startsAt } }));
    case 'appointment_no_overlap': {
      const overlap = await overlapOf(claimed.offer, replaces);
      return overlap ? refuse(overlap) : 'again';
    }
    case 'appointment_reference_key':
    case 'lost':
      return 'again';
  }
}

/** The request, or its call, has led to a booking: by this very request, whose answer is given again, or by another. */
export async function afterwards(ctx: Ctx, { method, request }: { method: 'book' | 'move'; request: BookingRequest }): Promise<Result<Booked, Refusal>> {
  const earlier = await earlierBooking(ctx, { method, requestId: request.requestId });
  if (earlier) return ok(earlier);
  return refuse((await bookedAlready(db, request.callId)) ?? { code: 'call-not-found' });
}

async function decide(ctx: Ctx, offer: Offer, request: BookingRequest): Promise<Result<{ offer: SlotOffer; timeframe: TimeframeDecision }, Refusal>> {
  const { slot, call } = offer;
  const patient = decidePatient(offer.patient);
  if (!patient.ok) return patient;
  if (!call.hasPrimaryContact) return refuse({ code: 'contacts-without-primary' });
  if (!slot) return refuse({ code: 'slot-not-found' });
  const service = decideService(slot.service, ctx.actor.organisation.name);
  if (!service.ok) return service;
  const bookable = decideBooking(slot, call.id, ctx.now);
  if (!bookable.ok) return refuse(await holdNearest(ctx, { offer: { ...offer, slot }, refusal: bookable.error }));

  const isClinician = hasPermission(ctx.actor, 'appointment:book-outside-timeframe');
  const timeframe = decideTimeframe(
    { startsAt: slot.startsAt, dueAt: call.dueAt, disposition: call.disposition, isClinician },
    { isCallerInformed: request.callerInformed === 'yes', approver: await approverOf(ctx, request.approvedBy), approvalReason: request.approvalReason },
  );
  return timeframe.ok ? ok({ offer: { ...offer, slot }, timeframe: timeframe.value }) : timeframe;
}
