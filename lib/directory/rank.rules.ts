import type { Candidate } from '@/lib/directory/match.rules';
import type { ServiceRow } from '@/lib/directory/schema';

/** DoS types that the rules name: the registered practice, the linked out-of-hours service, the catch-all. */
export const GP_PRACTICE = 100;
export const IUC_TREATMENT = 25;
export const EMERGENCY_DEPARTMENT = 105;

/** A type with its rank at the place of the search: that of the ICB, else the national one (D-034). */
export type TypeRank = { typeId: number; rank: number; isSingleResult: boolean };

/** Types without a rank come after those with one, 1 to 10. */
export const UNRANKED = 11;

/** How many of a type count (D-032). */
const NEAREST_OF_A_TYPE = 100;
const SHOWN_OF_A_TYPE = 2;
const METRES_PER_MILE = 1000 / 0.621371;

/**
 * The services to show, in order: the nearest 100 of each type (D-032) by rank of type (D-034, D-035), within a rank home
 * practice, commissioned restricted, commissioned unrestricted, others (D-037), then distance, then service id; and of these
 * the first two of each type, or the only one (D-039).
 */
export function chooseServices(matching: readonly Candidate[], ranks: readonly TypeRank[]): readonly Candidate[] {
  const ofType = new Map(ranks.map((rank) => [rank.typeId, rank]));
  const rankOf = (typeId: number) => ofType.get(typeId)?.rank ?? UNRANKED;
  const shown = new Map<number, number>();

  return nearestOfEachType(matching)
    .sort((one, other) => rankOf(one.typeId) - rankOf(other.typeId) || groupOf(one) - groupOf(other) || byDistance(one, other))
    .filter(({ typeId }) => {
      const before = shown.get(typeId) ?? 0;
      shown.set(typeId, before + 1);
      return before < (ofType.get(typeId)?.isSingleResult ? 1 : SHOWN_OF_A_TYPE);
    });
}

/** Whether a service that matches is among the nearest 100 of its type, which alone are ranked (D-032). */
export function isAmongNearest(id: string, matching: readonly Candidate[]): boolean {
  return nearestOfEachType(matching).some((candidate) => candidate.id === id);
}

/** The mark behind a name when the practice of the patient is known (D-038). */
export function markOf({ typeId, isHome, isCommissioned }: Candidate): ServiceRow['mark'] {
  if (isHome) return 'Home';
  return typeId === IUC_TREATMENT && isCommissioned ? 'Home OOH' : null;
}

/** Straight-line miles with one decimal (D-033). */
export function miles(metres: number): number {
  return Math.round((metres / METRES_PER_MILE) * 10) / 10;
}

/**
 * Whether services beyond the nearest `mostOfAType` could still count: of some type all that were looked at were kept,
 * and the exact checks left fewer than the 100 that do (D-032). So on days of clock change and of many specified hours.
 */
export function isCutShort(looked: readonly Candidate[], passed: readonly Candidate[], mostOfAType: number): boolean {
  const lookedAt = countByType(looked);
  const left = countByType(passed);
  return [...lookedAt].some(([typeId, count]) => count >= mostOfAType && (left.get(typeId) ?? 0) < NEAREST_OF_A_TYPE);
}

function nearestOfEachType(matching: readonly Candidate[]): Candidate[] {
  const kept = new Map<number, number>();
  return matching.toSorted(byDistance).filter(({ typeId, isHome }) => {
    const before = kept.get(typeId) ?? 0;
    kept.set(typeId, before + 1);
    return isHome || before < NEAREST_OF_A_TYPE;
  });
}

function groupOf({ isHome, isCommissioned, isRestricted }: Candidate): number {
  if (isHome) return 0;
  if (!isCommissioned) return 3;
  return isRestricted ? 1 : 2;
}

function byDistance(one: Candidate, other: Candidate): number {
  return one.metres - other.metres || (one.dosId < other.dosId ? -1 : 1);
}

function countByType(candidates: readonly Candidate[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { typeId } of candidates) counts.set(typeId, (counts.get(typeId) ?? 0) + 1);
  return counts;
}
