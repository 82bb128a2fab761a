import { auditRow } from '@/lib/audit/record';
import type { Ctx } from '@/lib/auth/actor';
import type { Offer } from '@/lib/booking/offer.queries';
import type { BookingRequest } from '@/lib/booking/schema';
import type { TimeframeDecision } from '@/lib/booking/timeframe.rules';
import { versionBody } from '@/lib/booking/version.rules';
import { db, Prisma, violates } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { newEntrySql } from '@/lib/registry/commands';

export type Claim = {
  appointmentId: string;
  reference: string;
  offer: Offer & { slot: NonNullable<Offer['slot']> };
  request: BookingRequest;
  timeframe: TimeframeDecision;
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
 * slot, appointment with version 1, the end of the call, its record, the registry's entry, the message to send, the audit row
 * and the request id. All of it, or nothing.
 */
export async function claim(ctx: Ctx, claim: Claim): Promise<ClaimOutcome> {
  try {
    const won = await db.$queryRaw<unknown[]>(bookingSql(ctx, claim));
    return won.length > 0 ? 'won' : 'lost';
  } catch (error) {
    const constraint = CONSTRAINTS.find((name) => violates(error, name));
    if (!constraint) throw error;
    return constraint;
  }
}

// Raw: a measured hot path; as typed calls in a transaction the same work takes seven times as long.
function bookingSql(ctx: Ctx, claim: Claim): Prisma.Sql {
  const { actor, now } = ctx;
  const { appointmentId, request, offer } = claim;
  return Prisma.sql`
    WITH open_call AS (
      -- The call, then the patient: bookings of one call, or for one patient, take their turn instead of a deadlock.
      SELECT call.id
      FROM call
      JOIN patient ON patient.id = call.patient_id
      WHERE call.id = ${request.callId}::uuid AND call.state = 'open'
      FOR NO KEY UPDATE
    ),
    claimed AS (
      -- The claim is the lock: of two concurrent requests, exactly one update finds the slot free and held by its call.
      UPDATE slot
      SET status = 'busy', held_by_call = NULL, held_until = NULL
      FROM open_call
      WHERE slot.id = ${request.slotId}::uuid AND slot.status = 'free' AND slot.held_by_call = open_call.id
        AND slot.held_until > ${now}::timestamptz AND slot.starts_at > ${now}::timestamptz
      RETURNING slot.id, slot.service_id, slot.starts_at, slot.ends_at
    ),
    booked AS (
      INSERT INTO appointment (id, reference, slot_id, service_id, call_id, patient_id, disposition_code, status, starts_at, ends_at,
        reason, version, booked_by_id, booked_by_code, booked_at)
      SELECT ${appointmentId}::uuid, ${claim.reference}, claimed.id, claimed.service_id, ${request.callId}::uuid, ${offer.patient.id}::uuid,
        ${offer.call.dispositionCode}, 'booked', claimed.starts_at, claimed.ends_at,
        ${request.reason}, 1, ${actor.id}::uuid, ${actor.organisation.code}, ${now}::timestamptz
      FROM claimed
    ),
    ended AS (
      UPDATE call
      SET state = 'booked', ended_at = ${now}::timestamptz
      FROM claimed
      WHERE call.id = ${request.callId}::uuid
    ),
    ${newEntrySql({ id: newId(), appointmentId, patient: offer.patient, serviceName: offer.slot.service.name, organisationCode: offer.slot.service.odsCode, at: now })},
    ${recordsSql(ctx, claim)}
    SELECT id FROM claimed`;
}

function recordsSql(ctx: Ctx, { appointmentId, reference, request, offer, timeframe }: Claim): Prisma.Sql {
  const { actor, now, requestId } = ctx;
  const { callId, slotId } = request;
  const { slot, patient, call } = offer;
  const { startsAt, endsAt } = slot;
  const facts = { appointmentId, slotId, serviceId: slot.service.id, startsAt: startsAt.toISOString(), rule: timeframe.ruleId, minutesOver: timeframe.minutesOver };
  const version = versionBody({
    ...{ reference, slotId, serviceId: slot.service.id, callId, patientId: patient.id, dispositionCode: call.dispositionCode },
    ...{ status: 'booked', startsAt, endsAt, reason: request.reason },
  });
  const audit = auditRow(ctx, { type: 'appointment.booked', subject: appointmentId, patientId: patient.id, detail: { ...facts, callId, isApproved: timeframe.ruleId === 'TF-04' } });
  return Prisma.sql`
    version AS (
      INSERT INTO appointment_version (appointment_id, version, body, at, actor_id, request_id)
      SELECT ${appointmentId}::uuid, 1, ${JSON.stringify(version)}::jsonb, ${now}::timestamptz, ${actor.id}, ${requestId}
      FROM claimed
    ),
    event AS (
      INSERT INTO call_event (call_id, at, kind, body)
      SELECT ${callId}::uuid, ${now}::timestamptz, 'booked', ${JSON.stringify({ ...facts, ...givenOf(timeframe, request) })}::jsonb
      FROM claimed
    ),
    message AS (
      INSERT INTO outbox (id, topic, body, dedupe_key, not_before)
      SELECT ${newId()}::uuid, 'appointment.booked', ${JSON.stringify({ appointmentId, version: 1 })}::jsonb, ${`appointment.booked:${appointmentId}`}, ${now}::timestamptz
      FROM claimed
    ),
    audit AS (
      INSERT INTO audit_event (at, type, actor_id, organisation_code, roles, request_id, subject, patient_id, detail)
      SELECT ${now}::timestamptz, ${audit.type}, ${audit.actorId}, ${audit.organisationCode}::text, ${audit.roles}::text[], ${audit.requestId},
        ${audit.subject}::text, ${audit.patientId}::uuid, ${JSON.stringify(audit.detail)}::jsonb
      FROM claimed
    ),
    inbound AS (
      INSERT INTO inbound_request (door, sender, method, request_id, answer, at)
      SELECT 'screen', ${actor.id}, 'book', ${request.requestId}, ${appointmentId}, ${now}::timestamptz
      FROM claimed
    )`;
}

// Only what the rule asked for: fields that a form sent besides mean nothing.
function givenOf({ ruleId }: TimeframeDecision, { approvedBy, approvalReason }: BookingRequest) {
  if (ruleId === 'TF-01') return {};
  return ruleId === 'TF-04' ? { callerInformed: true, approvedBy, approvalReason } : { callerInformed: true };
}
