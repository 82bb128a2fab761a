import type { Ctx } from '@/lib/auth/actor';
import type { Commissioner } from '@/lib/crossborder/schema';
import { NATIONAL } from '@/lib/crossborder/scope.rules';
import { db } from '@/lib/platform/db';

/** Until when the person answers approvals as a commissioner; null when they are not on duty. */
export async function dutyUntil({ actor, now }: Ctx): Promise<Date | null> {
  const duty = await db.commissionerDuty.findUnique({ where: { staffId: actor.id }, select: { until: true } });
  return duty && duty.until > now ? duty.until : null;
}

/** How many people are on duty for any of these commissioners, or for their region or the nation; not counting one by staff id, who asks. */
export async function countOnDuty({ now }: Ctx, { sides, except }: { sides: readonly Commissioner[]; except: string }): Promise<number> {
  const scopes = [NATIONAL, ...sides.flatMap(({ code, regionCode }) => (regionCode ? [code, regionCode] : [code]))];
  return db.commissionerDuty.count({
    where: { until: { gt: now }, staffId: { not: except }, staff: { isActive: true, roles: { some: { role: 'commissioner', scope: { in: scopes } } } } },
  });
}
