import { openingFailures, type Candidate } from '@/lib/directory/match.rules';
import { openState, type Calendar, type Window } from '@/lib/directory/opening.rules';
import { EMERGENCY_DEPARTMENT, miles } from '@/lib/directory/rank.rules';
import { GAP_CHECKS, SILENT_CHECKS, type GapCheck, type OpenState, type SilentCheck } from '@/lib/directory/schema';

type Check = SilentCheck | GapCheck;

/** One service as the pipelines judge it. Of opening they know only what the hours can promise. */
export type Judgement = Candidate & {
  failures: readonly Check[];
  /** What was last said of its capacity. */
  capacity: { note: string | null; resetsAt: Date | null };
};

/** Why the pipelines leave a service out, with what the call handler can tell of it. */
export type WhyNot =
  | { check: 'distance'; distanceMiles: number; limitMiles: number }
  | { check: 'capacity'; note: string | null; resetsAt: Date | null }
  | { check: 'opening'; open: OpenState }
  | { check: 'only-if-open'; minutes: number; open: OpenState }
  | { check: Exclude<Check, 'distance' | 'capacity' | 'opening' | 'only-if-open'> };

/** Where one service stands in the list of one search. */
export type Standing =
  | { kind: 'listed'; position: number }
  /** It passes, but its type has its one or two places (D-039). */
  | { kind: 'outranked'; by: readonly { position: number; name: string }[] }
  /** It passes, but 100 of its type are nearer (D-032). */
  | { kind: 'too-many-nearer' }
  | { kind: 'left-out'; reasons: readonly WhyNot[] };

/** Where the reasons are judged: the search's window with its days, the days in which opening is told (D-027), and the radius. */
type Scene = { window: Window; calendar: Calendar; shown: Calendar; radiusKm: number };

/** A check that tells nothing more when the other has failed too. */
const IMPLIED_BY: Partial<Record<Check, Check>> = { discriminators: 'symptoms', 'only-if-open': 'opening' };

/** What a service is profiled for, or not: nothing a call handler may pass over. Distance, hours and capacity are. */
const PROFILE = new Set<Check>(['status', 'symptoms', 'gender', 'practices', 'discriminators', 'disposition', 'role', 'age', 'area']);

/** Every reason why the pipelines leave a service out, in their order (D-006 to D-018); none when it passes. */
export function reasonsAgainst(judgement: Judgement, scene: Scene): readonly WhyNot[] {
  const failed = failedChecks(judgement, scene);
  return [...SILENT_CHECKS, ...GAP_CHECKS]
    .filter((check) => failed.has(check) && !isImplied(check, failed))
    .map((check) => reasonOf(check, judgement, scene));
}

/**
 * Whether a service may be chosen for this patient and need although the list leaves it out: it is active, and its profile takes
 * them. Of an emergency department only that it is active is asked: it may always stand in (D-041).
 */
export function canBeChosen({ failures, typeId }: Judgement): boolean {
  return typeId === EMERGENCY_DEPARTMENT ? !failures.includes('status') : !failures.some((check) => PROFILE.has(check));
}

function isImplied(check: Check, failed: ReadonlySet<Check>): boolean {
  const by = IMPLIED_BY[check];
  return by !== undefined && failed.has(by);
}

// The hours pass or fail for certain in memory only; what already failed by the filter fails there too.
function failedChecks(judgement: Judgement, { window, calendar }: Scene): ReadonlySet<Check> {
  return new Set<Check>([...judgement.failures, ...openingFailures(judgement, window, calendar)]);
}

function reasonOf(check: Check, { metres, capacity, onlyIfOpenMinutes, pattern }: Judgement, { window, shown, radiusKm }: Scene): WhyNot {
  switch (check) {
    case 'distance':
      return { check, distanceMiles: miles(metres), limitMiles: miles(radiusKm * 1000) };
    case 'capacity':
      return { check, ...capacity };
    case 'opening':
      return { check, open: openState(pattern, window.from, shown) };
    case 'only-if-open':
      return { check, minutes: onlyIfOpenMinutes, open: openState(pattern, window.from, shown) };
    default:
      return { check };
  }
}
