import { record } from '@/lib/audit/record';
import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { askedQuestion, whyNotAnswered, type AskedQuestion } from '@/lib/crossborder/approval.queries';
import { decideAnswer } from '@/lib/crossborder/approval.rules';
import type { AnswerRequest } from '@/lib/crossborder/approval.schema';
import { dutyUntil } from '@/lib/crossborder/duty.queries';
import type { Approver } from '@/lib/crossborder/schema';
import { db, type Tx } from '@/lib/platform/db';
import type { Refusal } from '@/lib/platform/errors';
import { ok, refuse, type Result } from '@/lib/platform/result';
import { transact } from '@/lib/platform/transact';

/**
 * Approves or declines a booking across a border that a call asks about, while the call holds the slot. Of several people who answer at once
 * exactly one does. The words go to the call handler, who may pass them on.
 *
 * Refuses with `approval-not-found` (also outside one's area and organisation, and when it has been asked again under another rule), `approval-own`, `approval-not-yours`, `approver-off-duty`,
 * `approval-answered` or `approval-lapsed`. Every refusal is audited. Throws ForbiddenError without `approval:answer`.
 * Source: docs/rules.md#approval.
 */
export async function answerApproval(ctx: Ctx, request: AnswerRequest): Promise<Result<null, Refusal>> {
  requirePermission(ctx.actor, 'approval:answer');

  const outcome = await attempt(ctx, request);
  if (!outcome.ok) await record(db, ctx, { type: 'approval.answer-refused', subject: request.approvalId, detail: { code: outcome.error.code } });
  return outcome;
}

async function attempt(ctx: Ctx, request: AnswerRequest): Promise<Result<null, Refusal>> {
  const question = await askedQuestion(request.approvalId);
  if (!question) return refuse({ code: 'approval-not-found' });
  const standing = decideAnswer(ctx.actor, question, (await dutyUntil(ctx)) !== null);
  if (!standing.ok) return standing;

  return transact(async (tx): Promise<Result<null, Refusal>> => {
    if (!(await claim(tx, ctx, { request, as: standing.value }))) return refuse(await whyNotAnswered(tx, request));
    await recordAnswer(tx, ctx, { question, request, as: standing.value });
    return ok(null);
  });
}

type Answer = { request: AnswerRequest; as: Approver };

async function claim(tx: Tx, { actor, now }: Ctx, { request: { approvalId, askedAt, answer, text }, as }: Answer): Promise<boolean> {
  // Raw: the claim is the lock, and compares two tables. Of several answers exactly one finds the question waiting as it was looked at, and none does after the hold.
  const claimed = await tx.$executeRaw`
    UPDATE border_approval
    SET state = ${STATES[answer]}, answered_at = ${now}::timestamptz, answered_by_id = ${actor.id}::uuid, answered_as = ${as}, answer_text = ${text || null}
    FROM slot
    WHERE border_approval.id = ${approvalId}::uuid AND border_approval.state = 'waiting' AND border_approval.asked_at = ${askedAt}::timestamptz
      AND slot.id = border_approval.slot_id AND slot.held_by_call = border_approval.call_id AND slot.held_until > ${now}::timestamptz`;
  return claimed === 1;
}

async function recordAnswer(tx: Tx, ctx: Ctx, { question: { id, callId, slotId, patientId }, request, as }: Answer & { question: AskedQuestion }): Promise<void> {
  const answer = STATES[request.answer];
  await tx.callEvent.create({ data: { callId, at: ctx.now, kind: 'approval-answered', body: { slotId, approvalId: id, answer, as, by: ctx.actor.id } } });
  await record(tx, ctx, { type: `approval.${answer}`, subject: id, patientId, detail: { callId, slotId, as } });
}

const STATES = { approve: 'approved', decline: 'declined' } as const;
