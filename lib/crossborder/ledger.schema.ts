import type { Commissioner } from '@/lib/crossborder/schema';
import type { LocalDate } from '@/lib/platform/time-words';

/**
 * What an appointment counts as in the ledger. `to-come`: not begun; `unstated`: over, and nobody said whether the patient came: neither costs
 * anything yet. Cancelled also: moved, and entered in error.
 */
export const LEDGER_STATUSES = ['attended', 'noshow', 'cancelled', 'to-come', 'unstated'] as const;
export type LedgerStatus = (typeof LEDGER_STATUSES)[number];

/** A month by its first day, in London. */
export type Month = LocalDate;

/** What one commissioner owes another for a month. `corrections`: pence that correct frozen months. `pence`: all of it. */
export type LedgerSum = {
  payer: Commissioner;
  host: Commissioner;
  month: Month;
  counts: Readonly<Record<LedgerStatus, number>>;
  charges: number;
  corrections: number;
  pence: number;
  frozen: { at: Date; by: string } | null;
};

/** One appointment of a sum: no patient. */
export type LedgerEntry = {
  appointmentId: string;
  reference: string;
  startsAt: Date;
  serviceName: string;
  kind: 'charge' | 'correction';
  status: LedgerStatus;
  ruleWords: string;
  pence: number;
};

/** A flow between two commissioners in some months: `bookings` without those that ended before their time. */
export type Flow = { from: Commissioner; to: Commissioner; bookings: number; attended: number; pence: number };
