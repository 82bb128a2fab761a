import type { Actor, Ctx, Provenance } from '@/lib/auth/actor';
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
export function auditRow({ actor, now, requestId, correlationId = null }: Ctx<Actor>, event: AuditEvent) {
  return {
    at: now,
    type: event.type,
    actorId: actor.id,
    organisationCode: actor.kind === 'job' ? null : actor.organisation.code,
    roles: actor.kind === 'staff' ? actor.roles.map((grant) => grant.role) : [],
    requestId,
    correlationId,
    subject: event.subject ?? null,
    patientId: event.patientId ?? null,
    detail: event.detail ?? {},
    provenance: actor.kind === 'system' ? actor.provenance : undefined,
  };
}

/**
 * An `INSERT … SELECT` of one audit row, for a statement that names the table expression it stands or falls with after `FROM`.
 * `more`: jsonb that the statement itself works out, and that the detail has besides.
 */
export function auditSql(ctx: Ctx<Actor>, event: AuditEvent, more?: Prisma.Sql): Prisma.Sql {
  const row = auditRow(ctx, event);
  const detail = Prisma.sql`${JSON.stringify(row.detail)}::jsonb`;
  return Prisma.sql`
    INSERT INTO audit_event (at, type, actor_id, organisation_code, roles, request_id, correlation_id, subject, patient_id, detail, provenance)
    SELECT ${row.at}::timestamptz, ${row.type}, ${row.actorId}, ${row.organisationCode}::text, ${row.roles}::text[], ${row.requestId}, ${row.correlationId}::text,
      ${row.subject}::text, ${row.patientId}::uuid, ${more ? Prisma.sql`${detail} || ${more}` : detail}, ${provenanceText(row.provenance)}::jsonb`;
}

function provenanceText(provenance: Provenance | undefined): string | null {
  return provenance ? JSON.stringify(provenance) : null;
}
