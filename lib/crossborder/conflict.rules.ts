import type { AgreementContent, Conflict, Standing } from '@/lib/crossborder/agreement.schema';
import { extentOf, isWithin, meets, type Extent, type World } from '@/lib/crossborder/extent.rules';
import { gapsOf } from '@/lib/crossborder/gap.rules';
import { keyOf } from '@/lib/crossborder/key.rules';
import type { LiveAgreement } from '@/lib/crossborder/schema';
import { compareLevels } from '@/lib/crossborder/specificity.rules';
import { addDays } from '@/lib/platform/time';

/** What somebody thinks of agreeing. `id`: of the agreement that it is a version of; null for a new one. */
export type Draft = { id: string | null; content: AgreementContent };

/** The worst first. */
const KINDS: readonly Conflict['kind'][] = ['overlaps', 'shadowed-by', 'partly-shadowed-by', 'shadows', 'partly-shadows'];

const MOST_CONFLICTS = 50;

/**
 * How a draft would stand to what is agreed, were it agreed now, and where nothing is agreed even with it. `live`: all that is in force from today on; older
 * versions of the draft's own agreement give way to it. A quota can be used up: what has one never shadows another wholly. At most 50 conflicts, the worst first.
 */
export function standingAmong(draft: Draft, { live, world }: { live: readonly LiveAgreement[]; world: World }): Standing {
  const remaining = live.flatMap((agreement) => (agreement.id === draft.id ? givenWay(agreement, draft) : [agreement]));
  const extent = extentOf(draft.content, world);
  const others = remaining.map((agreement) => ({ agreement, extent: extentOf(agreement, world) }));
  const conflicts = others.flatMap((other): Conflict[] => {
    const kind = conflictOf({ content: draft.content, extent }, other, world);
    const { id, version, title } = other.agreement;
    return kind ? [{ kind, agreement: { id, version, title } }] : [];
  });
  return {
    conflicts: conflicts.sort(byKind).slice(0, MOST_CONFLICTS),
    gaps: gapsOf({ content: draft.content, extent }, { others: others.map((other) => other.extent), world }),
  };
}

type Told<Said> = { content: Said; extent: Extent };

function conflictOf({ content, extent }: Told<AgreementContent>, other: { agreement: LiveAgreement; extent: Extent }, { holidays }: World): Conflict['kind'] | null {
  if (!meets(extent, other.extent, holidays)) return null;
  if (keyOf(content) === keyOf(other.agreement)) return 'overlaps';
  // Of two that are as specific the newer decides, which the draft will be.
  if (compareLevels(other.agreement, content) < 0) return isWithin(extent, other.extent, holidays) && other.agreement.dailyQuota === null ? 'shadowed-by' : 'partly-shadowed-by';
  return isWithin(other.extent, extent, holidays) && content.dailyQuota === null ? 'shadows' : 'partly-shadows';
}

/** What is left of an older version once the draft is agreed: until the day before, or nothing when it begins no earlier. */
function givenWay(agreement: LiveAgreement, { content }: Draft): LiveAgreement[] {
  if (agreement.validFrom >= content.validFrom) return [];
  const lastDay = addDays(content.validFrom, -1);
  return [{ ...agreement, validTo: agreement.validTo !== null && agreement.validTo < lastDay ? agreement.validTo : lastDay }];
}

function byKind(one: Conflict, other: Conflict): number {
  const [first, second] = [one.agreement, other.agreement];
  return KINDS.indexOf(one.kind) - KINDS.indexOf(other.kind) || first.title.localeCompare(second.title) || (first.id < second.id ? -1 : 1);
}
