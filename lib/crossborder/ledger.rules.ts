import { LEDGER_STATUSES, type LedgerStatus, type LedgerSum, type Month } from '@/lib/crossborder/ledger.schema';
import type { Commissioner } from '@/lib/crossborder/schema';
import type { Refusal } from '@/lib/platform/errors';
import { ok, refuse, type Result } from '@/lib/platform/result';
import { addDays, parseLocalDate, startOfLondonDay } from '@/lib/platform/time';
import { londonDate } from '@/lib/platform/time-words';

/** A month has at most so many days: that many after its first day it is the next one. */
const LONGEST_MONTH = 31;

/** What a status of an appointment counts as, whatever the time; booked is told apart by the time. */
const COUNTS_AS: Readonly<Partial<Record<string, LedgerStatus>>> = {
  arrived: 'attended',
  fulfilled: 'attended',
  noshow: 'noshow',
  cancelled: 'cancelled',
  moved: 'cancelled',
  'entered-in-error': 'cancelled',
};

/** What a freeze is decided on. `open`: the earliest month of the pair with anything that is not frozen; `pence`: null when the month has nothing. */
type FreezeFacts = { month: Month; frozenAt: Date | null; open: Month | null; pence: number | null; lookedPence: number };

/** What an appointment counts as at `now`. Booked, it is to come until its end, and then nobody has said whether the patient came. */
export function ledgerStatusOf({ status, endsAt }: { status: string; endsAt: Date }, now: Date): LedgerStatus {
  return COUNTS_AS[status] ?? (endsAt > now ? 'to-come' : 'unstated');
}

/**
 * What an appointment costs the payer, in pence; within contract (null) it is nothing. Cancelled before the slot: no charge; not attended and
 * attended: as the rule says that was kept with it. Source: domain section 6, docs/rules.md#ledger.
 */
export function chargeOf(status: LedgerStatus, { pricePence, noshowPence }: { pricePence: number | null; noshowPence: number | null }): number {
  if (status === 'attended') return pricePence ?? 0;
  return status === 'noshow' ? (noshowPence ?? 0) : 0;
}

/** The London month of an instant, by its first day. */
export function monthOf(instant: Date): Month {
  return firstOf(londonDate(instant));
}

/** The month from text such as `2026-10`, or null when there is no such month. */
export function parseMonth(text: string): Month | null {
  return /^\d{4}-\d{2}$/.test(text) ? parseLocalDate(`${text}-01`) : null;
}

/** `2026-10`: the month in addresses and names of files. */
export function monthText(month: Month): string {
  return month.slice(0, 7);
}

export function nextMonth(month: Month): Month {
  return firstOf(addDays(month, LONGEST_MONTH));
}

export function previousMonth(month: Month): Month {
  return firstOf(addDays(month, -1));
}

/** The first instant of a London month, and that of the next. */
export function monthSpan(month: Month): { from: Date; to: Date } {
  return { from: startOfLondonDay(month), to: startOfLondonDay(nextMonth(month)) };
}

/**
 * May this month of a pair be frozen now, with the sum that was looked at? Months are frozen once, in order, after they are over, when there
 * is anything in them. Refuses with `ledger-month-frozen`, `ledger-month-not-over`, `ledger-nothing-to-freeze`, `ledger-earlier-open` or
 * `ledger-changed`. Source: docs/rules.md#ledger.
 */
export function decideFreeze({ month, frozenAt, open, pence, lookedPence }: FreezeFacts, now: Date): Result<null, Refusal> {
  if (frozenAt) return refuse({ code: 'ledger-month-frozen', month, at: frozenAt });
  if (monthSpan(month).to > now) return refuse({ code: 'ledger-month-not-over', month });
  if (pence === null) return refuse({ code: 'ledger-nothing-to-freeze', month });
  if (open !== null && open < month) return refuse({ code: 'ledger-earlier-open', month: open });
  return pence === lookedPence ? ok(null) : refuse({ code: 'ledger-changed', pence });
}

/** How many bookings a sum counts, whatever became of them. */
export function bookingsOf({ counts }: Pick<LedgerSum, 'counts'>): number {
  return LEDGER_STATUSES.reduce((total, status) => total + counts[status], 0);
}

/** What the commissioners that are somebody's own owe others, are owed by others, and owe each other, in pence. */
export function balanceOf(sums: readonly LedgerSum[], isMine: (commissioner: Commissioner) => boolean): { owed: number; owing: number; within: number } {
  const balance = { owed: 0, owing: 0, within: 0 };
  for (const { payer, host, pence } of sums) {
    if (isMine(payer) && isMine(host)) balance.within += pence;
    else if (isMine(payer)) balance.owing += pence;
    else balance.owed += pence;
  }
  return balance;
}

function firstOf(date: Month): Month {
  return addDays(date, 1 - Number(date.slice(8)));
}
