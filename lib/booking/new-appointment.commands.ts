import type { AuditDetail } from '@/lib/audit/events';
import { auditSql } from '@/lib/audit/record';
import type { Ctx } from '@/lib/auth/actor';
import { inboundSql, messageSql, versionSql, type BookingActor, type Inbound } from '@/lib/booking/records.commands';
import { versionBody } from '@/lib/booking/version.rules';
import { isDeadlock, Prisma, sendHot, violates } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { newEntrySql, type OwnEntry } from '@/lib/registry/commands';

/** A booking as every door writes it; its slot, service, start and end are those of `claimed`, told here for what is kept beside it. */
export type NewAppointment = {
  id: string;
  reference: string;
  slotId: string;
  service: { id: string; name: string; odsCode: string };
  startsAt: Date;
  endsAt: Date;
  patient: OwnEntry['patient'];
  reason: string;
  callId: string | null;
  dispositionCode: string | null;
  replacesId: string | null;
  /** Null when nothing was due. */
  timeframe: { ruleId: string; minutesOver: number; callerInformed: boolean; approvedBy: string | null; approvalReason: string | null } | null;
};

type Recorded = { detail: AuditDetail; inbound: Inbound | null; answer: string };

/** Won; lost, when something changed since the offer was read; or which constraint stopped it. */
export type ClaimOutcome<Constraint extends string> = 'won' | 'lost' | Constraint;

/** Carries out the one statement of a claim, which gives a row back when it is won. */
export async function carryOutClaim<const Constraint extends string>(statement: Prisma.Sql, constraints: readonly Constraint[]): Promise<ClaimOutcome<Constraint>> {
  try {
    const won = await sendHot(statement);
    return won.length > 0 ? 'won' : 'lost';
  } catch (error) {
    if (isDeadlock(error)) return 'lost';
    const constraint = constraints.find((name) => violates(error, name));
    if (!constraint) throw error;
    return constraint;
  }
}

/**
 * Table expressions that write an appointment with its version 1, the registry's entry, the message to send, the audit row and the request
 * id, for a statement which has one named `claimed` with `id`, `service_id`, `starts_at` and `ends_at`: nothing claimed, nothing written.
 */
export function newAppointmentSql(ctx: Ctx<BookingActor>, appointment: NewAppointment, { detail, inbound, answer }: Recorded): Prisma.Sql {
  const { id: appointmentId, service, patient, replacesId } = appointment;
  const body = versionBody({ ...appointment, serviceId: service.id, patientId: patient.id, status: 'booked' });
  const message = { appointmentId, version: 1, ...(replacesId ? { replaces: replacesId } : {}) };
  return Prisma.sql`
    ${appointmentSql(ctx, appointment)},
    version AS (${versionSql(ctx, { appointmentId, version: 1, body })} FROM claimed),
    ${newEntrySql({ id: newId(), appointmentId, patient, at: ctx.now })},
    message AS (${messageSql(ctx, { topic: 'appointment.booked', body: message })} FROM claimed),
    ${inbound ? Prisma.sql`inbound AS (${inboundSql(ctx, { inbound, answer })} FROM claimed),` : Prisma.empty}
    audit AS (${auditSql(ctx, { type: 'appointment.booked', subject: appointmentId, patientId: patient.id, detail })} FROM claimed)`;
}

function appointmentSql({ actor, now }: Ctx<BookingActor>, { id, reference, patient, reason, callId, dispositionCode, replacesId, timeframe }: NewAppointment): Prisma.Sql {
  const [bookedById, bookedThroughId] = actor.kind === 'staff' ? [actor.id, null] : [null, actor.id];
  return Prisma.sql`
    booked AS (
      INSERT INTO appointment (id, reference, slot_id, service_id, call_id, patient_id, disposition_code, status, starts_at, ends_at,
        reason, version, booked_by_id, booked_through_id, booked_by_code, booked_at, replaces_id,
        timeframe_rule, minutes_over, caller_informed, approved_by_id, approval_reason)
      SELECT ${id}::uuid, ${reference}, claimed.id, claimed.service_id, ${callId}::uuid, ${patient.id}::uuid,
        ${dispositionCode}::text, 'booked', claimed.starts_at, claimed.ends_at,
        ${reason}, 1, ${bookedById}::uuid, ${bookedThroughId}::uuid, ${actor.organisation.code}, ${now}::timestamptz, ${replacesId}::uuid,
        ${timeframe?.ruleId ?? null}::text, ${timeframe?.minutesOver ?? 0}::int, ${timeframe?.callerInformed ?? false}::boolean,
        ${timeframe?.approvedBy ?? null}::uuid, ${timeframe?.approvalReason ?? null}::text
      FROM claimed
    )`;
}
