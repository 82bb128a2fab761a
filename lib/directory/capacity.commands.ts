import { record } from '@/lib/audit/record';
import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { endOfDay } from '@/lib/directory/capacity.rules';
import type { CapacityRequest } from '@/lib/directory/capacity.schema';
import { ownService } from '@/lib/directory/own-service.queries';
import { db } from '@/lib/platform/db';
import type { Refusal } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { ok, refuse, type Result } from '@/lib/platform/result';
import { transact } from '@/lib/platform/transact';

/**
 * Says what capacity one of the actor's services has from `ctx.now` on: a red one is found by no search, an amber one is shown as limited
 * (D-030). Amber and red end by themselves; null is at the end of the London day. What was said before stays in the history (D-031).
 *
 * Refuses with `service-not-found` (also another's) or `capacity-reset-in-past`. Every refusal is audited. Throws ForbiddenError without
 * `service:configure`.
 */
export async function setCapacity(ctx: Ctx, request: CapacityRequest): Promise<Result<{ resetsAt: Date | null }, Refusal>> {
  requirePermission(ctx.actor, 'service:configure');

  const outcome = await attempt(ctx, request);
  if (!outcome.ok) {
    await record(db, ctx, { type: 'service.change-refused', subject: request.serviceId.slice(0, 36), detail: { code: outcome.error.code, section: 'capacity' } });
  }
  return outcome;
}

async function attempt(ctx: Ctx, { serviceId, colour, note, resetsAt: chosen }: CapacityRequest): Promise<Result<{ resetsAt: Date | null }, Refusal>> {
  const service = await ownService(ctx, serviceId);
  if (!service) return refuse({ code: 'service-not-found' });
  const resetsAt = colour === 'green' ? null : (chosen ?? endOfDay(ctx.now));
  if (resetsAt && resetsAt <= ctx.now) return refuse({ code: 'capacity-reset-in-past', resetsAt });

  return transact(async (tx) => {
    await tx.capacityState.create({ data: { id: newId(), serviceId, colour, note, setBy: ctx.actor.id, at: ctx.now, resetsAt } });
    await record(tx, ctx, { type: 'service.capacity-set', subject: serviceId, detail: { colour, resetsAt: resetsAt?.toISOString() ?? null, hasNote: note !== null } });
    return ok({ resetsAt });
  });
}
