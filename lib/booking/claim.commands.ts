import { auditSql } from '@/lib/audit/record';
import type { Ctx } from '@/lib/auth/actor';
import type { Replaced } from '@/lib/booking/booked.queries';
import type { SlotOffer } from '@/lib/booking/offer.queries';
import { eventSql, messageSql, versionSql } from '@/lib/booking/records.commands';
import { replacedSql, standingSql } from '@/lib/booking/replace.commands';
import type { BookingRequest } from '@/lib/booking/schema';
import type { TimeframeDecision } from '@/lib/booking/timeframe.rules';
import { versionBody } from '@/lib/booking/version.rules';
import { db, isDeadlock, Prisma, violates } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { newEntrySql } from '@/lib/registry/commands';
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

/** Won; lost, when something changed since the offer was read; or which constraint stopped it. */
type ClaimOutcome = 'won' | 'lost' | ClaimConstraint;
type ClaimConstraint = (typeof CONSTRAINTS)[number];

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
export async function claim(ctx: Ctx, claim: Claim): Promise<ClaimOutcome> {
  try {
    const won = await db.$queryRaw<unknown[]>(bookingSql(ctx, claim));
    return won.length > 0 ? 'won' : 'lost';
  } catch (error) {
    if (isDeadlock(error)) return 'lost';
    const constraint = CONSTRAINTS.find((name) => violates(error, name));
    if (!constraint) throw error;
    return constraint;
  }
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
    ${appointmentSql(ctx, claim)},
    ended AS (
      UPDATE call
      SET state = 'booked', ended_at = ${now}::timestamptz
      FROM claimed
      WHERE call.id = ${request.callId}::uuid AND call.state = 'open'
    ),
    ${newReferralSql(ctx, { appointmentId, callId: call.id, patientId: patient.id, serviceId: slot.service.id, dispositionCode: call.dispositionCode })},
    ${newEntrySql({ id: newId(), appointmentId, patient, serviceName: slot.service.name, organisationCode: slot.service.odsCode, at: now })},
    ${recordsSql(ctx, claim)}
    SELECT id FROM claimed`;
}

function appointmentSql({ actor, now }: Ctx, { appointmentId, reference, request, offer, timeframe, replaces }: Claim): Prisma.Sql {
  const given = givenOf(timeframe, request);
  return Prisma.sql`
    booked AS (
      INSERT INTO appointment (id, reference, slot_id, service_id, call_id, patient_id, disposition_code, status, starts_at, ends_at,
        reason, version, booked_by_id, booked_by_code, booked_at, replaces_id,
        timeframe_rule, minutes_over, caller_informed, approved_by_id, approval_reason)
      SELECT ${appointmentId}::uuid, ${reference}, claimed.id, claimed.service_id, ${request.callId}::uuid, ${offer.patient.id}::uuid,
        ${offer.call.dispositionCode}, 'booked', claimed.starts_at, claimed.ends_at,
        ${request.reason}, 1, ${actor.id}::uuid, ${actor.organisation.code}, ${now}::timestamptz, ${replaces?.id ?? null}::uuid,
        ${timeframe.ruleId}, ${timeframe.minutesOver}::int, ${given.callerInformed ?? false}::boolean, ${given.approvedBy ?? null}::uuid, ${given.approvalReason ?? null}::text
      FROM claimed
    )`;
}

function recordsSql(ctx: Ctx, { appointmentId, reference, request, offer, timeframe, replaces }: Claim): Prisma.Sql {
  const { callId, slotId, requestId, reason } = request;
  const { slot, patient, call } = offer;
  const { startsAt, endsAt } = slot;
  const facts = {
    ...{ appointmentId, slotId, serviceId: slot.service.id, startsAt: startsAt.toISOString(), rule: timeframe.ruleId, minutesOver: timeframe.minutesOver },
    ...(replaces ? { replaces: replaces.id } : {}),
  };
  const body = versionBody({
    ...{ reference, slotId, serviceId: slot.service.id, callId, patientId: patient.id, dispositionCode: call.dispositionCode },
    ...{ status: 'booked', startsAt, endsAt, reason },
  });
  const given = givenOf(timeframe, request);
  const detail = { ...facts, callId, isApproved: timeframe.ruleId === 'TF-04', approvedBy: given.approvedBy ?? null };
  return Prisma.sql`
    version AS (${versionSql(ctx, { appointmentId, version: 1, body })} FROM claimed),
    event AS (${eventSql(ctx, { callId, kind: 'booked', body: { ...facts, ...given } })} FROM claimed),
    message AS (${messageSql(ctx, { topic: 'appointment.booked', body: { appointmentId, version: 1, ...(replaces ? { replaces: replaces.id } : {}) } })} FROM claimed),
    audit AS (${auditSql(ctx, { type: 'appointment.booked', subject: appointmentId, patientId: patient.id, detail })} FROM claimed),
    inbound AS (
      INSERT INTO inbound_request (door, sender, method, request_id, answer, at)
      SELECT 'screen', ${ctx.actor.id}, ${replaces ? 'move' : 'book'}, ${requestId}, ${appointmentId}, ${ctx.now}::timestamptz
      FROM claimed
    )`;
}

/** What is kept of how it was booked outside the timeframe (U-086, U-087). */
type Given = { callerInformed?: true; approvedBy?: string; approvalReason?: string };

// Only what the rule asked for: fields that a form sent besides mean nothing.
function givenOf({ ruleId }: TimeframeDecision, { approvedBy, approvalReason }: BookingRequest): Given {
  if (ruleId === 'TF-01') return {};
  return ruleId === 'TF-04' ? { callerInformed: true, approvedBy, approvalReason } : { callerInformed: true };
}
