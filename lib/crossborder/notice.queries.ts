import { record } from '@/lib/audit/record';
import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { knownCommissioners } from '@/lib/crossborder/commissioner.queries';
import type { BorderNotice } from '@/lib/crossborder/notice.schema';
import type { Commissioner } from '@/lib/crossborder/schema';
import { coveredCodes, scopeOf } from '@/lib/crossborder/scope.rules';
import { db, type Prisma } from '@/lib/platform/db';
import { addMinutes, DAY_MINUTES } from '@/lib/platform/time';

export const NOTICE_DAYS = 14;
/** The most bookings that are listed. */
const MOST_NOTICES = 200;

/**
 * The bookings of the last 14 days that were allowed with notice to the host, where the person acts for the host, the newest first, at most 200.
 * Without patients. Audited as a look. Throws ForbiddenError without `border:read`.
 */
export async function borderNotices(ctx: Ctx): Promise<readonly BorderNotice[]> {
  requirePermission(ctx.actor, 'border:read');

  const { byCode } = await knownCommissioners();
  const since = addMinutes(ctx.now, -NOTICE_DAYS * DAY_MINUTES);
  const rows = await db.borderDecision.findMany({
    // Nothing is booked after it began: the second time narrows by index.
    where: { outcome: 'notify', isCrossing: true, at: { gte: since }, startsAt: { gte: since }, hostCode: { in: coveredCodes(scopeOf(ctx.actor), byCode.values()) } },
    orderBy: [{ at: 'desc' }, { appointmentId: 'desc' }],
    take: MOST_NOTICES,
    select: NOTICE_COLUMNS,
  });
  const bookers = await organisationNames(rows.map(({ appointment }) => appointment.bookedByCode));
  const notices = rows.map(({ appointmentId, at, appointment, ruleWords, pricePence, ...codes }): BorderNotice => ({
    ...{ appointmentId, bookedAt: at, ruleWords, pricePence, startsAt: appointment.startsAt, isEnded: appointment.releasedAt !== null },
    ...{ serviceName: appointment.service.name, bookedBy: bookers.get(appointment.bookedByCode) ?? appointment.bookedByCode },
    ...{ from: commissioner(codes.responsibleCode, byCode), to: commissioner(codes.hostCode, byCode) },
  }));
  await record(db, ctx, { type: 'border.notices-viewed', detail: { count: notices.length, appointments: notices.map(({ appointmentId }) => appointmentId) } });
  return notices;
}

const NOTICE_COLUMNS = {
  ...{ appointmentId: true, at: true, responsibleCode: true, hostCode: true, ruleWords: true, pricePence: true },
  appointment: { select: { startsAt: true, releasedAt: true, bookedByCode: true, service: { select: { name: true } } } },
} satisfies Prisma.BorderDecisionSelect;

// What crosses a border has both.
function commissioner(code: string | null, byCode: ReadonlyMap<string, Commissioner>): Commissioner {
  return (code ? byCode.get(code) : undefined) ?? { code: code ?? '', name: code ?? '', regionCode: null };
}

async function organisationNames(codes: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = await db.organisation.findMany({ where: { odsCode: { in: [...new Set(codes)] } }, select: { odsCode: true, name: true } });
  return new Map(found.map(({ odsCode, name }) => [odsCode, name]));
}
