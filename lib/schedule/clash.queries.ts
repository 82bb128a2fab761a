import { db } from '@/lib/platform/db';
import type { Refusal } from '@/lib/platform/errors';
import { fromDateColumn } from '@/lib/platform/time';
import type { ScheduleState, WantedSession } from '@/lib/schedule/schema';
import { scheduleName } from '@/lib/schedule/wanted.rules';

type Row = { isSameSchedule: boolean; date: Date; opensAt: Date; closesAt: Date; scheduleId: string; practitionerName: string | null; serviceName: string };

/** Which session outside the state is in the way of wanted ones, by schedule or practitioner; null when none is. As it stands committed. */
export async function clashWith(wanted: readonly WantedSession[], state: ScheduleState): Promise<Refusal | null> {
  const keys = wanted.map(({ practitionerKey }) => practitionerKey);
  // Raw: ranges that overlap, for hundreds of sessions at once.
  const [row] = await db.$queryRaw<Row[]>`
    SELECT session.schedule_id = wanted.schedule_id AS "isSameSchedule", session.date, session.opens_at AS "opensAt", session.closes_at AS "closesAt",
      schedule.id AS "scheduleId", schedule.practitioner_name AS "practitionerName", service.name AS "serviceName"
    FROM unnest(
      ${wanted.map(({ scheduleId }) => scheduleId)}::uuid[], ${keys}::text[],
      ${wanted.map(({ opensAt }) => opensAt.toISOString())}::timestamptz[], ${wanted.map(({ closesAt }) => closesAt.toISOString())}::timestamptz[]
    ) AS wanted (schedule_id, practitioner_key, opens_at, closes_at)
    JOIN session ON (session.schedule_id = wanted.schedule_id OR session.practitioner_key = wanted.practitioner_key)
      AND session.opens_at < wanted.closes_at AND session.closes_at > wanted.opens_at
    JOIN schedule ON schedule.id = session.schedule_id
    JOIN service ON service.id = schedule.service_id
    WHERE session.status <> 'withdrawn' AND session.id <> ALL(${state.sessions.map(({ id }) => id)}::uuid[])
    ORDER BY session.opens_at, session.id
    LIMIT 1`;
  if (!row) return null;
  const { opensAt, closesAt } = row;
  if (!row.isSameSchedule) return { code: 'practitioner-elsewhere', practitionerName: row.practitionerName ?? '', serviceName: row.serviceName, opensAt, closesAt };
  const schedule = state.schedules.find(({ id }) => id === row.scheduleId);
  return { code: 'session-overlaps', date: fromDateColumn(row.date), scheduleName: scheduleName(schedule), opensAt, closesAt };
}
