import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { reasonForNone, type NoSlotsFacts, type NoSlotsReason } from '@/lib/booking/no-slots.rules';
import { isId } from '@/lib/booking/schema';
import { inTimeUntil } from '@/lib/booking/slots.queries';
import { calendarFor, openState, shownWindow } from '@/lib/directory/opening.rules';
import { patternFrom, type HoursRow, type SpecifiedRow } from '@/lib/directory/pattern.rules';
import { bankHolidays } from '@/lib/directory/queries';
import { EMERGENCY_DEPARTMENT } from '@/lib/directory/rank.rules';
import { db, type Prisma } from '@/lib/platform/db';
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
  const { isOpenAllHours, hours, specified, ...facts } = row;
  const open = openState(patternFrom({ isOpenAllHours, hours, specified }), now, calendarFor(shownWindow(now), holidays));
  return reasonForNone({ ...facts, open });
}

type FactsRow = Omit<NoSlotsFacts, 'open'> & { isOpenAllHours: boolean; hours: HoursRow[] | null; specified: SpecifiedRow[] | null };

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
      in_time.free, in_time.booked, in_time.withdrawn, in_time.free_again_at AS "freeAgainAt", call.due_at AS "dueAt",
      (SELECT min(slot.starts_at)
       FROM slot
       WHERE slot.service_id = service.id AND slot.status = 'free' AND slot.starts_at > due.until
         AND (slot.held_until IS NULL OR slot.held_until <= ${now}::timestamptz)) AS "nextAt",
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
    CROSS JOIN LATERAL (
      SELECT
        count(*) FILTER (WHERE slot.status = 'free' AND NOT held.by_another)::int AS free,
        count(*) FILTER (WHERE slot.status = 'busy')::int AS booked,
        count(*) FILTER (WHERE slot.status = 'withdrawn')::int AS withdrawn,
        min(slot.held_until) FILTER (WHERE held.by_another) AS free_again_at
      FROM schedule
      JOIN session ON session.schedule_id = schedule.id AND session.closes_at > ${now}::timestamptz AND session.opens_at <= due.until
      JOIN slot ON slot.session_id = session.id AND slot.starts_at > ${now}::timestamptz AND slot.starts_at <= due.until
      CROSS JOIN LATERAL (SELECT coalesce(slot.held_until > ${now}::timestamptz AND slot.held_by_call <> call.id, false) AS by_another) AS held
      WHERE schedule.service_id = service.id
    ) AS in_time
    WHERE call.id = ${callId}::uuid AND call.organisation_code = ${actor.organisation.code}`;
}
