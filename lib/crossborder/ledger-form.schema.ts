import { z } from 'zod';
import { LEDGER_STATUSES } from '@/lib/crossborder/ledger.schema';
import { parseMonth } from '@/lib/crossborder/ledger.rules';

const month = z.string().transform((typed, context) => {
  const found = parseMonth(typed);
  if (found) return found;
  context.addIssue({ code: 'custom', message: 'Enter a month as 2026-10' });
  return z.NEVER;
});

/** The form that freezes a month of a pair: `month` as `2026-10`, and the sum that was looked at in pence. */
export const freezeForm = z.object({ payer: z.string(), host: z.string(), month, pence: z.coerce.number().int() });

/** What an address of a pair's ledger may ask for; what it says wrongly is as if it said nothing. */
export const entriesSearch = z.object({
  month: month.nullable().catch(null),
  status: z.enum(LEDGER_STATUSES).nullable().catch(null),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
});
