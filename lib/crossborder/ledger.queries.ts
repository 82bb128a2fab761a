import { record } from '@/lib/audit/record';
import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { knownCommissioners } from '@/lib/crossborder/commissioner.queries';
import { namedCommissioner } from '@/lib/crossborder/commissioner.rules';
import { linesSql, type Among } from '@/lib/crossborder/ledger-lines.queries';
import { monthOf, monthSpan, monthText, nextMonth } from '@/lib/crossborder/ledger.rules';
import type { LedgerEntry, LedgerStatus, LedgerSum, Month } from '@/lib/crossborder/ledger.schema';
import type { Commissioner } from '@/lib/crossborder/schema';
import { coveredCodes, coversCommissioner, scopeOf } from '@/lib/crossborder/scope.rules';
import { db, Prisma } from '@/lib/platform/db';
import { fromDateColumn } from '@/lib/platform/time';

/** What one commissioner owes another for a month; `payer` and `host` are codes. */
export type PairMonth = { payer: string; host: string; month: Month };

/** Which entries of a sum: of one status or of all (null), and which page of them, from 1. */
export type EntriesAsked = PairMonth & { status?: LedgerStatus | null; page?: number };

/** A sum, a page of its entries, how many there are of the status asked for, and the earliest month of the pair that is open. */
export type LedgerPage = { sum: LedgerSum; entries: readonly LedgerEntry[]; total: number; open: Month | null };

export const ENTRIES_A_PAGE = 100;

/** More than a pair of commissioners has in a month. */
const MOST_ENTRIES = 200_000;

type SumRow = Record<'attended' | 'noshow' | 'cancelled' | 'toCome' | 'unstated' | 'charges' | 'corrections', number> & {
  payerCode: string;
  hostCode: string;
  frozenAt: Date | null;
  frozenBy: string | null;
};

/**
 * What commissioners of the person's area owe, and are owed, for a London month, the largest sums first. A region's have those of all its
 * ICBs, the national team all. Pence. Throws ForbiddenError without `border:read`.
 */
export async function ledgerSums(ctx: Ctx, { month }: { month: Month }): Promise<readonly LedgerSum[]> {
  requirePermission(ctx.actor, 'border:read');
  return sumsAmong(await areaOf(ctx), { month, now: ctx.now });
}

/**
 * What one commissioner owes another for a month, with a page of the appointments that make it up: corrections first, then by time; no
 * patients. Audited. Null when the pair has nothing in that month, or neither side is the person's. Throws ForbiddenError without `border:read`.
 */
export async function ledgerEntries(ctx: Ctx, asked: EntriesAsked): Promise<LedgerPage | null> {
  requirePermission(ctx.actor, 'border:read');
  const { payer, host, month, status = null, page = 1 } = asked;
  const sum = await sumFor(ctx, asked);
  if (!sum) return null;

  const [entries, total, open] = await Promise.all([entriesOf(ctx, { ...asked, take: ENTRIES_A_PAGE, skip: (page - 1) * ENTRIES_A_PAGE }), entryCount(ctx, asked), openMonth(asked, ctx.now)]);
  await record(db, ctx, { type: 'ledger.viewed', detail: { payer, host, month: monthText(month), status, entries: entries.length } });
  return { sum, entries, total, open };
}

/** The same with all entries, for a file; whoever makes that audits it. */
export async function allEntries(ctx: Ctx, asked: PairMonth): Promise<{ sum: LedgerSum; entries: readonly LedgerEntry[] } | null> {
  requirePermission(ctx.actor, 'border:read');
  const sum = await sumFor(ctx, asked);
  return sum && { sum, entries: await entriesOf(ctx, { ...asked, take: MOST_ENTRIES, skip: 0 }) };
}

/** What a pair has in a month, as it is at `now`; null when it has nothing. Whose it is is the caller's to check. */
export async function pairSum({ payer, host, month }: PairMonth, now: Date): Promise<LedgerSum | null> {
  const [sum] = await sumsAmong({ kind: 'pair', payer, host }, { month, now });
  return sum ?? null;
}

/** The earliest month of a pair that has anything and is not frozen, nor before one that is; null when there is none. */
export async function openMonth({ payer, host }: Pick<PairMonth, 'payer' | 'host'>, now: Date): Promise<Month | null> {
  const frozen = await db.ledgerMonth.findFirst({ where: { payerCode: payer, hostCode: host }, orderBy: { month: 'desc' }, select: { month: true } });
  const next = frozen && nextMonth(fromDateColumn(frozen.month));
  // Its bookings or, without any, what corrects the months before it.
  if (next && (await pairSum({ payer, host, month: next }, now))) return next;
  const first = await db.borderDecision.findFirst({
    where: { payerCode: payer, hostCode: host, isCrossing: true, ...(next ? { startsAt: { gte: monthSpan(next).from } } : {}) },
    orderBy: { startsAt: 'asc' },
    select: { startsAt: true },
  });
  return first && monthOf(first.startsAt);
}

