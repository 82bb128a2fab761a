import { monthText } from '@/lib/crossborder/ledger.rules';
import type { LedgerStatus, Month } from '@/lib/crossborder/ledger.schema';

type PairAsked = { payer: string; host: string; month: Month; status?: LedgerStatus | null; page?: number };

/** The ledger of a month. */
export function ledgerPath(month: Month): string {
  return `/borders/ledger?month=${monthText(month)}`;
}

/** What one commissioner owes another for a month, from a page of its entries on; what is not narrowed is not in the address. */
export function pairPath({ payer, host, month, status = null, page = 1 }: PairAsked): string {
  const query = new URLSearchParams({ month: monthText(month), ...(status && { status }), ...(page > 1 && { page: String(page) }) });
  return `/borders/ledger/${payer}/${host}?${query}`;
}
