import { z } from 'zod';
import type { AuditType } from '@/lib/audit/events';
import type { Ctx } from '@/lib/auth/actor';
import { isAdminOf, requirePermission } from '@/lib/auth/permissions';
import { db } from '@/lib/platform/db';

const PAGE = 50;

/** What counts as a change of a service: what was done to it or its schedules, and what was refused. Looks are not. */
const CHANGES = [
  'service.created',
  'service.changed',
  'service.change-refused',
  'service.capacity-set',
  'schedule.extended',
  'schedule.changed',
  'schedule.change-refused',
  'schedule.kept-back-released',
  'schedule.import-refused',
] as const satisfies readonly AuditType[];

export type ChangeType = (typeof CHANGES)[number];

/** One audited change, as its maker and their detail tell it. `by` is null for Onward's own jobs. */
export type ServiceAuditRow = { seq: string; at: Date; type: ChangeType; by: string | null; detail: Record<string, unknown> };

/**
 * What was changed of a service of the actor's, latest first, 50 at a time; those before `before` (a `seq`) when it is given, and
 * `next` when there are more. Empty when the service is another's. Throws ForbiddenError without `schedule:read`.
 */
export async function changesOf(ctx: Ctx, { serviceId, before }: { serviceId: string; before: string | null }): Promise<{ changes: readonly ServiceAuditRow[]; next: string | null }> {
  requirePermission(ctx.actor, 'schedule:read');

  if (!isAdminOf(ctx.actor, serviceId)) return { changes: [], next: null };
  const rows = await db.auditEvent.findMany({
    where: { subject: serviceId, type: { in: [...CHANGES] }, ...(before && /^\d{1,18}$/.test(before) ? { seq: { lt: BigInt(before) } } : {}) },
    orderBy: { seq: 'desc' },
    take: PAGE + 1,
    select: { seq: true, at: true, type: true, actorId: true, detail: true },
  });
  const shown = rows.slice(0, PAGE);
  const names = await namesOf(shown.map(({ actorId }) => actorId));
  const changes = shown.flatMap(({ seq, at, type, actorId, detail }) => {
    const known = CHANGES.find((change) => change === type);
    return known ? [{ seq: String(seq), at, type: known, by: names.get(actorId) ?? null, detail: z.record(z.string(), z.unknown()).catch({}).parse(detail) }] : [];
  });
  return { changes, next: rows.length > PAGE ? (changes.at(-1)?.seq ?? null) : null };
}

async function namesOf(actorIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(actorIds)].filter((id) => z.uuid().safeParse(id).success);
  const staff = await db.staff.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  return new Map(staff.map(({ id, name }) => [id, name]));
}
