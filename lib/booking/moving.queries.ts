import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { db } from '@/lib/platform/db';

/**
 * Whether the actor still has the call that led to a booking, so that the booking can be moved in it (U-113). In any other
 * case it is moved in a new call, which assesses the patient again (U-115). Throws ForbiddenError without `appointment:move`.
 */
export async function isMovedInItsCall(ctx: Ctx, { callId }: { callId: string | null }): Promise<boolean> {
  requirePermission(ctx.actor, 'appointment:move');
  if (callId === null) return false;
  const own = await db.call.count({ where: { id: callId, state: 'booked', handlerId: ctx.actor.id } });
  return own === 1;
}
