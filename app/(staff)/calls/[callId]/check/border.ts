import { askWords, type AskWords } from '@/components/crossborder/ask-words';
import type { Ctx } from '@/lib/auth/actor';
import { borderOf } from '@/lib/booking/border.queries';
import type { Call } from '@/lib/booking/schema';
import { approvalOf } from '@/lib/crossborder/approval.queries';
import type { FreshApproval } from '@/lib/crossborder/approval.client';
import { countOnDuty } from '@/lib/crossborder/duty.queries';
import type { BorderDecision } from '@/lib/crossborder/schema';

/** What the check page shows of the border: the decision about the held slot, whom to ask where it needs approval, and what came of asking. */
export type BorderAtCheck = { decision: BorderDecision | null; ask: AskWords | null; answer: FreshApproval };

/** The border that a booking of the slot which the call holds would cross. */
export async function borderAtCheck(ctx: Ctx, { id: callId, held }: Call): Promise<BorderAtCheck> {
  const decision = held ? await borderOf(ctx, { callId, slotId: held.id }) : null;
  if (!held || decision?.outcome !== 'approval') return { decision, ask: null, answer: { at: ctx.now, approval: null } };

  const sides = decision.approvers.flatMap((approver) => (approver === 'host' || approver === 'responsible' ? (decision[approver].commissioner ?? []) : []));
  const [approval, onDuty] = await Promise.all([approvalOf(ctx, { callId, slotId: held.id }), sides.length > 0 ? countOnDuty(ctx, { sides, except: ctx.actor.id }) : 0]);
  return { decision, ask: askWords(decision, onDuty), answer: { at: ctx.now, approval } };
}
