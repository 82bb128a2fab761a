import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { ownService } from '@/lib/directory/own-service.queries';
import { db } from '@/lib/platform/db';
import { addDays, startOfLondonDay, toDateColumn } from '@/lib/platform/time';
import { LEAD_HOURS, type HourCount, type Span, type Utilisation } from '@/lib/reports/utilisation.rules';

type Outcome = { attended: number; noShows: number; cancelled: number; medianLeadMinutes: number | null; leads: number[] };

/**
 * How a service of the actor's was used in a span: booked and offered slots by weekday and hour of London, how long before their start
 * appointments were booked, and who came. Nothing of it tells of a patient. Null when the service is another's or there is none, which is
 * audited. Throws ForbiddenError without `report:service`.
 */
export async function utilisationOf(ctx: Ctx, { serviceId, span }: { serviceId: string; span: Span }): Promise<Utilisation | null> {
  requirePermission(ctx.actor, 'report:service');
  if (!(await ownService(ctx, serviceId))) return null;

  const [hours, outcome] = await Promise.all([slotHours(serviceId, span), outcomeOf(serviceId, span)]);
  const { leads, ...rest } = outcome;
  return { hours, leads: LEAD_HOURS.map((fromHours, index) => ({ fromHours, toHours: LEAD_HOURS[index + 1] ?? null, count: leads[index] ?? 0 })), ...rest };
}

// Raw: a grouped count of tens of thousands of slots. By session, whose day is London's and has an index; an orphan was offered once, and is booked.
async function slotHours(serviceId: string, { from, to }: Span): Promise<HourCount[]> {
  return db.$queryRaw<HourCount[]>`
    SELECT extract(isodow FROM slot.starts_at AT TIME ZONE 'Europe/London')::int AS weekday,
      extract(hour FROM slot.starts_at AT TIME ZONE 'Europe/London')::int AS hour,
      count(*)::int AS offered,
      count(*) FILTER (WHERE slot.status = 'busy')::int AS booked
    FROM schedule
    JOIN session ON session.schedule_id = schedule.id AND session.date BETWEEN ${toDateColumn(from)}::date AND ${toDateColumn(to)}::date
    JOIN slot ON slot.session_id = session.id AND slot.status <> 'withdrawn'
    WHERE schedule.service_id = ${serviceId}::uuid
    GROUP BY 1, 2
    ORDER BY 1, 2`;
}

// Raw: a median, and buckets, of all appointments of a span. One that was moved away or never should have been counts nowhere.
async function outcomeOf(serviceId: string, { from, to }: Span): Promise<Outcome> {
  const [row] = await db.$queryRaw<Outcome[]>`
    SELECT count(*) FILTER (WHERE status IN ('arrived', 'fulfilled'))::int AS attended,
      count(*) FILTER (WHERE status = 'noshow')::int AS "noShows",
      count(*) FILTER (WHERE status = 'cancelled')::int AS cancelled,
      percentile_cont(0.5) WITHIN GROUP (ORDER BY lead) FILTER (WHERE status <> 'cancelled') AS "medianLeadMinutes",
      ARRAY(
        SELECT count(bucket.lead)::int
        FROM unnest(${[...LEAD_HOURS]}::int[], ${LEAD_HOURS.slice(1)}::int[]) WITH ORDINALITY AS bound (from_hours, to_hours, position)
        LEFT JOIN (SELECT unnest(array_agg(lead) FILTER (WHERE status <> 'cancelled')) AS lead) bucket
          ON bucket.lead >= bound.from_hours * 60 AND (bound.to_hours IS NULL OR bucket.lead < bound.to_hours * 60)
        GROUP BY bound.position
        ORDER BY bound.position
      ) AS leads
    FROM (
      SELECT status, greatest(0, extract(epoch FROM starts_at - booked_at) / 60)::float AS lead
      FROM appointment
      WHERE service_id = ${serviceId}::uuid AND starts_at >= ${startOfLondonDay(from)}::timestamptz AND starts_at < ${startOfLondonDay(addDays(to, 1))}::timestamptz
        AND status IN ('booked', 'arrived', 'fulfilled', 'noshow', 'cancelled')
    ) standing`;
  if (!row) throw new Error('an aggregate without a row');
  return row;
}
