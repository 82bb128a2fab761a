import { record } from '@/lib/audit/record';
import { hasRole, type Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { isDutyEnd } from '@/lib/crossborder/duty.rules';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';

/**
 * Puts a commissioner on duty until then, at most 14 hours, or off duty with null; the duty that was is replaced. Audited. Throws ForbiddenError
 * for whoever is no commissioner, and RangeError for an end that is over or further away: its form offers none.
 */
export async function setDuty(ctx: Ctx, { until }: { until: Date | null }): Promise<void> {
  requirePermission(ctx.actor, 'approval:answer');
  if (!hasRole(ctx.actor, 'commissioner')) throw new ForbiddenError('approval:answer');
  if (until && !isDutyEnd(until, ctx.now)) throw new RangeError('a duty ends within 14 hours');

  const staffId = ctx.actor.id;
  // Off duty is a duty that is over: the row stays.
  const end = until ?? ctx.now;
  await db.$transaction(async (tx) => {
    await tx.commissionerDuty.upsert({ where: { staffId }, create: { staffId, until: end }, update: { until: end } });
    await record(tx, ctx, { type: 'duty.changed', subject: staffId, detail: { until: until?.toISOString() ?? null } });
  });
}
