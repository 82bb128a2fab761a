import { record } from '@/lib/audit/record';
import type { Ctx } from '@/lib/auth/actor';
import { ENTRY_COLUMNS, entryCells, SUM_COLUMNS, sumCells } from '@/lib/crossborder/ledger-csv.rules';
import { allEntries, ledgerSums, type PairMonth } from '@/lib/crossborder/ledger.queries';
import { monthText } from '@/lib/crossborder/ledger.rules';
import type { Month } from '@/lib/crossborder/ledger.schema';
import { csvText } from '@/lib/platform/csv';
import { db } from '@/lib/platform/db';

/** The sums of a London month of the person's area as CSV, as `ledgerSums` gives them. Audited. Throws ForbiddenError without `border:read`. */
export async function sumsCsv(ctx: Ctx, { month }: { month: Month }): Promise<string> {
  const sums = await ledgerSums(ctx, { month });
  await record(db, ctx, { type: 'ledger.exported', detail: { what: 'sums', month: monthText(month), rows: sums.length } });
  return csvText(SUM_COLUMNS, sums.map(sumCells));
}

/**
 * Every appointment that makes up what one commissioner owes another for a London month, as CSV; no patients. Audited. Null when the pair has
 * nothing in that month, or neither side is the person's. Throws ForbiddenError without `border:read`.
 */
export async function entriesCsv(ctx: Ctx, asked: PairMonth): Promise<string | null> {
  const found = await allEntries(ctx, asked);
  if (!found) return null;
  const { payer, host, month } = asked;
  await record(db, ctx, { type: 'ledger.exported', detail: { what: 'entries', payer, host, month: monthText(month), rows: found.entries.length } });
  return csvText(ENTRY_COLUMNS, found.entries.map((entry) => entryCells(found.sum, entry)));
}
