import type { Ctx, SystemActor } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { isBookableSql } from '@/lib/booking/api-matches.queries';
import { isOpenToSql } from '@/lib/booking/api-open.queries';
import type { ApiSlot } from '@/lib/booking/api-slots.schema';
import { recordRead } from '@/lib/directory/api-directory.queries';
import { db } from '@/lib/platform/db';
import { isId } from '@/lib/platform/id';

/**
 * One slot, and the channel of its diary; null when there is none, or it is withdrawn. Free only while the client could book it now. The look
 * is audited (B-815). Throws ForbiddenError without `slot:search`.
 */
export async function apiSlot(ctx: Ctx<SystemActor>, id: string): Promise<{ slot: ApiSlot; channel: string | null } | null> {
  requirePermission(ctx.actor, 'slot:search');
  const row = isId(id) ? await slotRow(ctx, id) : null;
  await recordRead(ctx, { type: 'Slot', id: row?.id });
  if (!row) return null;
  const { channel, startsAt, endsAt, ...slot } = row;
  return { slot: { ...slot, startsAtMs: startsAt.getTime(), endsAtMs: endsAt.getTime() }, channel };
}

type Row = { id: string; scheduleId: string; isFree: boolean; startsAt: Date; endsAt: Date; channel: string | null };

// Raw: what free means is one condition for the search and the read.
async function slotRow(ctx: Ctx<SystemActor>, id: string): Promise<Row | null> {
  const [row] = await db.$queryRaw<Row[]>`
    SELECT o.id, schedule.id AS "scheduleId", ${isBookableSql(ctx.now)} AND ${isOpenToSql(ctx)} AS "isFree",
      o.starts_at AS "startsAt", o.ends_at AS "endsAt", schedule.channel
    FROM slot o
    JOIN session ON session.id = o.session_id
    JOIN schedule ON schedule.id = session.schedule_id
    JOIN service ON service.id = o.service_id
    WHERE o.id = ${id}::uuid AND o.status <> 'withdrawn'`;
  return row ?? null;
}
