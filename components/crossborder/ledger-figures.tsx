import { countWords } from '@/components/reports/report-words';
import { STATUS_WORDS } from '@/components/crossborder/ledger-words';
import { SummaryList } from '@/components/ui/summary-list';
import { LEDGER_STATUSES, type LedgerSum } from '@/lib/crossborder/ledger.schema';
import { priceWords } from '@/lib/crossborder/words.rules';
import { bookingsOf } from '@/lib/crossborder/ledger.rules';

/** A sum in full: what became of its bookings, and what it comes to. */
export function LedgerFigures({ sum }: { sum: LedgerSum }) {
  const { counts, charges, corrections, pence } = sum;
  const became = LEDGER_STATUSES.filter((status) => counts[status] > 0).map((status) => `${countWords(counts[status])} ${STATUS_WORDS[status].toLowerCase()}`);
  return (
    <SummaryList
      rows={[
        { key: 'Bookings', value: `${countWords(bookingsOf(sum))}${became.length > 0 ? `: ${became.join(', ')}` : ''}` },
        { key: 'Charges', value: <span className="tabular">{priceWords(charges)}</span> },
        { key: 'Corrections of earlier months', value: <span className="tabular">{corrections === 0 ? 'None' : priceWords(corrections)}</span> },
        { key: 'Total', value: <strong className="tabular">{priceWords(pence)}</strong> },
      ]}
    />
  );
}
