import type { Ctx } from '@/lib/auth/actor';
import type { Replaced } from '@/lib/booking/booked.queries';
import { carryOutClaim, newAppointmentSql, type ClaimOutcome } from '@/lib/booking/new-appointment.commands';
import type { SlotOffer } from '@/lib/booking/offer.queries';
import { eventSql } from '@/lib/booking/records.commands';
import { replacedSql, standingSql } from '@/lib/booking/replace.commands';
import type { BookingRequest } from '@/lib/booking/schema';
import type { TimeframeDecision } from '@/lib/booking/timeframe.rules';
import { Prisma } from '@/lib/platform/db';
import { newReferralSql } from '@/lib/referral/commands';

export type Claim = {
  appointmentId: string;
  reference: string;
  offer: SlotOffer;
  request: BookingRequest;
  timeframe: TimeframeDecision;
  /** The appointment that this one replaces: then it is a move. */
  replaces: Replaced | null;
};

const CONSTRAINTS = [
  'inbound_request_pkey',
  'appointment_reference_key',
  'appointment_one_live_per_slot',
  'appointment_one_live_per_call',
  'appointment_no_overlap',
] as const;

/**
 * Claims the slot that the call holds and writes all that belongs to the booking, in one statement and so in one transaction:
 * slot, appointment with version 1, its referral, the end of the call, its record, the registry's entry, the message to send,
 * the audit row and the request id; and, in a move, the end of the appointment that it replaces. All of it, or nothing.
 */
export async function claim(ctx: Ctx, claim: Claim): Promise<ClaimOutcome<(typeof CONSTRAINTS)[number]>> {
  return carryOutClaim(bookingSql(ctx, claim), CONSTRAINTS);
}

// Raw: a measured hot path; as typed calls in a transaction the same work takes seven times as long.
function bookingSql(ctx: Ctx, claim: Claim): Prisma.Sql {
  const { actor, now } = ctx;
  const { appointmentId, request, offer, replaces } = claim;
  const { slot, patient, call } = offer;
  const [ready, claimed] = replaces
    ? [standingSql(ctx, replaces), replacedSql(ctx, { replaced: replaces, by: { appointmentId, callId: call.id, slotId: slot.id, serviceId: slot.service.id, startsAt: slot.startsAt } })]
    : [Prisma.sql`ready AS (SELECT id FROM open_call)`, Prisma.sql`claimed AS (SELECT * FROM taken)`];
  return Prisma.sql`
    WITH open_call AS (
      -- The call, then the patient: bookings of one call, or for one patient, take their turn instead of a deadlock.
      SELECT call.id
      FROM call
      JOIN patient ON patient.id = call.patient_id
      WHERE call.id = ${request.callId}::uuid AND call.state = ${call.state} AND call.handler_id = ${actor.id}::uuid AND patient.deceased_on IS NULL
      FOR NO KEY UPDATE
    ),
    ${ready},
    taken AS (
      -- The claim is the lock: of two concurrent requests, exactly one update finds the slot free and held by its call.
      UPDATE slot
      SET status = 'busy', held_by_call = NULL, held_until = NULL, hold_extended = false
      FROM ready
      WHERE slot.id = ${request.slotId}::uuid AND slot.status = 'free' AND slot.held_by_call = ready.id
        AND slot.held_until > ${now}::timestamptz AND slot.starts_at > ${now}::timestamptz
      RETURNING slot.id, slot.service_id, slot.starts_at, slot.ends_at
    ),
    ${claimed},
    ended AS (
      UPDATE call
      SET state = 'booked', ended_at = ${now}::timestamptz
      FROM claimed
      WHERE call.id = ${request.callId}::uuid AND call.state = 'open'
    ),
    ${newReferralSql(ctx, { appointmentId, callId: call.id, patientId: patient.id, serviceId: slot.service.id, dispositionCode: call.dispositionCode })},
    ${writtenSql(ctx, claim)}
    SELECT id FROM claimed`;
}

function writtenSql(ctx: Ctx, claim: Claim): Prisma.Sql {
  const { appointmentId, reference, request, offer, timeframe, replaces } = claim;
  const { callId, slotId, requestId, reason } = request;
  const { slot, patient, call } = offer;
  const { startsAt, endsAt, service } = slot;
  const given = givenOf(timeframe, request);
  const facts = {
    ...{ appointmentId, slotId, serviceId: service.id, startsAt: startsAt.toISOString(), rule: timeframe.ruleId, minutesOver: timeframe.minutesOver },
    ...(replaces ? { replaces: replaces.id } : {}),
  };
  const appointment = {
    ...{ id: appointmentId, reference, slotId, service, startsAt, endsAt, patient, reason, callId, dispositionCode: call.dispositionCode, replacesId: replaces?.id ?? null },
    timeframe: { ...timeframe, callerInformed: given.callerInformed ?? false, approvedBy: given.approvedBy ?? null, approvalReason: given.approvalReason ?? null },
  };
  const detail = { ...facts, callId, isApproved: timeframe.ruleId === 'TF-04', approvedBy: given.approvedBy ?? null };
  const inbound = { door: 'screen', method: replaces ? 'move' : 'book', requestId } as const;
  return Prisma.sql`
    ${newAppointmentSql(ctx, appointment, { detail, inbound, answer: appointmentId })},
    event AS (${eventSql(ctx, { callId, kind: 'booked', body: { ...facts, ...given } })} FROM claimed)`;
}

/** What is kept of how it was booked outside the timeframe (U-086, U-087). */
type Given = { callerInformed?: true; approvedBy?: string; approvalReason?: string };

// Only what the rule asked for: fields that a form sent besides mean nothing.
function givenOf({ ruleId }: TimeframeDecision, { approvedBy, approvalReason }: BookingRequest): Given {
  if (ruleId === 'TF-01') return {};
  return ruleId === 'TF-04' ? { callerInformed: true, approvedBy, approvalReason } : { callerInformed: true };
}
