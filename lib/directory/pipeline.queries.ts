import { hoursFilter } from '@/lib/directory/match.rules';
import type { Calendar, Window } from '@/lib/directory/opening.rules';
import { GP_PRACTICE } from '@/lib/directory/rank.rules';
import { GAP_CHECKS, type GapCheck, type Place, type SearchRequest, type SilentCheck } from '@/lib/directory/schema';
import { Prisma } from '@/lib/platform/db';

/** What services are judged by. The discriminators are those that are valid in the group. */
export type Asked = {
  request: SearchRequest;
  discriminators: readonly number[];
  radiusKm: number;
  window: Window;
  calendar: Calendar;
  now: Date;
};

/** Radius of the sphere that earthdistance, and so the index, reckons with. */
const EARTH_METRES = 6_378_168;

/** SELECT of the services in the circle that pass the first pipeline: active, near, for these symptoms and this gender, not restricted to other practices (D-006 to D-010). */
export function inCircle(asked: Asked): Prisma.Sql {
  const passes = silentChecks(asked);
  return Prisma.sql`
    SELECT s.*
    FROM (
      SELECT ${judgedColumns(asked)}
      FROM service s
      WHERE ${passes.status}
        AND ${inBox(asked.request.place, asked.radiusKm * 1000)}
        AND ${passes.gender}
        AND ${passes.symptoms}
    ) s
    WHERE ${passes.distance}
      AND ${passes.practices}`;
}

/** SELECT of these services, wherever they are, with the sum of the bits of the checks of the first pipeline that failed, as `silent`. */
export function asIfInCircle(asked: Asked, ids: readonly string[]): Prisma.Sql {
  const { status, distance, symptoms, gender, practices } = silentChecks(asked);
  const failed = [status, distance, symptoms, gender, practices].map((passes, bit) => Prisma.sql`CASE WHEN ${passes} THEN 0 ELSE ${2 ** bit}::int END`);
  return Prisma.sql`
    SELECT s.*, ${Prisma.join(failed, ' + ')} AS silent
    FROM (
      SELECT ${judgedColumns(asked)}, s.status, s.genders
      FROM service s
      WHERE s.id = ANY (${ids}::uuid[])
    ) s`;
}

/** SELECT from `near` with the sum of the bits of the checks of the second pipeline that failed, as `failures` (D-011 to D-018). */
export function judgedBySecondPipeline(asked: Asked): Prisma.Sql {
  const { request, discriminators } = asked;
  const { disposition, ageDays, ageDaysTo = ageDays, symptomGroup, place } = request;
  const open = openServices(asked);
  const failing: Record<GapCheck, Prisma.Sql | null> = {
    capacity: Prisma.sql`n.id IN (${redServices(asked)})`,
    discriminators: symptomGroup === null || discriminators.length === 0 ? null : Prisma.sql`n.id NOT IN (
      SELECT y.service_id
      FROM service_symptom y
      WHERE y.group_id = ${symptomGroup}::int AND y.discriminator_id = ANY (${discriminators}::int[])
      GROUP BY y.service_id
      HAVING count(*) = ${discriminators.length}::int)`,
    disposition: disposition && Prisma.sql`n.id NOT IN (SELECT d.service_id FROM service_disposition d WHERE d.code = ${disposition.code}::text)`,
    role: Prisma.sql`NOT n.has_role`,
    age: Prisma.sql`n.id NOT IN (SELECT a.service_id FROM service_age a WHERE a.days_from <= ${ageDaysTo}::int AND a.days_to >= ${ageDays}::int)`,
    opening: Prisma.sql`NOT n.is_open_all_hours AND n.id NOT IN (${open.specified}) AND (n.id NOT IN (${open.inWindow}) OR n.id IN (${open.closing}))`,
    'only-if-open': Prisma.sql`n.is_only_if_open AND NOT n.is_open_all_hours AND n.id NOT IN (${open.specified}) AND n.id NOT IN (${open.soon})`,
    area: place.icbCode === null ? null : Prisma.sql`n.id IN (SELECT r.service_id FROM service_area r)
      AND n.id NOT IN (SELECT r.service_id FROM service_area r WHERE r.icb_code = ${place.icbCode}::text)`,
  };
  const bits = GAP_CHECKS.map((check, bit) => (failing[check] ? Prisma.sql`CASE WHEN ${failing[check]} THEN ${2 ** bit}::int ELSE 0 END` : Prisma.sql`0`));
  return Prisma.sql`SELECT n.*, ${Prisma.join(bits, ' + ')} AS failures FROM near n`;
}

/** The opening hours of service `s` that matter on these days, as JSON columns `hours` and `specified`. */
export function hoursColumns(calendar: Calendar): { hours: Prisma.Sql; specified: Prisma.Sql } {
  const days = [...new Set(calendar.map(({ day }) => day))];
  const dates = calendar.map(({ date }) => date);
  return {
    hours: Prisma.sql`(SELECT json_agg(json_build_array(o.day, o.from_minute, o.to_minute)) FROM opening o WHERE o.service_id = s.id AND o.day = ANY (${days}::int[]))`,
    specified: Prisma.sql`(SELECT json_agg(json_build_array(e.date, e.from_minute, e.to_minute)) FROM opening_exception e WHERE e.service_id = s.id AND e.date = ANY (${dates}::date[]))`,
  };
}

