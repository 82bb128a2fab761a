import { auditSql } from '@/lib/audit/record';
import type { Ctx, SystemActor } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { matchesSql, namedSql } from '@/lib/booking/api-matches.queries';
import type { ApiSlots, ApiSlotSearch } from '@/lib/booking/api-slots.schema';
import { withheldFrom } from '@/lib/booking/api-withheld.queries';
import { ORGANISATION_JSON, SERVICE_JSON } from '@/lib/directory/api-directory.queries';
import type { ApiOrganisation, ApiService } from '@/lib/directory/api-directory.schema';
import { Prisma, sendHot } from '@/lib/platform/db';
import type { RefusalOf } from '@/lib/platform/errors';
import { ok, refuse, type Result } from '@/lib/platform/result';
import { SCHEDULE_JSON } from '@/lib/schedule/api-schedule.queries';
import type { ApiSchedule } from '@/lib/schedule/api-schedule.schema';

/**
 * The slots that another system may know of (section 5 of the reference): free ones that it could book now, and busy ones, of services that
 * take bookings and are open to the client and to the organisation it acts for. A search that names no slots and sets no lower bound
 * begins now. Without a service: the 1,000 earliest (B-305). Every search is audited, with what was asked and how many were found (U-063).
 * Refuses with `service-not-found` when no service named has a schedule here (B-310). Throws ForbiddenError without `slot:search`.
 */
export async function apiSlots(ctx: Ctx<SystemActor>, asked: ApiSlotSearch): Promise<Result<ApiSlots, RefusalOf<'service-not-found'>>> {
  requirePermission(ctx.actor, 'slot:search');
  const search = asked.start.from || asked.ids ? asked : { ...asked, start: { ...asked.start, from: ctx.now } };
  const [row] = await sendHot<Row>(statement(ctx, search));
  if (!row || (search.services && row.services === 0)) return refuse({ code: 'service-not-found' });
  return ok({ ...found(row, search), withheld: row.total === 0 ? await withheldFrom(ctx, search) : [] });
}

type Row = {
  /** How many of the services named have a schedule. */
  services: number;
  total: number;
  /** Those of the total that come after the slot where the page begins. */
  remaining: number;
  slots: [id: string, scheduleId: string, isFree: boolean, startsAtMs: number, endsAtMs: number][] | null;
  schedules: ApiSchedule[] | null;
  providers: ApiService[] | null;
  organisations: ApiOrganisation[] | null;
};

// Raw: the hot path of the API. One statement finds, joins, counts and audits, and its one row holds each schedule, service and
// organisation once: read row by row, the joined columns would cost more than the search.
function statement(ctx: Ctx<SystemActor>, search: ApiSlotSearch): Prisma.Sql {
  const { includes, count } = search;
  return Prisma.sql`
    WITH named AS MATERIALIZED (${namedSql(ctx, search)}),
    matches AS MATERIALIZED (${matchesSql(ctx, search)}),
    page AS MATERIALIZED (
      SELECT matches.*, session.schedule_id
      FROM matches
      JOIN session ON session.id = matches.session_id
      WHERE ${isAfter(search)}
      ORDER BY starts_at, ends_at, matches.id
      LIMIT ${count}::int
    ),
    diary AS MATERIALIZED (SELECT * FROM schedule WHERE id IN (SELECT schedule_id FROM page)),
    provider AS MATERIALIZED (SELECT * FROM service WHERE id IN (SELECT service_id FROM diary)),
    audit AS (${auditSql(ctx, { type: 'slot.searched', detail: askedFor(search) }, shownFor(search))})
    SELECT (SELECT count(*)::int FROM named) AS services, (SELECT count(*)::int FROM matches) AS total,
      (SELECT count(*)::int FROM matches WHERE ${isAfter(search)}) AS remaining,
      (SELECT json_agg(json_build_array(id, schedule_id, is_free, ${msOf('starts_at')}, ${msOf('ends_at')}) ORDER BY starts_at, ends_at, id) FROM page) AS slots,
      (SELECT json_agg(${SCHEDULE_JSON} ORDER BY schedule.id) FROM diary AS schedule JOIN provider AS service ON service.id = schedule.service_id) AS schedules,
      CASE WHEN ${includes.services}::boolean THEN (SELECT json_agg(${SERVICE_JSON} ORDER BY service.dos_id) FROM provider AS service) END AS providers,
      CASE WHEN ${includes.organisations}::boolean THEN (
        SELECT json_agg(${ORGANISATION_JSON} ORDER BY organisation.ods_code)
        FROM organisation
        WHERE organisation.ods_code IN (SELECT ods_code FROM provider)) END AS organisations`;
}

function msOf(column: 'starts_at' | 'ends_at'): Prisma.Sql {
  return Prisma.sql`(extract(epoch FROM ${Prisma.raw(column)}) * 1000)::bigint`;
}

// The slot where a page begins may have been booked since: it is found all the same, and the page goes on after its place.
function isAfter({ after }: ApiSlotSearch): Prisma.Sql {
  return Prisma.sql`(${after}::uuid IS NULL
    OR (matches.starts_at, matches.ends_at, matches.id) > (SELECT slot.starts_at, slot.ends_at, slot.id FROM slot WHERE slot.id = ${after}::uuid))`;
}

function askedFor({ statuses, start, end, count }: ApiSlotSearch) {
  const words = (at: Date | null) => at?.toISOString() ?? null;
  return { ...statuses, from: words(start.from), before: words(start.before), endFrom: words(end.from), endBefore: words(end.before), count };
}

// Of the services named those that exist here: anything else could be a mistake that says more than it should.
function shownFor({ services }: ApiSlotSearch): Prisma.Sql {
  const named = Prisma.sql`CASE WHEN ${services !== null}::boolean THEN (SELECT jsonb_agg(dos_id ORDER BY dos_id) FROM named) END`;
  return Prisma.sql`jsonb_build_object('services', ${named}, 'found', (SELECT count(*) FROM matches), 'shown', (SELECT count(*) FROM page))`;
}

function found({ total, remaining, slots, schedules, providers, organisations }: Row, { count }: ApiSlotSearch): Omit<ApiSlots, 'withheld'> {
  const shown = (slots ?? []).map(([id, scheduleId, isFree, startsAtMs, endsAtMs]) => ({ id, scheduleId, isFree, startsAtMs, endsAtMs }));
  const hasMore = count !== null && count > 0 && remaining > count;
  return { total, slots: shown, nextAfter: hasMore ? (shown.at(-1)?.id ?? null) : null, schedules: schedules ?? [], services: providers ?? [], organisations: organisations ?? [] };
}
