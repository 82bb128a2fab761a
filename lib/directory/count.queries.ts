import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { lastInTime } from '@/lib/directory/opening.rules';
import { offeredSql } from '@/lib/directory/offered.queries';
import type { FreeCount } from '@/lib/directory/schema';
import { Prisma, db } from '@/lib/platform/db';

/**
 * How many slots of these services calls can have in time at `ctx.now`, counted as the search counts them (U-015, U-016); in no
 * order, ids that nobody has left out. Without `dueAt` a week is in time. Throws ForbiddenError without `directory:search`.
 */
export async function countFree(ctx: Ctx, { serviceIds, dueAt }: { serviceIds: readonly string[]; dueAt: Date | null }): Promise<readonly FreeCount[]> {
  requirePermission(ctx.actor, 'directory:search');
  if (serviceIds.length === 0) return [];
  // Raw, a hot path: every open services page asks about every ten seconds.
  return db.$queryRaw<FreeCount[]>`
    SELECT s.id, s.is_bookable AS "isBookable", s.public_phone AS "publicPhone",
      f.free AS "freeInTime", f.earliest AS "earliestInTime", a.starts_at AS "earliestAfter"
    FROM service s
    ${freeSlots({ at: ctx.now, dueAt })}
    WHERE s.id = ANY (${serviceIds}::uuid[])`;
}

/** Laterals to service `s`: `f` counts the free slots in time with the earliest, `a` is the first after the due time when there are none. */
export function freeSlots({ at, dueAt }: { at: Date; dueAt: Date | null }): Prisma.Sql {
  const inTimeUntil = lastInTime({ at, dueAt });
  return Prisma.sql`
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS free, min(o.starts_at) AS earliest
      FROM slot o
      WHERE s.is_bookable AND o.service_id = s.id AND o.status = 'free'
        AND o.starts_at >= ${at}::timestamptz AND o.starts_at <= ${inTimeUntil}::timestamptz
        AND (o.held_until IS NULL OR o.held_until <= ${at}::timestamptz) AND ${offeredSql(at)}
    ) f
    LEFT JOIN LATERAL (
      SELECT o.starts_at
      FROM slot o
      WHERE s.is_bookable AND f.free = 0 AND o.service_id = s.id AND o.status = 'free'
        AND o.starts_at >= ${at}::timestamptz AND o.starts_at > ${inTimeUntil}::timestamptz
        AND (o.held_until IS NULL OR o.held_until <= ${at}::timestamptz) AND ${offeredSql(at)}
      ORDER BY o.starts_at
      LIMIT 1
    ) a ON true`;
}
