import { randomBytes } from 'node:crypto';
import type { Ctx } from '@/lib/auth/actor';
import { hasPermission } from '@/lib/auth/permissions';
import { approverOf } from '@/lib/booking/approver.queries';
import { askedBefore } from '@/lib/booking/asked-before.queries';
import { bookedAlready, earlierBooking, replacedFor, type Booked, type Replaced } from '@/lib/booking/booked.queries';
import { ruledBorder, safeBorder } from '@/lib/booking/border-decision.queries';
import { decideCrossing, type BorderToKeep } from '@/lib/booking/border.rules';
import { othersOf, type Others } from '@/lib/booking/choices.queries';
import { claim, type Claim } from '@/lib/booking/claim.commands';
import { guardOn, type Guarded } from '@/lib/booking/guard.queries';
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
import { decideChoices, type Chosen } from '@/lib/registry/guard.rules';

/** A booking, or a move of the appointment that it replaces, in a call that may book. */
type Asked = { method: 'book' | 'move'; offer: Offer; request: BookingRequest; replaces: Replaced | null };

type Decided = { offer: SlotOffer; timeframe: TimeframeDecision; guarded: Guarded; chosen: readonly Chosen[] };

/** What was decided; or `again`, when the world changed between the decision and the claim. */
export type Settled<Value = Booked> = Result<Value, Refusal> | 'again';

/** How often a lost claim is decided anew. Once explains most losses; of many bookings for one patient at once each round lets one through. */
const ATTEMPTS = 50;

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
 * `approval-needed`, `approver-is-self`, `approver-not-clinician`, `notice-needed`, `guard-choice-needed` (also when what was to be moved or
 * cancelled cannot be any more), `guard-two-moves`, `border-refused`, `border-approval-needed`, `patient-overlap` (with one that the guard does
 * not ask about: it has been attended) or `call-already-booked`.
 */
export async function settle(ctx: Ctx, asked: Asked): Promise<Settled> {
  const { method, request, replaces } = asked;
  const decided = await decide(ctx, asked);
  if (!decided.ok) return (await isOvertaken(decided.error, replaces)) ? 'again' : decided;

  const { offer, timeframe, ...choices } = decided.value;
  const others = await othersOf(ctx, { ...choices, replaces });
  if (!others) return 'again';
  const border = await decideBorderOf(ctx, offer, others);
  if (!border.ok) return (await earlierOf(ctx, asked)) ?? border;

  const facts = { offer, timeframe, others, border: border.value, method, request };
  return carryOut(ctx, asked, { appointmentId: newId(), reference: referenceFrom(randomBytes(REFERENCE_BYTES)), ...facts });
}

/** The request, or its call, has led to a booking: by this very request, whose answer is given again, or by another. */
export async function afterwards(ctx: Ctx, { method, request }: { method: 'book' | 'move'; request: BookingRequest }): Promise<Result<Booked, Refusal>> {
  return (await earlierOf(ctx, { method, request })) ?? refuse((await bookedAlready(db, request.callId)) ?? { code: 'call-not-found' });
}

/** What this very request led to; also when it used up what it would now be refused for the lack of. */
async function earlierOf(ctx: Ctx, { method, request }: Pick<Asked, 'method' | 'request'>): Promise<Result<Booked, Refusal> | null> {
  const earlier = await earlierBooking(ctx, { method, requestId: request.requestId });
  return earlier && ok(earlier);
}

async function carryOut(ctx: Ctx, asked: Asked, claimed: Claim): Promise<Settled> {
  const { method, request } = asked;
  const { appointmentId, reference } = claimed;
  const outcome = await claim(ctx, claimed);
  switch (outcome) {
    case 'won':
      return ok({ appointmentId, reference, bookedAt: ctx.now, isRepeat: false });
    case 'inbound_request_pkey':
    case 'appointment_one_live_per_call':
      return afterwards(ctx, { method, request });
    case 'appointment_one_live_per_slot':
      return refuse(await holdNearest(ctx, { offer: claimed.offer, refusal: { code: 'slot-taken', startsAt: claimed.offer.slot.startsAt } }));
    case 'appointment_no_overlap':
      return overlapped(ctx, asked, claimed);
    case 'appointment_reference_key':
    case 'lost':
      return 'again';
  }
}

/** Whether the guard asks about what has come in the place of the appointment to move, which somebody moved after it was read. */
async function isOvertaken({ code }: Refusal, replaces: Replaced | null): Promise<boolean> {
  if (code !== 'guard-choice-needed' || !replaces) return false;
  return (await replacedFor(replaces.id))?.version !== replaces.version;
}

async function decide(ctx: Ctx, asked: Asked): Promise<Result<Decided, Refusal>> {
  const { request, replaces } = asked;
  const offered = await decideOffer(ctx, asked.offer);
  if (!offered.ok) return offered;
  const offer = offered.value;
  const { slot, call } = offer;
  const [approver, guarded] = await Promise.all([approverOf(ctx, request.approvedBy), guardOn(ctx, { offer, replaces })]);

  const isClinician = hasPermission(ctx.actor, 'appointment:book-outside-timeframe');
  const timeframe = decideTimeframe(
    { startsAt: slot.startsAt, dueAt: call.dueAt, disposition: call.disposition, isClinician },
    { isCallerInformed: request.callerInformed === 'yes', approver, approvalReason: request.approvalReason },
  );
  if (!timeframe.ok) return timeframe;
  const chosen = decideChoices(guarded.conflicts, request.choices);
  return chosen.ok ? ok({ offer, timeframe: timeframe.value, guarded, chosen: chosen.value }) : chosen;
}

async function decideOffer(ctx: Ctx, offer: Offer): Promise<Result<SlotOffer, Refusal>> {
  const { slot, call } = offer;
  const patient = decidePatient(offer.patient);
  if (!patient.ok) return patient;
  if (!call.hasPrimaryContact) return refuse({ code: 'contacts-without-primary' });
  if (!slot) return refuse({ code: 'slot-not-found' });
  const service = decideService(slot.service, ctx.actor.organisation.name);
  if (!service.ok) return service;
  const bookable = decideBooking(slot, call.id, ctx.now);
  return bookable.ok ? ok({ ...offer, slot }) : refuse(await holdNearest(ctx, { offer: { ...offer, slot }, refusal: bookable.error }));
}

/** The decision about the border for the slot and its moment; an agreement that ends between it and the claim does not undo it. */
async function decideBorderOf(ctx: Ctx, offer: SlotOffer, { replaces, cancels }: Others): Promise<Result<BorderToKeep, Refusal>> {
  const { call, slot } = offer;
  const ruled = await ruledBorder(db, offer, [...(replaces ? [replaces.id] : []), ...cancels.map(({ id }) => id)]);
  const decision = await safeBorder(ctx, ruled, offer);
  const asked = decision.outcome === 'approval' ? await askedBefore(db, { callId: call.id, slotId: slot.id }) : null;
  return decideCrossing(decision, { serviceName: slot.service.name, asked });
}

/** Somebody was quicker: the guard asks about theirs now. What it does not ask about is told as it is. */
async function overlapped(ctx: Ctx, { request, replaces }: Asked, { offer, others }: Claim): Promise<Settled> {
  const { conflicts } = await guardOn(ctx, { offer, replaces });
  const chosen = decideChoices(conflicts, request.choices);
  if (!chosen.ok) return chosen;
  const overlap = await overlapOf(offer, [...others.keptBeside, ...others.cancels.map(({ id }) => id), ...(others.replaces ? [others.replaces.id] : [])]);
  return overlap ? refuse(overlap) : 'again';
}
