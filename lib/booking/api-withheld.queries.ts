import type { Ctx, SystemActor } from '@/lib/auth/actor';
import { isAskedFor, isHeldSql, namedSql } from '@/lib/booking/api-matches.queries';
import { isAllowedSql, isRefusedSql } from '@/lib/booking/api-open.queries';
import type { ApiSlotSearch, Withheld } from '@/lib/booking/api-slots.schema';
import { offeredSql } from '@/lib/directory/offered.queries';
import { db, Prisma } from '@/lib/platform/db';

/**
 * Why a search found nothing, each reason once: the first that holds for each service it names, or for each open one when it names none.
 * Empty when it is simply that nothing is free (B-342, B-343, X-22).
 */
export async function withheldFrom(ctx: Ctx<SystemActor>, search: ApiSlotSearch): Promise<Withheld[]> {
  const { actor, now } = ctx;
  // Raw: a condition of a statement of its own, asked only where the search itself found nothing.
  const rows = await db.$queryRaw<{ reason: Withheld }[]>`
    WITH named AS MATERIALIZED (${namedSql(ctx, search)})
    SELECT DISTINCT its.reason
    FROM named
    JOIN service ON service.id = named.id
    CROSS JOIN LATERAL (
      SELECT CASE
        WHEN NOT (service.is_bookable AND service.status = 'active') THEN 'service-closed'
        WHEN ${isRefusedSql(actor)} THEN 'organisation-refused'
        WHEN NOT ${isAllowedSql(actor)} THEN 'client-not-allowed'
        WHEN ${search.statuses.free}::boolean AND ${isClosedSql(now, search)} THEN 'closed-for-a-time'
        WHEN ${search.statuses.free}::boolean AND EXISTS (
          SELECT
          FROM slot o
          WHERE o.service_id = service.id AND o.status = 'free' AND NOT ${isHeldSql(now)} AND o.starts_at > ${now}::timestamptz
            AND NOT (${offeredSql(now)}) AND ${isAskedFor(search)}) THEN 'slots-not-offered'
      END AS reason
    ) AS its
    WHERE its.reason IS NOT NULL
    ORDER BY its.reason`;
  return rows.map(({ reason }) => reason);
}

// Whether a closure of `service` meets the window; of one without an end only its beginning is looked at: some closure is always to come.
function isClosedSql(now: Date, { start }: ApiSlotSearch): Prisma.Sql {
  const from = start.from && start.from > now ? start.from : now;
  const before = start.before ?? new Date(from.getTime() + 1);
  return Prisma.sql`EXISTS (
    SELECT
    FROM closure_service
    JOIN closure ON closure.id = closure_service.closure_id
    WHERE closure_service.service_id = service.id AND closure.lifted_at IS NULL
      AND closure.starts_at < ${before}::timestamptz AND closure.ends_at > ${from}::timestamptz)`;
}
