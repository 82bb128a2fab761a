import type { AuditDetail } from '@/lib/audit/events';
import { auditSql } from '@/lib/audit/record';
import type { Ctx } from '@/lib/auth/actor';
import { borderFacts, rowOf } from '@/lib/booking/border-row.rules';
import type { BorderToKeep } from '@/lib/booking/border.rules';
import { borderSql } from '@/lib/booking/keep-border.commands';
import { messageSql, versionSql, type BookingActor } from '@/lib/booking/records.commands';
import { versionBody } from '@/lib/booking/version.rules';
import { isDeadlock, Prisma, violates } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { inboundSql, type Inbound } from '@/lib/platform/inbound';
import { newEntrySql, type OwnEntry } from '@/lib/registry/commands';

/** A booking as every door writes it; its slot, service, start and end are those of `claimed`, told here for what is kept beside it. */
export type NewAppointment = {
  id: string;
  reference: string;
  slotId: string;
  serviceId: string;
  startsAt: Date;
  endsAt: Date;
  patient: OwnEntry['patient'];
  reason: string;
  callId: string | null;
  dispositionCode: string | null;
  replacesId: string | null;
  /** Ids of the patient's appointments at the same time that it is knowingly booked beside. */
  keptBeside: readonly string[];
  /** Null when nothing was due. */
  timeframe: { ruleId: string; minutesOver: number; callerInformed: boolean; approvedBy: string | null; approvalReason: string | null } | null;
};

/** `border`: what was decided about it, which is kept with the appointment and in the audit. */
type Recorded = { detail: AuditDetail; border: BorderToKeep; inbound: Inbound | null; answer: string };

/** Won; lost, when something changed since the offer was read; or which constraint stopped it. */
export type ClaimOutcome<Constraint extends string> = 'won' | 'lost' | Constraint;

/** Carries out a claim, whose statement gives a row back when it is won. */
export async function carryOutClaim<const Constraint extends string>(work: () => Promise<readonly unknown[]>, constraints: readonly Constraint[]): Promise<ClaimOutcome<Constraint>> {
  try {
    const won = await work();
    return won.length > 0 ? 'won' : 'lost';
  } catch (error) {
    if (isDeadlock(error)) return 'lost';
    const constraint = constraints.find((name) => violates(error, name));
    if (!constraint) throw error;
    return constraint;
  }
}

/**
 * Table expressions that write an appointment with its version 1, the decision about its border, the registry's entry, the messages to send,
 * the audit row and the request id, for a statement which has one named `claimed` with `id`, `service_id`, `starts_at` and `ends_at`: nothing claimed, nothing written.
 */
export function newAppointmentSql(ctx: Ctx<BookingActor>, appointment: NewAppointment, { detail, border, inbound, answer }: Recorded): Prisma.Sql {
  const { id: appointmentId, patient, replacesId } = appointment;
  const body = versionBody({ ...appointment, patientId: patient.id, status: 'booked' });
  const row = rowOf(border);
  const message = { appointmentId, version: 1, ...(replacesId ? { replaces: replacesId } : {}) };
  return Prisma.sql`
    ${appointmentSql(ctx, appointment)},
    version AS (${versionSql(ctx, { appointmentId, version: 1, body })} FROM claimed),
    ${newEntrySql({ id: newId(), appointmentId, patient, at: ctx.now })},
    ${borderSql(ctx, appointmentId, row)},
    message AS (${messageSql(ctx, { topic: 'appointment.booked', body: message })} FROM claimed),
    ${inbound ? Prisma.sql`inbound AS (${inboundSql({ inbound, sender: ctx.actor.id, answer, at: ctx.now })} FROM claimed),` : Prisma.empty}
    audit AS (${auditSql(ctx, { type: 'appointment.booked', subject: appointmentId, patientId: patient.id, detail: { ...detail, border: borderFacts(row) } })} FROM claimed)`;
}

function appointmentSql({ actor, now }: Ctx<BookingActor>, { id, reference, patient, reason, callId, dispositionCode, replacesId, keptBeside, timeframe }: NewAppointment): Prisma.Sql {
  const [bookedById, bookedThroughId] = actor.kind === 'staff' ? [actor.id, null] : [null, actor.id];
  return Prisma.sql`
    booked AS (
      INSERT INTO appointment (id, reference, slot_id, service_id, call_id, patient_id, disposition_code, status, starts_at, ends_at,
        reason, version, overlap_accepted, kept_beside, booked_by_id, booked_through_id, booked_by_code, booked_at, replaces_id,
        timeframe_rule, minutes_over, caller_informed, approved_by_id, approval_reason)
      SELECT ${id}::uuid, ${reference}, claimed.id, claimed.service_id, ${callId}::uuid, ${patient.id}::uuid,
        ${dispositionCode}::text, 'booked', claimed.starts_at, claimed.ends_at,
        ${reason}, 1, ${keptBeside.length > 0}::boolean, ${keptBeside}::uuid[], ${bookedById}::uuid, ${bookedThroughId}::uuid, ${actor.organisation.code}, ${now}::timestamptz, ${replacesId}::uuid,
        ${timeframe?.ruleId ?? null}::text, ${timeframe?.minutesOver ?? 0}::int, ${timeframe?.callerInformed ?? false}::boolean,
        ${timeframe?.approvedBy ?? null}::uuid, ${timeframe?.approvalReason ?? null}::text
      FROM claimed
    )`;
}