/** SELECT of the latest capacity of service `s`: the one that counts, until it resets (D-029, D-031). */
export function latestCapacity(now: Date): Prisma.Sql {
  return Prisma.sql`
    SELECT l.colour, l.note, l.resets_at
    FROM capacity_state l
    WHERE l.service_id = s.id AND l.at <= ${now}::timestamptz
    ORDER BY l.at DESC, l.id DESC
    LIMIT 1`;
}

/** Metres from a place to service `s`. Haversine by hand, on the index's own sphere: earth_distance(ll_to_earth(…)) took five times as long over 5,000 rows. */
export function metresFrom({ latitude, longitude }: Place): Prisma.Sql {
  return Prisma.sql`${2 * EARTH_METRES}::float8 * asin(least(1, sqrt(
    power(sin(radians(s.latitude - ${latitude}::float8) / 2), 2)
    + cos(radians(${latitude}::float8)) * cos(radians(s.latitude)) * power(sin(radians(s.longitude - ${longitude}::float8) / 2), 2))))`;
}

/** Whether service `s` may be within so many metres of a place: the box of the index on positions, which is a little larger than the circle. */
export function inBox({ latitude, longitude }: Place, metres: number): Prisma.Sql {
  return Prisma.sql`earth_box(ll_to_earth(${latitude}::float8, ${longitude}::float8), ${metres}::float8) @> ll_to_earth(s.latitude, s.longitude)`;
}

function judgedColumns({ request: { place, role, practiceCode } }: Asked): Prisma.Sql {
  return Prisma.sql`s.id, s.dos_id, s.type_id, s.is_restricted, s.is_open_all_hours, s.is_only_if_open, s.only_if_open_minutes,
    ${metresFrom(place)} AS metres,
    ${role}::text = ANY (s.referral_roles) AS has_role,
    coalesce(s.type_id = ${GP_PRACTICE}::int AND s.ods_code = ${practiceCode}::text, false) AS is_home,
    s.id IN (SELECT p.service_id FROM service_practice p WHERE p.practice = ${practiceCode}::text) AS is_commissioned`;
}

// What a service must pass without being counted. Distance and practices need the judged columns.
function silentChecks({ request: { gender, symptomGroup }, radiusKm }: Asked): Record<SilentCheck, Prisma.Sql> {
  return {
    status: Prisma.sql`s.status = 'active'`,
    distance: Prisma.sql`s.metres <= ${radiusKm * 1000}::float8`,
    symptoms: symptomGroup === null ? Prisma.sql`true` : Prisma.sql`s.id IN (SELECT y.service_id FROM service_symptom y WHERE y.group_id = ${symptomGroup}::int)`,
    gender: Prisma.sql`${gender}::text = ANY (s.genders)`,
    practices: Prisma.sql`(NOT s.is_restricted OR s.is_commissioned OR NOT EXISTS (SELECT FROM service_practice p WHERE p.service_id = s.id))`,
  };
}

// The latest state counts, until it resets by comparison (D-029, D-030).
function redServices({ request, now }: Asked): Prisma.Sql {
  return Prisma.sql`
    SELECT c.service_id
    FROM capacity_state c
    WHERE c.colour = 'red'
      AND c.resets_at > ${request.at}::timestamptz
      AND c.at <= ${now}::timestamptz
      AND NOT EXISTS (SELECT FROM capacity_state l WHERE l.service_id = c.service_id AND l.at <= ${now}::timestamptz AND (l.at, l.id) > (c.at, c.id))`;
}

// Services whose hours let them pass, by the filter of match.rules; hours of a specified date are always judged in memory.
function openServices({ window, calendar }: Asked) {
  const { days, closing } = hoursFilter(window, calendar);
  const anyDay = (sessions: readonly Prisma.Sql[]) => Prisma.join(sessions.map((session) => Prisma.sql`SELECT o.service_id FROM opening o WHERE ${session}`), ' UNION ALL ');
  return {
    specified: Prisma.sql`SELECT e.service_id FROM opening_exception e WHERE e.date = ANY (${days.map(({ date }) => date)}::date[])`,
    inWindow: anyDay(days.map(({ day, openAt, latestStart, endsAfter }) =>
      Prisma.sql`o.day = ${day}::int AND o.from_minute <= ${latestStart}::int AND (o.from_minute > ${openAt}::int OR o.to_minute > ${endsAfter}::int OR o.to_minute = 1439)`)),
    soon: anyDay(days.map(({ day, openBy, openAt }) => Prisma.sql`o.day = ${day}::int AND o.from_minute <= ${openBy}::int AND o.to_minute > ${openAt}::int`)),
    closing: anyDay([closing === null ? Prisma.sql`false` : Prisma.sql`
      o.day = ${closing.day}::int AND o.from_minute <= ${closing.openAt}::int AND o.to_minute BETWEEN ${closing.from}::int AND ${closing.to}::int
        AND o.service_id NOT IN (
          SELECT b.service_id
          FROM opening b
          WHERE b.day = ${closing.day}::int AND b.from_minute > ${closing.openAt}::int AND b.from_minute <= ${closing.to}::int)`]),
  };
}
