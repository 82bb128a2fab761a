import type { Ctx, SystemActor } from '@/lib/auth/actor';
import { isOpenToSql } from '@/lib/booking/api-open.queries';
import { MAX_API_SLOTS, type ApiSlotSearch } from '@/lib/booking/api-slots.schema';
import { offeredSql } from '@/lib/directory/offered.queries';
import { Prisma } from '@/lib/platform/db';
import { isId } from '@/lib/platform/id';
import { addMinutes } from '@/lib/platform/time';

/** The windows in which the earliest slots are looked for, one after another; after the last, in all that follows. */
const WINDOW_HOURS = [1, 6, 24, 7 * 24];

const ORDER = Prisma.sql`ORDER BY starts_at, ends_at, id`;
const HAS_SCHEDULE = Prisma.sql`EXISTS (SELECT FROM schedule WHERE schedule.service_id = service.id)`;

/**
 * A SELECT of the services with a schedule that a search names, by DoS service id or by Onward's own, whether open to the client or not;
 * without a name, of those that are.
 */
export function namedSql(ctx: Ctx<SystemActor>, { services }: ApiSlotSearch): Prisma.Sql {
  const isOpen = isOpenToSql(ctx);
  const isNamed = services ? Prisma.sql`(service.dos_id = ANY(${services}::text[]) OR service.id = ANY(${services.filter(isId)}::uuid[]))` : isOpen;
  return Prisma.sql`SELECT service.id, service.dos_id, (${isOpen}) AS is_open FROM service WHERE ${isNamed} AND ${HAS_SCHEDULE}`;
}

/** A SELECT of the slots that match a search in the services of `named`: the one copy of what free and busy mean to other systems. */
export function matchesSql(ctx: Ctx<SystemActor>, search: ApiSlotSearch): Prisma.Sql {
  const [first, second] = arms(ctx, search);
  if (!search.services && !search.ids) return earliestSql([first, second], search.start.from ?? ctx.now);
  const from = Prisma.sql`FROM named JOIN slot o ON o.service_id = named.id AND named.is_open`;
  return Prisma.sql`${first(from)} UNION ALL ${second(from)}`;
}

// Of all services the earliest: the window grows until it has enough, so that of a full diary no more is read than its next hours.
// Service by service, each from its index; a join would read all slots that there are.
function earliestSql([first, second]: [Arm, Arm], from: Date): Prisma.Sql {
  const untils = WINDOW_HOURS.map((hours) => addMinutes(from, hours * 60));
  const ofService = (until: Prisma.Sql, order: Prisma.Sql) => {
    const some = (arm: Arm) => Prisma.sql`(${arm(Prisma.sql`FROM slot o`)} AND o.service_id = named.id AND o.starts_at < ${until} ${order} LIMIT ${MAX_API_SLOTS}::int)`;
    return Prisma.sql`FROM named CROSS JOIN LATERAL (${some(first)} UNION ALL ${some(second)}) AS each`;
  };
  return Prisma.sql`
    WITH enough AS MATERIALIZED (
      SELECT until
      FROM unnest(${untils}::timestamptz[]) AS until
      WHERE (SELECT count(*) FROM (SELECT ${ofService(Prisma.sql`until`, Prisma.empty)} LIMIT ${MAX_API_SLOTS}::int) AS few) = ${MAX_API_SLOTS}::int
      LIMIT 1
    )
    SELECT each.*
    ${ofService(Prisma.sql`coalesce((SELECT until FROM enough), 'infinity')`, ORDER)}
    ${ORDER}
    LIMIT ${MAX_API_SLOTS}::int`;
}

/** Whether slot `o`, which is free by its status, is held at `now`, as a condition. */
export function isHeldSql(now: Date): Prisma.Sql {
  return Prisma.sql`(o.held_until IS NOT NULL AND o.held_until > ${now}::timestamptz)`;
}

/** Whether another system could book slot `o`, of a service that is open to it, at `now`, as a condition (B-307). */
export function isBookableSql(now: Date): Prisma.Sql {
  return Prisma.sql`(o.status = 'free' AND NOT ${isHeldSql(now)} AND o.starts_at > ${now}::timestamptz AND ${offeredSql(now)})`;
}

type Arm = (from: Prisma.Sql) => Prisma.Sql;

// Two arms, each with its status spelt out: only so does each find its partial index, slot_free and slot_busy. What is asked for is told by
// parameters and not by the text: each text is one more plan that every connection keeps.
function arms({ now }: Ctx<SystemActor>, search: ApiSlotSearch): [Arm, Arm] {
  const { free, busy } = search.statuses;
  const columns = Prisma.sql`SELECT o.id, o.session_id, o.starts_at, o.ends_at`;
  const wanted = Prisma.sql`((${free}::boolean AND ${isBookableSql(now)}) OR (${busy}::boolean AND ${isHeldSql(now)}))`;
  return [
    (from) => Prisma.sql`${columns}, NOT ${isHeldSql(now)} AS is_free ${from} WHERE o.status = 'free' AND ${wanted} AND ${isAskedFor(search)}`,
    (from) => Prisma.sql`${columns}, FALSE ${from} WHERE o.status = 'busy' AND ${busy}::boolean AND ${isAskedFor(search)}`,
  ];
}

/** Whether slot `o` lies in the window of a search and is one of those that it names, as a condition. */
export function isAskedFor({ start, end, ids }: ApiSlotSearch): Prisma.Sql {
  const lower = (bound: Date | null) => Prisma.sql`coalesce(${bound}::timestamptz, '-infinity')`;
  const upper = (bound: Date | null) => Prisma.sql`coalesce(${bound}::timestamptz, 'infinity')`;
  return Prisma.sql`o.starts_at >= ${lower(start.from)} AND o.starts_at < ${upper(start.before)}
    AND o.ends_at >= ${lower(end.from)} AND o.ends_at < ${upper(end.before)}
    AND ${ids ? Prisma.sql`o.id = ANY(${ids}::uuid[])` : Prisma.sql`TRUE`}`;
}
