import type { Candidate } from '@/lib/directory/match.rules';
import type { Calendar } from '@/lib/directory/opening.rules';
import { patternFrom, type HoursRow, type SpecifiedRow } from '@/lib/directory/pattern.rules';
import { asIfInCircle, hoursColumns, inBox, inCircle, judgedBySecondPipeline, latestCapacity, metresFrom, type Asked } from '@/lib/directory/pipeline.queries';
import { EMERGENCY_DEPARTMENT } from '@/lib/directory/rank.rules';
import { GAP_CHECKS, SILENT_CHECKS, type GapCheck, type Place } from '@/lib/directory/schema';
import type { Judgement } from '@/lib/directory/why-not.rules';
import { Prisma, db } from '@/lib/platform/db';

type CandidateRow = Omit<Candidate, 'pattern'> & { isOpenAllHours: boolean; hours: HoursRow[] | null; specified: SpecifiedRow[] | null };
type Judged = { candidates: CandidateRow[] | null; passed: number; gaps: (readonly [failures: number, services: number])[] | null };
type JudgedRow = CandidateRow & { silent: number; failures: number; capacityNote: string | null; resetsAt: Date | null };

const CATCH_ALL_METRES = 60_000;
const CATCH_ALL_SHOWN = 2;

/**
 * The services in the circle that pass every check but the exact ones on opening, the nearest `mostOfAType` of each type; how many there
 * are in all; and how many failed exactly one check, by check (D-006 to D-019, in that order).
 */
export async function candidatesFor(asked: Asked, mostOfAType: number): Promise<{ candidates: readonly Candidate[]; passed: number; gaps: Partial<Record<GapCheck, number>> }> {
  // Raw, a hot path: a London search judges 5,000 services, far too many to bring into memory. Each check on another table is
  // an uncorrelated IN, which PostgreSQL hashes once; looking up each service instead took longer.
  const [judged] = await db.$queryRaw<Judged[]>`
    WITH near AS MATERIALIZED (${inCircle(asked)}),
    judged AS MATERIALIZED (${judgedBySecondPipeline(asked)}),
    kept AS (
      SELECT j.*, row_number() OVER (PARTITION BY j.type_id ORDER BY j.is_home DESC, j.metres, j.dos_id) AS nth
      FROM judged j
      WHERE j.failures = 0
    )
    SELECT
      (SELECT json_agg(${candidateJson(asked)}) FROM kept s WHERE s.nth <= ${mostOfAType}::int) AS candidates,
      (SELECT count(*)::int FROM judged WHERE failures = 0) AS passed,
      (SELECT json_agg(json_build_array(g.failures, g.services))
       FROM (SELECT failures, count(*) AS services FROM judged WHERE failures & (failures - 1) = 0 AND failures > 0 GROUP BY failures) g) AS gaps`;
  return {
    candidates: (judged?.candidates ?? []).map(toCandidate),
    passed: judged?.passed ?? 0,
    gaps: gapsFrom(new Map(judged?.gaps)),
  };
}

/**
 * These services as the same two pipelines judge them, wherever they are, in no order; ids that nobody has are left out.
 * Hours are read for the days of the search and those in which opening is shown.
 */
export async function judgementsFor(asked: Asked & { shown: Calendar }, ids: readonly string[]): Promise<readonly Judgement[]> {
  if (ids.length === 0) return [];
  const { hours, specified } = hoursColumns([...asked.calendar, ...asked.shown]);
  // Raw: the checks are those of the search, letter by letter, or the reasons told would not be its own.
  const rows = await db.$queryRaw<JudgedRow[]>`
    WITH near AS MATERIALIZED (${asIfInCircle(asked, ids)}),
    judged AS MATERIALIZED (${judgedBySecondPipeline(asked)})
    SELECT s.id, s.dos_id AS "dosId", s.type_id AS "typeId", s.metres, s.is_home AS "isHome", s.is_restricted AS "isRestricted",
      s.is_commissioned AS "isCommissioned", s.is_only_if_open AS "isOnlyIfOpen", s.only_if_open_minutes AS "onlyIfOpenMinutes",
      s.is_open_all_hours AS "isOpenAllHours", ${hours} AS hours, ${specified} AS specified,
      s.silent, s.failures, c.note AS "capacityNote", c.resets_at AS "resetsAt"
    FROM judged s
    LEFT JOIN LATERAL (${latestCapacity(asked.now)}) c ON true`;
  return rows.map(({ silent, failures, capacityNote, resetsAt, ...row }) => ({
    ...toCandidate(row),
    failures: [...SILENT_CHECKS.filter((_, bit) => hasBit(silent, bit)), ...GAP_CHECKS.filter((_, bit) => hasBit(failures, bit))],
    capacity: { note: capacityNote, resetsAt },
  }));
}

/** The two nearest active emergency departments within 60 km, whatever else was asked (D-041). */
export async function catchAllFor(place: Place): Promise<readonly { id: string; metres: number }[]> {
  // Raw: the index on the position gives the box, which Prisma cannot say.
  return db.$queryRaw<{ id: string; metres: number }[]>`
    SELECT n.id, n.metres
    FROM (
      SELECT s.id, s.dos_id, ${metresFrom(place)} AS metres
      FROM service s
      WHERE s.status = 'active'
        AND s.type_id = ${EMERGENCY_DEPARTMENT}::int
        AND ${inBox(place, CATCH_ALL_METRES)}
    ) n
    WHERE n.metres <= ${CATCH_ALL_METRES}::float8
    ORDER BY n.metres, n.dos_id
    LIMIT ${CATCH_ALL_SHOWN}::int`;
}

function candidateJson({ calendar }: Asked): Prisma.Sql {
  const { hours, specified } = hoursColumns(calendar);
  return Prisma.sql`json_build_object(
    'id', s.id, 'dosId', s.dos_id, 'typeId', s.type_id, 'metres', s.metres, 'isHome', s.is_home, 'isRestricted', s.is_restricted,
    'isCommissioned', s.is_commissioned, 'isOnlyIfOpen', s.is_only_if_open, 'onlyIfOpenMinutes', s.only_if_open_minutes,
    'isOpenAllHours', s.is_open_all_hours, 'hours', ${hours}, 'specified', ${specified})`;
}

function gapsFrom(services: ReadonlyMap<number, number>): Partial<Record<GapCheck, number>> {
  const gaps: Partial<Record<GapCheck, number>> = {};
  GAP_CHECKS.forEach((check, bit) => {
    const count = services.get(2 ** bit);
    if (count !== undefined) gaps[check] = count;
  });
  return gaps;
}

function hasBit(sum: number, bit: number): boolean {
  return (sum & (2 ** bit)) !== 0;
}

function toCandidate({ isOpenAllHours, hours, specified, ...candidate }: CandidateRow): Candidate {
  return { ...candidate, pattern: patternFrom({ isOpenAllHours, hours, specified }) };
}
