import { bookingsOf, monthText } from '@/lib/crossborder/ledger.rules';
import type { LedgerEntry, LedgerStatus, LedgerSum } from '@/lib/crossborder/ledger.schema';
import { clockTime, londonDate } from '@/lib/platform/time-words';

/** What a status is called in files; screens say it in words. */
const IN_FILES: Readonly<Record<LedgerStatus, string>> = { attended: 'attended', noshow: 'not_attended', cancelled: 'cancelled', 'to-come': 'to_come', unstated: 'not_stated' };

/** The columns of a file of sums, one row a pair. Pounds with two decimals; `frozen` is the London date or empty. */
export const SUM_COLUMNS = [
  ...['month', 'payer_code', 'payer', 'host_code', 'host', 'bookings', 'attended', 'not_attended', 'cancelled', 'to_come', 'not_stated'],
  ...['charges_pounds', 'corrections_pounds', 'total_pounds', 'frozen'],
];

/** The columns of a file of one sum, one row an appointment. London date and time. */
export const ENTRY_COLUMNS = ['month', 'payer_code', 'host_code', 'kind', 'reference', 'date', 'time', 'service', 'status', 'rule', 'pounds'];

export function sumCells(sum: LedgerSum): string[] {
  const { payer, host, month, counts, charges, corrections, pence, frozen } = sum;
  return [
    ...[monthText(month), payer.code, payer.name, host.code, host.name, String(bookingsOf(sum))],
    ...[counts.attended, counts.noshow, counts.cancelled, counts['to-come'], counts.unstated].map(String),
    ...[poundsText(charges), poundsText(corrections), poundsText(pence), frozen ? londonDate(frozen.at) : ''],
  ];
}

export function entryCells({ payer, host, month }: LedgerSum, { kind, reference, startsAt, serviceName, status, ruleWords, pence }: LedgerEntry): string[] {
  return [monthText(month), payer.code, host.code, kind, reference, londonDate(startsAt), clockTime(startsAt), serviceName, IN_FILES[status], ruleWords, poundsText(pence)];
}

/** `1234.50`, `-12.50`: pence as a spreadsheet adds them up. Cut by digits: nothing is ever rounded. */
export function poundsText(pence: number): string {
  const digits = String(Math.abs(pence)).padStart(3, '0');
  return `${pence < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
