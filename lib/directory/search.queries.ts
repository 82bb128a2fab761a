import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { candidatesFor, catchAllFor, type CandidateSearch } from '@/lib/directory/candidate.queries';
import { searchMinutes } from '@/lib/directory/disposition.rules';
import { distanceInForce, distanceKeys } from '@/lib/directory/distance.rules';
import { judgeOpening } from '@/lib/directory/match.rules';
import { calendarFor, sessionWindow, shownWindow } from '@/lib/directory/opening.rules';
import { bankHolidays } from '@/lib/directory/queries';
import { UNRANKED, chooseServices, isCutShort, markOf, type TypeRank } from '@/lib/directory/rank.rules';
import type { GapCheck, SearchAnswer, SearchRequest } from '@/lib/directory/schema';
import { showServices, type Chosen } from '@/lib/directory/shown.queries';
import { db } from '@/lib/platform/db';
import type { LocalDate } from '@/lib/platform/time-words';

const NATIONAL = 'national';
/** More than the 100 of a type that count (D-032), because the exact checks on opening still drop a few. */
const FIRST_LOOK = 130;
const EVERYTHING = 1_000_000;

/**
 * The services that can meet a need, ranked, with what is free now: pipeline, opening, capacity, ranking and catch-all of the
 * Directory of Services, live each time (D-006 to D-049). Emergency departments nearby stand in when nothing matches; when there
 * are none either the code is 102. Throws ForbiddenError without `directory:search`.
 */
export async function findServices(ctx: Ctx, request: SearchRequest): Promise<SearchAnswer> {
  requirePermission(ctx.actor, 'directory:search');

  const [holidays, distance, discriminators, ranks] = await Promise.all([bankHolidays(), distanceFor(request), validDiscriminators(request), ranksFor(request.place.icbCode)]);
  const minutes = request.disposition ? searchMinutes(request.disposition, request.at, holidays) : null;
  const window = sessionWindow(request.at, minutes);
  const calendar = calendarFor(window, holidays);

  const search = { request, discriminators, radiusKm: distance.kilometres, window, calendar, now: ctx.now };
  const { found, passed, failed } = await judgedCandidates(search);
  const matching = chooseServices(passed, ranks).map((candidate): Chosen => ({ id: candidate.id, metres: candidate.metres, mark: markOf(candidate) }));
  const isCatchAll = matching.length === 0;
  const chosen = isCatchAll ? await catchAll(request) : matching;

  const services = await showServices({ chosen, ...shownTimes(ctx, request, holidays), isForClinician: request.role === 'clinician' });
  return {
    services,
    isCatchAll,
    code: services.length === 0 ? 102 : null,
    distanceKm: distance.kilometres,
    distanceSource: distance.source,
    matched: found.passed - (found.candidates.length - passed.length),
    gaps: added(found.gaps, failed),
  };
}

// A first look at the nearest is enough on most days; where the exact checks on opening leave too few, all are looked at.
async function judgedCandidates(search: Omit<CandidateSearch, 'mostOfAType'>) {
  const { window, calendar } = search;
  const found = await candidatesFor({ ...search, mostOfAType: FIRST_LOOK });
  const judged = judgeOpening(found.candidates, window, calendar);
  if (!isCutShort(found.candidates, judged.passed, FIRST_LOOK)) return { found, ...judged };
  const all = await candidatesFor({ ...search, mostOfAType: EVERYTHING });
  return { found: all, ...judgeOpening(all.candidates, window, calendar) };
}

async function catchAll({ place }: SearchRequest): Promise<readonly Chosen[]> {
  const departments = await catchAllFor(place);
  return departments.map((department) => ({ ...department, mark: 'Catch-all' }));
}

function shownTimes({ now }: Ctx, { at, dueAt }: SearchRequest, holidays: ReadonlySet<LocalDate>) {
  const week = shownWindow(at);
  return { at, now, inTimeUntil: dueAt ?? week.to, calendar: calendarFor(week, holidays) };
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
