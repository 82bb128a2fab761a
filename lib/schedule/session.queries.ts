import { z } from 'zod';
import type { Ctx } from '@/lib/auth/actor';
import { isAdminOf, requirePermission } from '@/lib/auth/permissions';
import { db } from '@/lib/platform/db';
import { addDays, fromDateColumn, toDateColumn } from '@/lib/platform/time';
import { londonDate, type LocalDate } from '@/lib/platform/time-words';
import type { ScheduleNow, SessionPattern } from '@/lib/schedule/schema';
import { breaksOf, scheduleNow } from '@/lib/schedule/templates.queries';

/** Slots that are not withdrawn. `keptBack`: those of the unbooked that are kept for local use now. */
export type SessionCounts = { booked: number; unbooked: number; orphaned: number; keptBack: number };

/** One session as its page shows it. `isCancelled`: there is none on that day; `isAdjusted`: its hours are not those of its weekly pattern. */
export type SessionDetail = SessionPattern & {
  id: string;
  date: LocalDate;
  schedule: ScheduleNow;
  templateId: string | null;
  isAdjusted: boolean;
  isCancelled: boolean;
  opensAt: Date;
  closesAt: Date;
  counts: SessionCounts;
};

/** How many sessions a day has, and their slots that are not withdrawn. */
export type SessionDay = { date: LocalDate; sessions: number; slots: number };

const MOST_CHANGED = 60;
const COLUMNS = {
  ...{ id: true, date: true, templateId: true, isAdjusted: true, status: true, opensAt: true, closesAt: true, opensMinute: true, closesMinute: true, breaks: true },
  ...{ slotMinutes: true, places: true, keptBackPercent: true, releaseMinutes: true, noticeMinutes: true, horizonDays: true },
  schedule: { select: { id: true, serviceId: true, name: true, channel: true, practitionerRole: true, practitionerName: true, practitionerGender: true } },
} as const;

/** A session of one of the actor's services with its counts at `ctx.now`; null when there is none. Throws ForbiddenError without `schedule:read`. */
export async function sessionOf(ctx: Ctx, { serviceId, sessionId }: { serviceId: string; sessionId: string }): Promise<SessionDetail | null> {
  requirePermission(ctx.actor, 'schedule:read');
  if (!isAdminOf(ctx.actor, serviceId) || !z.uuid().safeParse(sessionId).success) return null;

  const row = await db.session.findFirst({ where: { id: sessionId, schedule: { serviceId } }, select: COLUMNS });
  if (!row) return null;
  const { date, breaks, schedule, status, ...session } = row;
  return {
    ...session,
    date: fromDateColumn(date),
    breaks: breaksOf(breaks),
    schedule: scheduleNow(schedule),
    isCancelled: status === 'withdrawn',
    counts: await countsOf(ctx, sessionId),
  };
}

/** The days from `from` on, `days` of them, that have sessions of one of the actor's services, by date. Throws ForbiddenError without `schedule:read`. */
export async function sessionDays(ctx: Ctx, { serviceId, from, days }: { serviceId: string; from: LocalDate; days: number }): Promise<SessionDay[]> {
  requirePermission(ctx.actor, 'schedule:read');
  if (!isAdminOf(ctx.actor, serviceId)) return [];

  // Raw: two counts a day, one of them of distinct sessions, in one statement.
  const rows = await db.$queryRaw<{ date: Date; sessions: number; slots: number }[]>`
    SELECT session.date, count(DISTINCT session.id)::int AS sessions, count(slot.id)::int AS slots
    FROM schedule
    JOIN session ON session.schedule_id = schedule.id AND session.status <> 'withdrawn'
      AND session.date >= ${toDateColumn(from)}::date AND session.date < ${toDateColumn(addDays(from, days))}::date
    LEFT JOIN slot ON slot.session_id = session.id AND slot.status <> 'withdrawn' AND slot.orphaned_at IS NULL
    WHERE schedule.service_id = ${serviceId}::uuid
    GROUP BY session.date
    ORDER BY session.date`;
  return rows.map(({ date, ...counts }) => ({ date: fromDateColumn(date), ...counts }));
}

/** The sessions of a weekly pattern that were changed or cancelled by hand, from today (London) on, by date; at most 60. Throws ForbiddenError without `schedule:read`. */
export async function changedByHand(ctx: Ctx, { serviceId, templateId }: { serviceId: string; templateId: string }): Promise<{ id: string; date: LocalDate; isCancelled: boolean }[]> {
  requirePermission(ctx.actor, 'schedule:read');
  if (!isAdminOf(ctx.actor, serviceId)) return [];

  const rows = await db.session.findMany({
    where: { templateId, isAdjusted: true, date: { gte: toDateColumn(londonDate(ctx.now)) }, schedule: { serviceId } },
    select: { id: true, date: true, status: true },
    orderBy: [{ date: 'asc' }, { id: 'asc' }],
    take: MOST_CHANGED,
  });
  return rows.map(({ id, date, status }) => ({ id, date: fromDateColumn(date), isCancelled: status === 'withdrawn' }));
}

async function countsOf({ now }: Ctx, sessionId: string): Promise<SessionCounts> {
  // Raw: four counts in one pass over the slots of the session.
  const [counts] = await db.$queryRaw<SessionCounts[]>`
    SELECT
      count(*) FILTER (WHERE status = 'busy' AND orphaned_at IS NULL)::int AS booked,
      count(*) FILTER (WHERE status = 'free')::int AS unbooked,
      count(*) FILTER (WHERE orphaned_at IS NOT NULL)::int AS orphaned,
      count(*) FILTER (WHERE status = 'free' AND kept_back_until > ${now}::timestamptz)::int AS "keptBack"
    FROM slot
    WHERE session_id = ${sessionId}::uuid AND status <> 'withdrawn'`;
  return counts ?? { booked: 0, unbooked: 0, orphaned: 0, keptBack: 0 };
}
