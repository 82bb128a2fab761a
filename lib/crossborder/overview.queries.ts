import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { knownCommissioners } from '@/lib/crossborder/commissioner.queries';
import { ledgerSums } from '@/lib/crossborder/ledger.queries';
import { monthOf } from '@/lib/crossborder/ledger.rules';
import type { Month } from '@/lib/crossborder/ledger.schema';
import { monthFigures, type MonthFigures } from '@/lib/crossborder/overview.rules';
import { coveredCodes, scopeOf } from '@/lib/crossborder/scope.rules';
import { db, type Prisma } from '@/lib/platform/db';
import { addDays, fromDateColumn, toDateColumn } from '@/lib/platform/time';
import { londonDate, type LocalDate } from '@/lib/platform/time-words';

export const ENDING_DAYS = 30;
/** The most agreements that are listed. */
const MOST_ENDING = 20;

/** An agreed version whose last day is near, and that no later version follows. */
export type EndingAgreement = { id: string; version: number; title: string; lastDay: LocalDate };

/** What a commissioner starts the day with: for which areas they act, what ends soon, and the month so far. */
type Overview = { areas: readonly string[]; ending: readonly EndingAgreement[]; month: Month; figures: MonthFigures };

/** The overview of the person's areas, by today in London. Pence; at most 20 agreements, the first to end first. Throws ForbiddenError without `border:read`. */
export async function overviewOf(ctx: Ctx): Promise<Overview> {
  requirePermission(ctx.actor, 'border:read');

  const month = monthOf(ctx.now);
  const [areas, ending, sums] = await Promise.all([areaNames(ctx), endingSoon(ctx), ledgerSums(ctx, { month })]);
  return { areas, ending, month, figures: monthFigures(sums, scopeOf(ctx.actor)) };
}

async function areaNames({ actor }: Ctx): Promise<string[]> {
  const { isNational, codes } = scopeOf(actor);
  if (isNational) return ['all areas'];
  const { byCode, regions } = await knownCommissioners();
  return [...codes].map((code) => byCode.get(code)?.name ?? regions.find((region) => region.code === code)?.name ?? code);
}

async function endingSoon(ctx: Ctx): Promise<EndingAgreement[]> {
  const today = londonDate(ctx.now);
  const rows = await db.agreement.findMany({
    where: { state: 'agreed', validTo: { gte: toDateColumn(today), lte: toDateColumn(addDays(today, ENDING_DAYS)) }, ...(await ofTheirs(ctx)) },
    orderBy: [{ validTo: 'asc' }, { id: 'asc' }],
    take: 2 * MOST_ENDING,
    select: { id: true, version: true, title: true, validTo: true },
  });
  // Cut short by a version that goes on from there, nothing ends.
  const followed = await db.agreement.findMany({ where: { state: 'agreed', id: { in: rows.map(({ id }) => id) }, validFrom: { gt: toDateColumn(today) } }, select: { id: true, version: true } });
  return rows
    .filter(({ id, version }) => !followed.some((next) => next.id === id && next.version > version))
    .flatMap(({ validTo, ...agreement }) => (validTo ? [{ ...agreement, lastDay: fromDateColumn(validTo) }] : []))
    .slice(0, MOST_ENDING);
}

/** Agreements of which one side is an area of theirs, or an ICB in one. */
async function ofTheirs({ actor }: Ctx): Promise<Prisma.AgreementWhereInput> {
  const scope = scopeOf(actor);
  if (scope.isNational) return {};
  const { byCode } = await knownCommissioners();
  const codes = [...scope.codes, ...coveredCodes(scope, byCode.values())];
  return { OR: [{ fromCode: { in: codes } }, { toCode: { in: codes } }] };
}
