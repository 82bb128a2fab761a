import type { Ctx } from '@/lib/auth/actor';
import { requirePermission, servicesOf } from '@/lib/auth/permissions';
import { capacityAt } from '@/lib/directory/capacity.rules';
import { latestCapacity } from '@/lib/directory/pipeline.queries';
import type { Capacity } from '@/lib/directory/schema';
import { db } from '@/lib/platform/db';
import { fromDateColumn } from '@/lib/platform/time';
import { londonDate, type LocalDate } from '@/lib/platform/time-words';

/** One of the actor's services, as the list of them shows it. Counts of slots are those of today (London). */
export type ServiceOverview = {
  id: string;
  name: string;
  isBookable: boolean;
  capacity: Capacity;
  bookedToday: number;
  totalToday: number;
  /** Appointments to come that the schedule has no place for. */
  orphans: number;
  toContact: number;
  /** Null when it has no weekly pattern. */
  madeUpTo: LocalDate | null;
};

type Row = Omit<ServiceOverview, 'capacity' | 'madeUpTo'> & { colour: string | null; resetsAt: Date | null; madeUpTo: Date | null };

/** All services of the actor's, by name, then id. Throws ForbiddenError without `schedule:read`. */
export async function overviewOf(ctx: Ctx): Promise<ServiceOverview[]> {
  requirePermission(ctx.actor, 'schedule:read');

  const { now } = ctx;
  const today = londonDate(now);
  // Raw: five counts a service in one statement.
  const rows = await db.$queryRaw<Row[]>`
    SELECT s.id, s.name, s.is_bookable AS "isBookable", c.colour, c.resets_at AS "resetsAt",
      slots.booked AS "bookedToday", slots.total AS "totalToday", orphans.count AS orphans, tasks.count AS "toContact", made.up_to AS "madeUpTo"
    FROM service s
    LEFT JOIN LATERAL (${latestCapacity(now)}) c ON true
    CROSS JOIN LATERAL (
      SELECT count(*) FILTER (WHERE slot.status = 'busy')::int AS booked, count(*)::int AS total
      FROM schedule
      JOIN session ON session.schedule_id = schedule.id
      JOIN slot ON slot.session_id = session.id
      WHERE schedule.service_id = s.id AND session.date = ${today}::date AND slot.status <> 'withdrawn'
    ) slots
    CROSS JOIN LATERAL (
      SELECT count(*)::int
      FROM slot
      WHERE slot.service_id = s.id AND slot.orphaned_at IS NOT NULL AND slot.starts_at > ${now}::timestamptz
    ) orphans
    CROSS JOIN LATERAL (SELECT count(*)::int FROM contact_task WHERE contact_task.service_id = s.id AND contact_task.resolved_at IS NULL) tasks
    CROSS JOIN LATERAL (
      SELECT max(template.made_up_to) AS up_to
      FROM schedule
      JOIN template ON template.schedule_id = schedule.id
      WHERE schedule.service_id = s.id
    ) made
    WHERE s.id = ANY (${servicesOf(ctx.actor)}::uuid[])
    ORDER BY s.name, s.id`;
  return rows.map(({ colour, resetsAt, madeUpTo, ...row }) => ({
    ...row,
    capacity: capacityAt(colour === null ? null : { colour, resetsAt }, now),
    madeUpTo: madeUpTo && fromDateColumn(madeUpTo),
  }));
}

/** One pass of the job that makes slots. Times are instants; `isBroken`: it neither ended nor was heard of for two minutes. */
export type SlotJobRun = { id: string; startedAt: Date; finishedAt: Date | null; done: number; total: number; made: number; fault: string | null; isBroken: boolean };

const SHOWN_RUNS = 20;
const SILENT_MS = 120_000;

/** The newest passes of the slot job, newest first, at most 20. Throws ForbiddenError without `schedule:read`. */
export async function slotJobRuns(ctx: Ctx): Promise<SlotJobRun[]> {
  requirePermission(ctx.actor, 'schedule:read');

  const rows = await db.jobRun.findMany({ where: { job: 'slots' }, orderBy: [{ startedAt: 'desc' }, { id: 'desc' }], take: SHOWN_RUNS });
  return rows.map(({ job: _job, seenAt, ...row }) => ({ ...row, isBroken: row.finishedAt === null && ctx.now.getTime() - seenAt.getTime() > SILENT_MS }));
}
