import { record } from '@/lib/audit/record';
import type { Manager } from '@/lib/auth/clients.queries';
import { requirePermission } from '@/lib/auth/permissions';
import { db, Prisma } from '@/lib/platform/db';
import { isId } from '@/lib/platform/id';
import { CHECK_OUTCOMES, type Source, type SourceDetail } from '@/lib/registry/source.schema';

const MOST_SOURCES = 1_000;

/** Every source by name, at most 1,000. The look is audited. Throws ForbiddenError without `source:manage`. */
export async function listSources(ctx: Manager): Promise<Source[]> {
  requirePermission(ctx.actor, 'source:manage');
  const [sources, counted] = await Promise.all([
    db.registrySource.findMany({ select: SHOWN, orderBy: [{ name: 'asc' }, { id: 'asc' }], take: MOST_SOURCES }),
    db.$queryRaw<(Source['entries'] & { id: string })[]>`
      SELECT registry_source.id, count(*)::int AS current, (count(*) FILTER (WHERE check_failures > 0))::int AS unconfirmed
      FROM registry_entry
      JOIN registry_source ON starts_with(external_id, ${READ_BELOW})
      WHERE check_due_at IS NOT NULL
      GROUP BY registry_source.id`,
  ]);
  const entriesOf = new Map(counted.map(({ id, current, unconfirmed }) => [id, { current, unconfirmed }]));
  await record(db, ctx, { type: 'source.listed', detail: { sources: sources.length } });
  return sources.map((source) => ({ ...source, entries: entriesOf.get(source.id) ?? { current: 0, unconfirmed: 0 } }));
}

/** One source, or null. Throws ForbiddenError without `source:manage`. */
export async function sourceFor(ctx: Manager, sourceId: string): Promise<SourceDetail | null> {
  requirePermission(ctx.actor, 'source:manage');
  const source = isId(sourceId) ? await db.registrySource.findUnique({ where: { id: sourceId }, select: SHOWN }) : null;
  if (!source) return null;

  // Counted here as everywhere: of what is still to be re-read, which an index of its own finds.
  const counts = await db.$queryRaw<{ outcome: string | null; isConfirmed: boolean; count: number }[]>`
    SELECT check_outcome AS outcome, check_failures = 0 AS "isConfirmed", count(*)::int AS count
    FROM registry_entry
    JOIN registry_source ON starts_with(external_id, ${READ_BELOW})
    WHERE check_due_at IS NOT NULL AND registry_source.id = ${sourceId}::uuid
    GROUP BY 1, 2
    ORDER BY count DESC, outcome`;
  const failed = counts.filter(({ isConfirmed }) => !isConfirmed);
  return {
    ...source,
    entries: { current: sum(counts), unconfirmed: sum(failed) },
    unconfirmed: failed.flatMap(({ outcome, count }) => CHECK_OUTCOMES.filter((known) => known === outcome).map((known) => ({ outcome: known, count }))),
  };
}

const SHOWN = { id: true, root: true, name: true, readsForCode: true, isOn: true, version: true, addedAt: true, readAt: true, failures: true, restsUntil: true } as const;

/** Entries are re-read as appointments of the service root; roots may lie below each other. */
const READ_BELOW = Prisma.sql`registry_source.root || '/Appointment/'`;

function sum(counts: readonly { count: number }[]): number {
  return counts.reduce((total, { count }) => total + count, 0);
}