/** The two sides of a pair, when one of them is the person's: then its ledger is theirs to see and to freeze. Null otherwise. */
export async function ownPair({ actor }: Ctx, { payer, host }: Pick<PairMonth, 'payer' | 'host'>): Promise<Record<'payer' | 'host', Commissioner> | null> {
  const { byCode } = await knownCommissioners();
  const pair = { payer: namedCommissioner(payer, byCode), host: namedCommissioner(host, byCode) };
  const scope = scopeOf(actor);
  return coversCommissioner(scope, pair.payer) || coversCommissioner(scope, pair.host) ? pair : null;
}

async function sumFor(ctx: Ctx, asked: PairMonth): Promise<LedgerSum | null> {
  return (await ownPair(ctx, asked)) ? pairSum(asked, ctx.now) : null;
}

async function areaOf({ actor }: Ctx): Promise<Among> {
  const scope = scopeOf(actor);
  if (scope.isNational) return { kind: 'all' };
  const { byCode } = await knownCommissioners();
  return { kind: 'either', codes: coveredCodes(scope, byCode.values()) };
}

async function sumsAmong(among: Among, { month, now }: { month: Month; now: Date }): Promise<LedgerSum[]> {
  const { byCode } = await knownCommissioners();
  const rows = await db.$queryRaw<SumRow[]>`
    WITH ${linesSql({ among, month, now })},
    summed AS (
      SELECT payer_code, host_code,
        ${countSql('attended')} AS attended, ${countSql('noshow')} AS noshow, ${countSql('cancelled')} AS cancelled,
        ${countSql('to-come')} AS "toCome", ${countSql('unstated')} AS unstated,
        coalesce(sum(pence) FILTER (WHERE kind = 'charge'), 0)::int AS charges,
        coalesce(sum(pence) FILTER (WHERE kind = 'correction'), 0)::int AS corrections
      FROM line
      GROUP BY payer_code, host_code
    )
    SELECT summed.payer_code AS "payerCode", summed.host_code AS "hostCode", attended, noshow, cancelled, "toCome", unstated, charges, corrections,
      ledger_month.frozen_at AS "frozenAt", staff.name AS "frozenBy"
    FROM summed
    LEFT JOIN ledger_month ON ledger_month.payer_code = summed.payer_code AND ledger_month.host_code = summed.host_code AND ledger_month.month = ${month}::date
    LEFT JOIN staff ON staff.id = ledger_month.frozen_by_id
    ORDER BY charges + corrections DESC, summed.payer_code, summed.host_code`;
  return rows.map((row) => ({
    ...{ payer: namedCommissioner(row.payerCode, byCode), host: namedCommissioner(row.hostCode, byCode), month },
    counts: { attended: row.attended, noshow: row.noshow, cancelled: row.cancelled, 'to-come': row.toCome, unstated: row.unstated },
    ...{ charges: row.charges, corrections: row.corrections, pence: row.charges + row.corrections },
    frozen: row.frozenAt && { at: row.frozenAt, by: row.frozenBy ?? '' },
  }));
}

function countSql(status: LedgerStatus): Prisma.Sql {
  return Prisma.sql`count(*) FILTER (WHERE kind = 'charge' AND status = ${status})::int`;
}

async function entriesOf({ now }: Ctx, { payer, host, month, status = null, take, skip }: EntriesAsked & { take: number; skip: number }): Promise<LedgerEntry[]> {
  return db.$queryRaw<LedgerEntry[]>`
    WITH ${linesSql({ among: { kind: 'pair', payer, host }, month, now })}
    SELECT line.appointment_id AS "appointmentId", appointment.reference, appointment.starts_at AS "startsAt", service.name AS "serviceName",
      line.kind, line.status, decision.rule_words AS "ruleWords", line.pence
    FROM line
    JOIN appointment ON appointment.id = line.appointment_id
    JOIN border_decision decision ON decision.appointment_id = line.appointment_id
    JOIN service ON service.id = appointment.service_id
    ${statusIs(status)}
    ORDER BY line.kind DESC, appointment.starts_at, line.appointment_id
    LIMIT ${take}::int
    OFFSET ${skip}::int`;
}

async function entryCount({ now }: Ctx, { payer, host, month, status = null }: EntriesAsked): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    WITH ${linesSql({ among: { kind: 'pair', payer, host }, month, now })}
    SELECT count(*)::int AS count
    FROM line
    ${statusIs(status)}`;
  return row?.count ?? 0;
}

function statusIs(status: LedgerStatus | null): Prisma.Sql {
  return status ? Prisma.sql`WHERE line.status = ${status}` : Prisma.empty;
}
