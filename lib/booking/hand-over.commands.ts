import { record } from '@/lib/audit/record';
import type { Ctx } from '@/lib/auth/actor';
import { hasPermission, requirePermission } from '@/lib/auth/permissions';
import { activeStaff } from '@/lib/auth/queries';
import type { HandOverRequest } from '@/lib/booking/call-end.schema';
import { changeCall, lockLiveCall, type LockedCall } from '@/lib/booking/call-lock.commands';
import type { Tx } from '@/lib/platform/db';
import type { Refusal } from '@/lib/platform/errors';
import { ok, refuse, type Result } from '@/lib/platform/result';

/**
 * Gives a call, open or booked, to a colleague of the same organisation, with the slot that it holds. Its handler may, and
 * whoever may reassign calls. A call that the colleague has already stays as it is: a retry changes nothing.
 *
 * Refuses with `colleague-unknown`, also when it is the actor or takes no calls, `call-not-found`, `call-ended` or
 * `call-with-colleague`. Every refusal is audited. Throws ForbiddenError without `call:open`.
 */
export async function handOver(ctx: Ctx, { callId, staffId }: HandOverRequest): Promise<Result<{ callId: string }, Refusal>> {
  requirePermission(ctx.actor, 'call:open');

  const isColleague = await takesCalls(ctx, staffId);
  return changeCall(ctx, { callId, change: 'hand-over' }, async (tx) => {
    if (!isColleague) return refuse({ code: 'colleague-unknown' });
    const locked = await lockLiveCall(tx, ctx, callId);
    if (!locked.ok || locked.value.handlerId === staffId) return locked;
    const { handlerId, handlerName } = locked.value;
    if (handlerId !== ctx.actor.id && !hasPermission(ctx.actor, 'call:reassign')) return refuse({ code: 'call-with-colleague', handlerName });
    return pass(tx, ctx, { call: locked.value, to: staffId });
  });
}

/**
 * Takes a call, open or booked, over from a colleague of the same organisation, with the slot that it holds. Taking over
 * one's own call changes nothing. Of two who take it over at once the later one has it, from the earlier one.
 *
 * Refuses with `call-not-found` or `call-ended`. Every refusal is audited. Throws ForbiddenError without `call:open`.
 */
export async function takeOver(ctx: Ctx, { callId }: { callId: string }): Promise<Result<{ callId: string }, Refusal>> {
  requirePermission(ctx.actor, 'call:open');

  return changeCall(ctx, { callId, change: 'take-over' }, async (tx) => {
    const locked = await lockLiveCall(tx, ctx, callId);
    if (!locked.ok || locked.value.handlerId === ctx.actor.id) return locked;
    return pass(tx, ctx, { call: locked.value, to: ctx.actor.id });
  });
}

async function takesCalls({ actor }: Ctx, staffId: string): Promise<boolean> {
  if (staffId === actor.id) return false;
  const colleague = await activeStaff(staffId);
  return colleague !== null && colleague.organisation.code === actor.organisation.code && hasPermission(colleague, 'call:open');
}

async function pass(tx: Tx, ctx: Ctx, { call, to }: { call: LockedCall; to: string }): Promise<Result<null, never>> {
  const detail = { from: call.handlerId, to, by: ctx.actor.id };
  await tx.call.update({ where: { id: call.id }, data: { handlerId: to } });
  await tx.callEvent.create({ data: { callId: call.id, at: ctx.now, kind: 'handed-over', body: detail } });
  await record(tx, ctx, { type: 'call.handed-over', subject: call.id, patientId: call.patientId, detail });
  return ok(null);
}
