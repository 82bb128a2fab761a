import { hoursFilter, type Candidate } from '@/lib/directory/match.rules';
import type { Calendar, Window } from '@/lib/directory/opening.rules';
import { patternFrom, type HoursRow, type SpecifiedRow } from '@/lib/directory/pattern.rules';
import { EMERGENCY_DEPARTMENT, GP_PRACTICE } from '@/lib/directory/rank.rules';
import type { GapCheck, SearchRequest } from '@/lib/directory/schema';
import { Prisma, db } from '@/lib/platform/db';

/** What the first statement of a search is asked. The discriminators are those that are valid in the group. */
export type CandidateSearch = {
  request: SearchRequest;
  discriminators: readonly number[];
  radiusKm: number;
  window: Window;
  calendar: Calendar;
  now: Date;
  /** How many of each type are brought into memory, nearest first. */
  mostOfAType: number;
};

type CandidateRow = Omit<Candidate, 'pattern'> & { isOpenAllHours: boolean; hours: HoursRow[] | null; specified: SpecifiedRow[] | null };
type Judged = { candidates: CandidateRow[] | null; passed: number; gaps: (readonly [failures: number, services: number])[] | null };

/** Each check of the second pipeline has a bit: failures of exactly one check are a power of two. */
const CHECKS = ['capacity', 'discriminators', 'disposition', 'role', 'age', 'opening', 'only-if-open', 'area'] as const satisfies readonly GapCheck[];

const CATCH_ALL_METRES = 60_000;
const CATCH_ALL_SHOWN = 2;
/** Radius of the sphere that earthdistance, and so the index, reckons with. */
const EARTH_METRES = 6_378_168;

/**
 * The services in the circle that pass every check but the exact ones on opening, the nearest of each type; how many there
 * are in all; and how many failed exactly one check, by check (D-006 to D-019, in that order).
 */
export async function candidatesFor(search: CandidateSearch): Promise<{ candidates: readonly Candidate[]; passed: number; gaps: Partial<Record<GapCheck, number>> }> {
  // Raw, a hot path: a London search judges 5,000 services, far too many to bring into memory. Each check on another table is
  // an uncorrelated IN, which PostgreSQL hashes once; looking up each service instead took longer.
  const [judged] = await db.$queryRaw<Judged[]>`
    WITH near AS MATERIALIZED (${inCircle(search)}),
    judged AS MATERIALIZED (${judgedBySecondPipeline(search)}),
    kept AS (
      SELECT j.*, row_number() OVER (PARTITION BY j.type_id ORDER BY j.is_home DESC, j.metres, j.dos_id) AS nth
      FROM judged j
      WHERE j.failures = 0
    )
    SELECT
      (SELECT json_agg(${candidateJson(search)}) FROM kept k WHERE k.nth <= ${search.mostOfAType}::int) AS candidates,
      (SELECT count(*)::int FROM judged WHERE failures = 0) AS passed,
      (SELECT json_agg(json_build_array(g.failures, g.services))
       FROM (SELECT failures, count(*) AS services FROM judged WHERE failures & (failures - 1) = 0 AND failures > 0 GROUP BY failures) g) AS gaps`;
  return {
    candidates: (judged?.candidates ?? []).map(toCandidate),
    passed: judged?.passed ?? 0,
    gaps: gapsFrom(new Map(judged?.gaps)),
  };
}

/** The two nearest active emergency departments within 60 km, whatever else was asked (D-041). */
export async function catchAllFor({ latitude, longitude }: SearchRequest['place']): Promise<readonly { id: string; metres: number }[]> {
  // Raw: the index on the position gives the box, which Prisma cannot say.
  return db.$queryRaw<{ id: string; metres: number }[]>`
    SELECT n.id, n.metres
    FROM (
      SELECT s.id, s.dos_id, ${metresFrom(latitude, longitude)} AS metres
      FROM service s
      WHERE s.status = 'active'
        AND s.type_id = ${EMERGENCY_DEPARTMENT}::int
        AND earth_box(ll_to_earth(${latitude}::float8, ${longitude}::float8), ${CATCH_ALL_METRES}::float8) @> ll_to_earth(s.latitude, s.longitude)
    ) n
    WHERE n.metres <= ${CATCH_ALL_METRES}::float8
    ORDER BY n.metres, n.dos_id
    LIMIT ${CATCH_ALL_SHOWN}::int`;
}

