import { randomBytes } from 'node:crypto';
import { record } from '@/lib/audit/record';
import type { Ctx, SystemActor } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { directBorder } from '@/lib/booking/border-decision.queries';
import { decideCrossing, type BorderToKeep } from '@/lib/booking/border.rules';
import { earlierDirect, type Booked } from '@/lib/booking/booked.queries';
import { claimDirectly, type DirectClaim } from '@/lib/booking/claim-direct.commands';
import { directOfferFor, type DirectOffer } from '@/lib/booking/direct-offer.queries';
import { decideDirect } from '@/lib/booking/direct.rules';
import type { ApiAppointment, DirectBooking } from '@/lib/booking/direct.schema';
import { decidePatient } from '@/lib/booking/offer.rules';
import { overlapOf } from '@/lib/booking/overlap.queries';
import { REFERENCE_BYTES, referenceFrom } from '@/lib/booking/reference.rules';
import { untilSettled, type Settled } from '@/lib/booking/settle.commands';
import { db } from '@/lib/platform/db';
import type { Refusal } from '@/lib/platform/errors';
import { isId, newId } from '@/lib/platform/id';
import { ok, refuse, type Result } from '@/lib/platform/result';

/** What a booking led to, with the appointment as it was saved. */
export type BookedDirectly = Booked & { appointment: ApiAppointment };

/**
 * Books a free slot for another system, in one step and without a hold, for a patient whom nobody needs to know before (B-420, B-421). A known
 * patient keeps what the register says of them; what was sent is kept with the appointment. A request that carries a correlation id is
 * carried out once: a failed attempt does not use the id up (B-043 to B-047).
 *
 * Refuses with `slot-not-found`, `organisation-refused`, `slot-differs`, `times-outside-slot`, `slot-in-past`, `slot-taken`, `slot-held`,
 * `slot-withdrawn`, `service-not-bookable`, `slot-notice-passed`, `slot-kept-back`, `slot-not-open-yet`, `patient-deceased`,
 * `border-refused`, `border-approval-needed` (which only a call can ask for) or `patient-overlap`, in this order; and with `request-repeated` instead of any of them when this very request has been carried out. Every
 * refusal is audited. Throws ForbiddenError without `appointment:book`.
 */
export async function bookDirectly(ctx: Ctx<SystemActor>, request: DirectBooking): Promise<Result<BookedDirectly, Refusal>> {
  requirePermission(ctx.actor, 'appointment:book');

  const outcome = await untilSettled(() => attempt(ctx, request));
  if (!outcome.ok) {
    const { id } = request.slot;
    await record(db, ctx, { type: 'appointment.refused', subject: isId(id) ? id.toLowerCase() : undefined, detail: { code: outcome.error.code } });
  }
  return outcome;
}

async function attempt(ctx: Ctx<SystemActor>, request: DirectBooking): Promise<Settled<BookedDirectly>> {
  const offer = await directOfferFor(ctx, request);
  const decided = await decide(ctx, offer, request);
  const settled = decided.ok ? await settle(ctx, decided.value, request) : decided;
  if (settled !== 'again' && settled.ok) return settled;
  // The slot may be taken, or the patient busy then, by this very request, which was carried out meanwhile (B-047).
  const earlier = await earlierDirect(ctx, 'POST');
  return earlier ? refuse({ code: 'request-repeated', ...earlier }) : settled;
}

type Decided = { offer: DirectOffer; border: BorderToKeep };

async function decide(ctx: Ctx<SystemActor>, offer: DirectOffer | null, request: DirectBooking): Promise<Result<Decided, Refusal>> {
  if (!offer) return refuse({ code: 'slot-not-found' });
  const bookable = decideDirect(offer, { asker: ctx.actor, request }, ctx.now);
  if (!bookable.ok) return bookable;
  const patient = offer.patient ? decidePatient(offer.patient) : ok(null);
  if (!patient.ok) return patient;
  const border = decideCrossing(await directBorder(offer), { serviceName: offer.service.name, asked: null });
  return border.ok ? ok({ offer, border: border.value }) : border;
}

async function settle(ctx: Ctx<SystemActor>, decided: Decided, request: DirectBooking): Promise<Settled<BookedDirectly>> {
  const { offer } = decided;
  const claim = { appointmentId: newId(), reference: referenceFrom(randomBytes(REFERENCE_BYTES)), patientId: newId(), ...decided, request };
  const { appointmentId, reference } = claim;
  const outcome = await claimDirectly(ctx, claim);
  switch (outcome) {
    case 'won':
      return ok({ appointmentId, reference, bookedAt: ctx.now, isRepeat: false, appointment: appointmentOf(ctx, claim) });
    case 'appointment_no_overlap': {
      const overlap = offer.patient && (await overlapOf({ patient: offer.patient, slot: request }, []));
      return overlap ? refuse(overlap) : 'again';
    }
    case 'inbound_request_pkey':
    case 'patient_nhs_number':
    case 'appointment_reference_key':
    case 'lost':
      return 'again';
  }
}

/** What the claim has just written, as `versionOf` would read it: a read that every booking would wait for. */
function appointmentOf({ now }: Ctx<SystemActor>, { appointmentId, patientId, offer, request }: DirectClaim): ApiAppointment {
  const { id, scheduleId, startsAt, endsAt } = offer.slot;
  return {
    ...{ id: appointmentId, version: 1, changedAt: now, isCurrent: true, status: 'booked', startsAt: request.startsAt, endsAt: request.endsAt, bookedAt: now },
    ...{ reason: request.reason, slot: { id, scheduleId, startsAt, endsAt }, patientId: offer.patient?.id ?? patientId, submission: request.submission },
  };
}
