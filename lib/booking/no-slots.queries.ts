import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { reasonForNone, type NoSlotsFacts, type NoSlotsReason } from '@/lib/booking/no-slots.rules';
import { inTimeUntil } from '@/lib/booking/slots.queries';
import { calendarFor, openState, shownWindow } from '@/lib/directory/opening.rules';
import { patternFrom, type HoursRow, type SpecifiedRow } from '@/lib/directory/pattern.rules';
import { offeredSql } from '@/lib/directory/offered.queries';
import { bankHolidays } from '@/lib/directory/queries';
import { EMERGENCY_DEPARTMENT } from '@/lib/directory/rank.rules';
import { db, Prisma } from '@/lib/platform/db';
import { isId } from '@/lib/platform/id';
import { addDays } from '@/lib/platform/time';
import { londonDate } from '@/lib/platform/time-words';

const SHOWN_DAYS = 8;

/**
 * Why the service has no free slot in time for this call at `ctx.now`; null when it has one, or when there is no such service
 * or no such call in the actor's own organisation. Throws ForbiddenError without `directory:search`.
 */
export async function whyNoSlots(ctx: Ctx, { callId, serviceId }: { callId: string; serviceId: string }): Promise<NoSlotsReason | null> {
  requirePermission(ctx.actor, 'directory:search');
  if (!isId(callId) || !isId(serviceId)) return null;

  const { now } = ctx;
  const [[row], holidays] = await Promise.all([factsRow(ctx, { callId, serviceId }), bankHolidays()]);
  if (!row) return null;
  const { isOpenAllHours, hours, specified, closedFrom, closedUntil, closedReason, ...facts } = row;
  const closure = closedFrom && closedUntil && closedReason !== null ? { startsAt: closedFrom, endsAt: closedUntil, reason: closedReason } : null;
  const open = openState(patternFrom({ isOpenAllHours, hours, specified }), now, calendarFor(shownWindow(now), holidays));
  return reasonForNone({ ...facts, closure, open, now });
}

type FactsRow = Omit<NoSlotsFacts, 'closure' | 'open' | 'now'> & {
  isOpenAllHours: boolean;
  hours: HoursRow[] | null;
  specified: SpecifiedRow[] | null;
  closedFrom: Date | null;
  closedUntil: Date | null;
  closedReason: string | null;
};

// Raw: all of it in one statement, read again with every refresh of an empty list. Of the patient only whether the age fits
// leaves the database, so it is no look at one.
function factsRow({ actor, now }: Ctx, { callId, serviceId }: { callId: string; serviceId: string }): Prisma.PrismaPromise<FactsRow[]> {
  const today = londonDate(now);
  return db.$queryRaw<FactsRow[]>`
    SELECT service.is_bookable AS "isBookable", service.status = 'active' AS "isActive", service.is_open_all_hours AS "isOpenAllHours",
      (service.type_id = ${EMERGENCY_DEPARTMENT}::int OR EXISTS (
        SELECT
        FROM service_age
        WHERE service_age.service_id = service.id AND ${today}::date - patient.birth_date BETWEEN service_age.days_from AND service_age.days_to)) AS "takesAge",
      in_time.free, in_time.kept_back AS "keptBack", in_time.released_at AS "releasedAt", in_time.too_late AS "tooLate", in_time.opens_at AS "opensAt",
      in_time.booked, in_time.withdrawn, in_time.free_again_at AS "freeAgainAt", call.due_at AS "dueAt",
      (SELECT min(o.starts_at)
       FROM slot o
       WHERE o.service_id = service.id AND o.status = 'free' AND o.starts_at > due.until
         AND (o.held_until IS NULL OR o.held_until <= ${now}::timestamptz) AND ${offeredSql(now)}) AS "nextAt",
      shut.starts_at AS "closedFrom", shut.ends_at AS "closedUntil", shut.reason AS "closedReason",
      (SELECT jsonb_agg(jsonb_build_array(day, from_minute, to_minute)) FROM opening WHERE opening.service_id = service.id) AS hours,
      (SELECT jsonb_agg(jsonb_build_array(date, from_minute, to_minute))
       FROM opening_exception
       WHERE opening_exception.service_id = service.id AND date BETWEEN ${today}::date AND ${addDays(today, SHOWN_DAYS)}::date) AS specified,
      (SELECT jsonb_build_object('note', reason)
       FROM opening_exception
       WHERE opening_exception.service_id = service.id AND date = ${today}::date AND from_minute = 0 AND to_minute = 0) AS closing
    FROM call
    JOIN patient ON patient.id = call.patient_id
    JOIN service ON service.id = ${serviceId}::uuid
    CROSS JOIN LATERAL (SELECT greatest(${now}::timestamptz, coalesce(call.due_at, ${inTimeUntil(now, null)}::timestamptz)) AS until) AS due
    CROSS JOIN LATERAL (${slotsInTime(now)}) AS in_time
    LEFT JOIN LATERAL (
      SELECT closure.starts_at, closure.ends_at, closure.reason
      FROM closure_service
      JOIN closure ON closure.id = closure_service.closure_id
      WHERE closure_service.service_id = service.id AND closure.lifted_at IS NULL
        AND closure.ends_at > ${now}::timestamptz AND closure.starts_at <= due.until
      ORDER BY closure.starts_at, closure.ends_at DESC, closure.id
      LIMIT 1
    ) AS shut ON true
    WHERE call.id = ${callId}::uuid AND call.organisation_code = ${actor.organisation.code}`;
}

// SELECT that counts the slots of `service` that begin up to `due.until` by what `call` would be told of each; the order is that of `decideHold`.
function slotsInTime(now: Date): Prisma.Sql {
  return Prisma.sql`
    SELECT
      count(*) FILTER (WHERE its.state = 'free')::int AS free,
      count(*) FILTER (WHERE its.state = 'kept-back')::int AS kept_back,
      count(*) FILTER (WHERE its.state = 'too-late')::int AS too_late,
      count(*) FILTER (WHERE its.state = 'busy' AND o.orphaned_at IS NULL)::int AS booked,
      count(*) FILTER (WHERE its.state = 'withdrawn')::int AS withdrawn,
      min(o.kept_back_until) FILTER (WHERE its.state = 'kept-back' AND o.kept_back_until < o.starts_at
        AND (o.offered_until IS NULL OR o.kept_back_until <= o.offered_until)) AS released_at,
      min(o.offered_from) FILTER (WHERE its.state = 'not-open-yet') AS opens_at,
      min(o.held_until) FILTER (WHERE its.state = 'held') AS free_again_at
    FROM schedule
    JOIN session ON session.schedule_id = schedule.id AND session.closes_at > ${now}::timestamptz AND session.opens_at <= due.until
    JOIN slot o ON o.session_id = session.id AND o.starts_at > ${now}::timestamptz AND o.starts_at <= due.until
    CROSS JOIN LATERAL (
      SELECT CASE
        WHEN o.status <> 'free' THEN o.status
        WHEN o.held_until > ${now}::timestamptz AND o.held_by_call = call.id THEN 'free'
        WHEN o.offered_until < ${now}::timestamptz THEN 'too-late'
        WHEN o.kept_back_until > ${now}::timestamptz THEN 'kept-back'
        WHEN o.offered_from > ${now}::timestamptz THEN 'not-open-yet'
        WHEN o.held_until > ${now}::timestamptz THEN 'held'
        ELSE 'free'
      END AS state
    ) AS its
    WHERE schedule.service_id = service.id`;
}
