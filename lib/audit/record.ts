import type { Actor, Ctx } from '@/lib/auth/actor';
import type { AuditEvent } from '@/lib/audit/events';
import { Prisma, type Tx } from '@/lib/platform/db';

/**
 * Writes one audit row through `tx`, so that it stands or falls with the change it tells of.
 * A look or a refusal, which changes nothing, passes `db`.
 */
export async function record(tx: Tx, ctx: Ctx<Actor>, event: AuditEvent): Promise<void> {
  await tx.auditEvent.create({ data: auditRow(ctx, event) });
}

/** The columns of an audit row, for statements that write it themselves. */
export function auditRow({ actor, now, requestId }: Ctx<Actor>, event: AuditEvent) {
  return {
    at: now,
    type: event.type,
    actorId: actor.id,
    organisationCode: actor.kind === 'staff' ? actor.organisation.code : null,
    roles: actor.kind === 'staff' ? actor.roles.map((grant) => grant.role) : [],
    requestId,
    subject: event.subject ?? null,
    patientId: event.patientId ?? null,
    detail: event.detail ?? {},
  };
}

/** An `INSERT … SELECT` of one audit row, for a statement that names the table expression it stands or falls with after `FROM`. */
export function auditSql(ctx: Ctx<Actor>, event: AuditEvent): Prisma.Sql {
  const row = auditRow(ctx, event);
  return Prisma.sql`
    INSERT INTO audit_event (at, type, actor_id, organisation_code, roles, request_id, subject, patient_id, detail)
    SELECT ${row.at}::timestamptz, ${row.type}, ${row.actorId}, ${row.organisationCode}::text, ${row.roles}::text[], ${row.requestId},
      ${row.subject}::text, ${row.patientId}::uuid, ${JSON.stringify(row.detail)}::jsonb`;
}