// First pipeline, silent: active, near, profiled for the symptom group and the gender, not restricted to other practices (D-006 to D-010).
function inCircle({ request: { place, gender, role, practiceCode, symptomGroup }, radiusKm }: CandidateSearch): Prisma.Sql {
  const radius = radiusKm * 1000;
  return Prisma.sql`
    SELECT s.*
    FROM (
      SELECT s.id, s.dos_id, s.type_id, s.is_restricted, s.is_open_all_hours, s.is_only_if_open, s.only_if_open_minutes,
        ${metresFrom(place.latitude, place.longitude)} AS metres,
        ${role}::text = ANY (s.referral_roles) AS has_role,
        coalesce(s.type_id = ${GP_PRACTICE}::int AND s.ods_code = ${practiceCode}::text, false) AS is_home,
        s.id IN (SELECT p.service_id FROM service_practice p WHERE p.practice = ${practiceCode}::text) AS is_commissioned
      FROM service s
      WHERE s.status = 'active'
        AND earth_box(ll_to_earth(${place.latitude}::float8, ${place.longitude}::float8), ${radius}::float8) @> ll_to_earth(s.latitude, s.longitude)
        AND ${gender}::text = ANY (s.genders)
        ${symptomGroup === null ? Prisma.empty : Prisma.sql`AND s.id IN (SELECT y.service_id FROM service_symptom y WHERE y.group_id = ${symptomGroup}::int)`}
    ) s
    WHERE s.metres <= ${radius}::float8
      AND (NOT s.is_restricted OR s.is_commissioned OR NOT EXISTS (SELECT FROM service_practice p WHERE p.service_id = s.id))`;
}

// Second pipeline, counted: the sum of the bits of the checks that failed (D-011 to D-018).
function judgedBySecondPipeline(search: CandidateSearch): Prisma.Sql {
  const { request, discriminators } = search;
  const { disposition, ageDays, ageDaysTo = ageDays, symptomGroup, place } = request;
  const open = openServices(search);
  const failing: Record<GapCheck, Prisma.Sql | null> = {
    capacity: Prisma.sql`n.id IN (${redServices(search)})`,
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
  const bits = CHECKS.map((check, bit) => (failing[check] ? Prisma.sql`CASE WHEN ${failing[check]} THEN ${2 ** bit}::int ELSE 0 END` : Prisma.sql`0`));
  return Prisma.sql`SELECT n.*, ${Prisma.join(bits, ' + ')} AS failures FROM near n`;
}

// The latest state counts, until it resets by comparison (D-029, D-030).
function redServices({ request, now }: CandidateSearch): Prisma.Sql {
  return Prisma.sql`
    SELECT c.service_id
    FROM capacity_state c
    WHERE c.colour = 'red'
      AND c.resets_at > ${request.at}::timestamptz
      AND c.at <= ${now}::timestamptz
      AND NOT EXISTS (SELECT FROM capacity_state l WHERE l.service_id = c.service_id AND l.at <= ${now}::timestamptz AND (l.at, l.id) > (c.at, c.id))`;
}

// Services whose hours let them pass, by the filter of match.rules; hours of a specified date are always judged in memory.
function openServices({ window, calendar }: CandidateSearch) {
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

function candidateJson({ calendar }: CandidateSearch): Prisma.Sql {
  const days = [...new Set(calendar.map(({ day }) => day))];
  const dates = calendar.map(({ date }) => date);
  return Prisma.sql`json_build_object(
    'id', k.id, 'dosId', k.dos_id, 'typeId', k.type_id, 'metres', k.metres, 'isHome', k.is_home, 'isRestricted', k.is_restricted,
    'isCommissioned', k.is_commissioned, 'isOnlyIfOpen', k.is_only_if_open, 'onlyIfOpenMinutes', k.only_if_open_minutes,
    'isOpenAllHours', k.is_open_all_hours,
    'hours', (SELECT json_agg(json_build_array(o.day, o.from_minute, o.to_minute)) FROM opening o WHERE o.service_id = k.id AND o.day = ANY (${days}::int[])),
    'specified', (SELECT json_agg(json_build_array(e.date, e.from_minute, e.to_minute)) FROM opening_exception e WHERE e.service_id = k.id AND e.date = ANY (${dates}::date[])))`;
}

// Haversine by hand, on the index's own sphere: earth_distance(ll_to_earth(…)) took five times as long over 5,000 rows.
function metresFrom(latitude: number, longitude: number): Prisma.Sql {
  return Prisma.sql`${2 * EARTH_METRES}::float8 * asin(least(1, sqrt(
    power(sin(radians(s.latitude - ${latitude}::float8) / 2), 2)
    + cos(radians(${latitude}::float8)) * cos(radians(s.latitude)) * power(sin(radians(s.longitude - ${longitude}::float8) / 2), 2))))`;
}

function gapsFrom(services: ReadonlyMap<number, number>): Partial<Record<GapCheck, number>> {
  const gaps: Partial<Record<GapCheck, number>> = {};
  CHECKS.forEach((check, bit) => {
    const count = services.get(2 ** bit);
    if (count !== undefined) gaps[check] = count;
  });
  return gaps;
}

function toCandidate({ isOpenAllHours, hours, specified, ...candidate }: CandidateRow): Candidate {
  return { ...candidate, pattern: patternFrom({ isOpenAllHours, hours, specified }) };
}
