import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { ownService } from '@/lib/directory/own-service.queries';
import { db } from '@/lib/platform/db';
import { addDays, parseLocalDate, startOfLondonDay, toDateColumn } from '@/lib/platform/time';
import type { LocalDate } from '@/lib/platform/time-words';
import { daysOfMonth, serviceDays, slotStateAt } from '@/lib/schedule/calendar.rules';
import type { ClosureLine, KeptBackUntil, ServiceDay, ServiceDayInFull, SessionLine, TimeLine } from '@/lib/schedule/calendar.schema';
import { scheduleFacts, type ScheduleFacts } from '@/lib/schedule/schema';

/** More slots than a day of one service has. */
const MOST_SLOTS = 20_000;

type Days = { from: LocalDate; to: LocalDate };

/**
 * The seven days from `monday` on of a service of the actor's, in London days: each session with its counts at `ctx.now`, and the closures.
 * Null when the service is another's or there is none, which is audited. Throws ForbiddenError without `schedule:read`. Source: U-003, U-064.
 */
export async function weekOf(ctx: Ctx, { serviceId, monday }: { serviceId: string; monday: LocalDate }): Promise<ServiceDay[] | null> {
  return daysFor(ctx, serviceId, { from: monday, to: addDays(monday, 6) });
}

/** The month that the day is in, in whole weeks. Null and throws as `weekOf`. */
export async function monthOf(ctx: Ctx, { serviceId, date }: { serviceId: string; date: LocalDate }): Promise<ServiceDay[] | null> {
  return daysFor(ctx, serviceId, daysOfMonth(date));
}

/** One day with every slot that is not withdrawn, by session and time. Nothing of it tells of a patient. Null and throws as `weekOf`. */
export async function dayOf(ctx: Ctx, { serviceId, date }: { serviceId: string; date: LocalDate }): Promise<ServiceDayInFull | null> {
  const [day] = (await daysFor(ctx, serviceId, { from: date, to: date })) ?? [];
  if (!day) return null;
  const slots = await db.slot.findMany({
    where: { sessionId: { in: day.sessions.map(({ id }) => id) }, status: { not: 'withdrawn' } },
    orderBy: [{ startsAt: 'asc' }, { placeNo: 'asc' }, { id: 'asc' }],
    take: MOST_SLOTS,
    select: { sessionId: true, startsAt: true, endsAt: true, status: true, heldUntil: true, keptBackUntil: true, orphanedAt: true },
  });
  const times = new Map<string, TimeLine[]>();
  for (const { sessionId, startsAt, endsAt, ...slot } of slots) {
    const lines = times.get(sessionId) ?? [];
    const state = slotStateAt(slot, ctx.now);
    const last = lines.at(-1);
    if (last?.startsAt.getTime() === startsAt.getTime()) lines.splice(-1, 1, { ...last, states: [...last.states, state] });
    else lines.push({ startsAt, endsAt, states: [state] });
    times.set(sessionId, lines);
  }
  return { ...day, times };
}

async function daysFor(ctx: Ctx, serviceId: string, days: Days): Promise<ServiceDay[] | null> {
  requirePermission(ctx.actor, 'schedule:read');
  if (!(await ownService(ctx, serviceId))) return null;

  const [sessions, closures] = await Promise.all([sessionLines(ctx, serviceId, days), closureLines(serviceId, days)]);
  return serviceDays(days, { sessions, closures });
}

type SessionRow = Omit<SessionLine, 'date' | 'keptBackUntil' | 'schedule'> & { date: string; firstRelease: Date | null; lastRelease: Date | null; name: string | null } & {
  [Fact in Exclude<keyof ScheduleFacts, 'name'>]: string | null;
};

async function sessionLines({ now }: Ctx, serviceId: string, { from, to }: Days): Promise<SessionLine[]> {
  // Raw: one grouped read of thousands of slots. Typed calls would bring each of them here to be counted.
  const rows = await db.$queryRaw<SessionRow[]>`
    SELECT session.id, session.date::text AS date, session.opens_at AS "opensAt", session.closes_at AS "closesAt", session.opens_minute AS "opensMinute",
      session.status = 'withdrawn' AS "isWithdrawn",
      schedule.name, schedule.channel, schedule.practitioner_role AS "practitionerRole", schedule.practitioner_name AS "practitionerName",
      schedule.practitioner_gender AS "practitionerGender", counted.*
    FROM schedule
    JOIN session ON session.schedule_id = schedule.id AND session.date BETWEEN ${toDateColumn(from)}::date AND ${toDateColumn(to)}::date
    CROSS JOIN LATERAL (
      SELECT count(*) FILTER (WHERE slot.orphaned_at IS NULL)::int AS total,
        count(*) FILTER (WHERE slot.status = 'busy' AND slot.orphaned_at IS NULL)::int AS booked,
        count(*) FILTER (WHERE slot.status = 'free')::int AS unbooked,
        count(*) FILTER (WHERE slot.status = 'free' AND slot.kept_back_until > ${now}::timestamptz)::int AS "keptBack",
        count(*) FILTER (WHERE slot.status = 'free' AND slot.held_until > ${now}::timestamptz)::int AS held,
        count(*) FILTER (WHERE slot.orphaned_at IS NOT NULL)::int AS orphaned,
        min(slot.kept_back_until) FILTER (WHERE slot.status = 'free' AND slot.kept_back_until > ${now}::timestamptz) AS "firstRelease",
        max(slot.kept_back_until) FILTER (WHERE slot.status = 'free' AND slot.kept_back_until > ${now}::timestamptz) AS "lastRelease"
      FROM slot
      WHERE slot.session_id = session.id AND slot.status <> 'withdrawn'
    ) counted
    WHERE schedule.service_id = ${serviceId}::uuid AND (session.status <> 'withdrawn' OR counted.orphaned > 0)
    ORDER BY session.opens_at, session.closes_at, session.id`;
  return rows.map(({ date, firstRelease, lastRelease, name, channel, practitionerRole, practitionerName, practitionerGender, ...row }) => ({
    ...row,
    date: dateOf(date),
    keptBackUntil: keptBackUntil(firstRelease, lastRelease),
    schedule: scheduleFacts.parse({ name, channel, practitionerRole, practitionerName, practitionerGender }),
  }));
}

async function closureLines(serviceId: string, { from, to }: Days): Promise<ClosureLine[]> {
  const rows = await db.closure.findMany({
    where: { services: { some: { serviceId } }, liftedAt: null, startsAt: { lt: startOfLondonDay(addDays(to, 1)) }, endsAt: { gt: startOfLondonDay(from) } },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    select: { id: true, kind: true, startsAt: true, endsAt: true, reason: true },
  });
  return rows.map(({ kind, ...row }) => ({ ...row, kind: kind === 'pause' ? 'pause' : 'closure' }));
}

function keptBackUntil(first: Date | null, last: Date | null): KeptBackUntil | null {
  return first && last ? { first, last } : null;
}

function dateOf(text: string): LocalDate {
  const date = parseLocalDate(text);
  if (!date) throw new Error(`Not a date: ${text}`);
  return date;
}
