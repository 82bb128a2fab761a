import type { TagTone } from '@/components/ui/tag';
import { countWords } from '@/components/reports/report-words';
import type { LedgerStatus } from '@/lib/crossborder/ledger.schema';

/** What became of an appointment, as the ledger counts it. */
export const STATUS_WORDS: Readonly<Record<LedgerStatus, string>> = { attended: 'Attended', noshow: 'Did not attend', cancelled: 'Cancelled', 'to-come': 'To come', unstated: 'Not stated' };

export const STATUS_TONES: Readonly<Record<LedgerStatus, TagTone>> = { attended: 'green', noshow: 'amber', cancelled: 'grey', 'to-come': 'blue', unstated: 'red' };

/** `12 appointments without attendance`. */
export function unstatedWords(count: number): string {
  return count === 1 ? '1 appointment without attendance' : `${countWords(count)} appointments without attendance`;
}
