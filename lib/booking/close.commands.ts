import { record } from '@/lib/audit/record';
import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import type { CloseRequest } from '@/lib/booking/call-end.schema';
import { changeCall, lockOpenCall } from '@/lib/booking/call-lock.commands';
import { releaseHolds } from '@/lib/booking/hold.commands';
import type { Tx } from '@/lib/platform/db';
import type { Refusal } from '@/lib/platform/errors';
import { ok, type Result } from '@/lib/platform/result';

/**
 * Closes an open call without a service, with the reason; the slot that it holds is let go in the same transaction.
 *
 * Refuses with `call-not-found`, `call-with-colleague`, `call-already-booked` or `call-ended`. Every refusal is audited.
 * Throws ForbiddenError without `call:open`.
 */
export async function closeCall(ctx: Ctx, request: CloseRequest): Promise<Result<{ callId: string }, Refusal>> {
  requirePermission(ctx.actor, 'call:open');

  const { callId } = request;
  return changeCall(ctx, { callId, change: 'close' }, async (tx) => {
    const locked = await lockOpenCall(tx, ctx, callId);
    if (!locked.ok) return locked;
    await letGoOfAll(tx, ctx, callId);
    await tx.call.update({ where: { id: callId }, data: { state: 'closed', endedAt: ctx.now, closeReason: request.reason, closeText: request.text || null } });
    await tx.callEvent.create({ data: { callId, at: ctx.now, kind: 'closed', body: { reason: request.reason, hasText: request.text !== '' } } });
    const detail = { before: 'open', after: 'closed', reason: request.reason };
    await record(tx, ctx, { type: 'call.closed', subject: callId, patientId: locked.value.patientId, detail });
    return ok(null);
  });
}

/** Lets go of what an ended call held. Part of the caller's transaction, which has locked the call. */
export async function letGoOfAll(tx: Tx, ctx: Ctx, callId: string): Promise<void> {
  for (const { id } of await releaseHolds(tx, { callId, now: ctx.now, except: null })) {
    await tx.callEvent.create({ data: { callId, at: ctx.now, kind: 'slot-let-go', body: { slotId: id } } });
    await record(tx, ctx, { type: 'slot.let-go', subject: id, detail: { callId } });
  }
}
