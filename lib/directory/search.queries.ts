import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { candidatesFor, catchAllFor } from '@/lib/directory/candidate.queries';
import { searchMinutes } from '@/lib/directory/disposition.rules';
import { distanceInForce, distanceKeys } from '@/lib/directory/distance.rules';
import { judgeOpening } from '@/lib/directory/match.rules';
import { calendarFor, sessionWindow, shownWindow, type Calendar } from '@/lib/directory/opening.rules';
import type { Asked } from '@/lib/directory/pipeline.queries';
import { bankHolidays } from '@/lib/directory/queries';
import { UNRANKED, chooseServices, isCutShort, markOf, type TypeRank } from '@/lib/directory/rank.rules';
import type { DistanceSource, GapCheck, SearchAnswer, SearchRequest } from '@/lib/directory/schema';
import { showServices, type Chosen } from '@/lib/directory/shown.queries';
import { db } from '@/lib/platform/db';

const NATIONAL = 'national';
/** More than the 100 of a type that count (D-032), because the exact checks on opening still drop a few. */
const FIRST_LOOK = 130;
const EVERYTHING = 1_000_000;

export type PreparedSearch = Asked & {
  distanceSource: DistanceSource;
  /** The days in which opening is shown (D-027). */
  shown: Calendar;
  ranks: readonly TypeRank[];
};

/**
 * The services that can meet a need, ranked, with what is free now: pipeline, opening, capacity, ranking and catch-all of the
 * Directory of Services, live each time (D-006 to D-049). Emergency departments nearby stand in when nothing matches; when there
 * are none either the code is 102. Throws ForbiddenError without `directory:search`.
 */
export async function findServices(ctx: Ctx, request: SearchRequest): Promise<SearchAnswer> {
  requirePermission(ctx.actor, 'directory:search');

  const prepared = await prepareSearch(ctx, request);
  const { found, passed, failed, chosen, isCatchAll } = await listFor(prepared);
  const services = await showServices(chosen, prepared);
  return {
    services,
    isCatchAll,
    code: services.length === 0 ? 102 : null,
    distanceKm: prepared.radiusKm,
    distanceSource: prepared.distanceSource,
    matched: found.passed - (found.candidates.length - passed.length),
    gaps: added(found.gaps, failed),
  };
}

/** What a search needs to know before it judges any service: distance in force, valid discriminators, window and days, ranks of types. */
export async function prepareSearch({ now }: Ctx, request: SearchRequest): Promise<PreparedSearch> {
  const [holidays, distance, discriminators, ranks] = await Promise.all([bankHolidays(), distanceFor(request), validDiscriminators(request), ranksFor(request.place.icbCode)]);
  const minutes = request.disposition ? searchMinutes(request.disposition, request.at, holidays) : null;
  const window = sessionWindow(request.at, minutes);
  return {
    request,
    discriminators,
    radiusKm: distance.kilometres,
    distanceSource: distance.source,
    window,
    calendar: calendarFor(window, holidays),
    shown: calendarFor(shownWindow(request.at), holidays),
    ranks,
    now,
  };
}

/** The services that a search lists, in order, and all that passed on the way; or the catch-all when none did (D-041). */
export async function listFor(prepared: PreparedSearch) {
  const judged = await judgedCandidates(prepared);
  const matching = chooseServices(judged.passed, prepared.ranks).map((candidate): Chosen => ({ id: candidate.id, metres: candidate.metres, mark: markOf(candidate) }));
  const isCatchAll = matching.length === 0;
  return { ...judged, chosen: isCatchAll ? await catchAll(prepared.request) : matching, isCatchAll };
}

// A first look at the nearest is enough on most days; where the exact checks on opening leave too few, all are looked at.
async function judgedCandidates(prepared: PreparedSearch) {
  const { window, calendar } = prepared;
  const found = await candidatesFor(prepared, FIRST_LOOK);
  const judged = judgeOpening(found.candidates, window, calendar);
  if (!isCutShort(found.candidates, judged.passed, FIRST_LOOK)) return { found, ...judged };
  const all = await candidatesFor(prepared, EVERYTHING);
  return { found: all, ...judgeOpening(all.candidates, window, calendar) };
}

async function catchAll({ place }: SearchRequest): Promise<readonly Chosen[]> {
  const departments = await catchAllFor(place);
  return departments.map((department) => ({ ...department, mark: 'Catch-all' }));
}

async function distanceFor(request: SearchRequest) {
  const stored = await db.searchDistance.findMany({ where: { area: { in: distanceKeys(request.place.postcode).map(({ area }) => area) } } });
  return distanceInForce(request, new Map(stored.map(({ area, kilometres }) => [area, kilometres])));
}

// Those not valid in the group are dropped, and duplicates with them.
async function validDiscriminators({ symptomGroup, discriminators }: SearchRequest): Promise<number[]> {
  if (symptomGroup === null || discriminators.length === 0) return [];
  const pairs = await db.symptomPair.findMany({ where: { groupId: symptomGroup, discriminatorId: { in: [...discriminators] } }, select: { discriminatorId: true } });
  return pairs.map(({ discriminatorId }) => discriminatorId);
}

async function ranksFor(icbCode: string | null): Promise<TypeRank[]> {
  const areas = icbCode === null ? [NATIONAL] : [NATIONAL, icbCode];
  const types = await db.serviceType.findMany({
    select: { id: true, singleResultOnly: true, ranks: { where: { area: { in: areas } }, select: { area: true, rank: true } } },
  });
  return types.map(({ id, singleResultOnly, ranks }) => {
    const ranked = ranks.find(({ area }) => area === icbCode) ?? ranks.find(({ area }) => area === NATIONAL);
    return { typeId: id, rank: ranked?.rank ?? UNRANKED, isSingleResult: singleResultOnly };
  });
}

function added(gaps: SearchAnswer['gaps'], more: ReadonlyMap<GapCheck, number>): SearchAnswer['gaps'] {
  const sum = { ...gaps };
  for (const [check, count] of more) sum[check] = (sum[check] ?? 0) + count;
  return sum;
}
