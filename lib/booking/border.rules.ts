import type { ApprovalState } from '@/lib/crossborder/approval.schema';
import type { BorderDecision } from '@/lib/crossborder/schema';
import type { RefusalOf } from '@/lib/platform/errors';
import { ok, refuse, type Result } from '@/lib/platform/result';

/** The decision about the border that is kept with an appointment, and the answer that it needed, if any. */
export type BorderToKeep = { decision: BorderDecision; approvalId: string | null };

/** What was asked, and under which rule: of another rule, or another version of it, an answer says nothing. */
export type AskedBefore = { id: string; state: Exclude<ApprovalState, 'lapsed'>; ruleId: string; ruleVersion: number; isOverride: boolean };

/**
 * May a booking of this service go ahead across its border? What needs approval goes ahead when it was approved for the same call and slot,
 * under the same version of the same rule; `asked` is the newest question. Source: docs/rules.md#across-borders, from domain section 6.
 */
export function decideCrossing(decision: BorderDecision, { serviceName, asked }: { serviceName: string; asked: AskedBefore | null }): Result<BorderToKeep, RefusalOf<'border-refused' | 'border-approval-needed'>> {
  const { outcome, rule } = decision;
  if (outcome === 'refuse') return refuse({ code: 'border-refused', serviceName, rule: rule.words });
  if (outcome !== 'approval') return ok({ decision, approvalId: null });
  if (asked?.state === 'approved' && isUnder(asked, decision)) return ok({ decision, approvalId: asked.id });
  return refuse({ code: 'border-approval-needed', serviceName, rule: rule.words, state: stateOf(asked, decision) });
}

/** Whether a question was asked under the rule of this decision, in its version, and equally as an override or not. */
export function isUnder(asked: AskedBefore, { rule, isOverride }: BorderDecision): boolean {
  return asked.ruleId === rule.id && asked.ruleVersion === rule.version && asked.isOverride === isOverride;
}

function stateOf(asked: AskedBefore | null, decision: BorderDecision): RefusalOf<'border-approval-needed'>['state'] {
  if (!asked) return 'not-asked';
  // Approved of another rule is no answer to this one, and neither is any other word about it.
  return asked.state !== 'approved' && isUnder(asked, decision) ? asked.state : 'lapsed';
}
