import { Link } from '@/components/ui/link';
import { nextMonth, previousMonth } from '@/lib/crossborder/ledger.rules';
import type { Month } from '@/lib/crossborder/ledger.schema';
import { monthWords } from '@/lib/platform/time-words';

/** The way to the month before and the month after. */
export function LedgerMonths({ month, pathOf }: { month: Month; pathOf: (month: Month) => string }) {
  const [before, after] = [previousMonth(month), nextMonth(month)];
  return (
    <nav aria-label="Months" className="mb-4 flex flex-wrap items-center gap-x-5">
      <Link href={pathOf(before)}>
        <span aria-hidden="true">←</span> {monthWords(before)}
      </Link>
      <strong>{monthWords(month)}</strong>
      <Link href={pathOf(after)}>
        {monthWords(after)} <span aria-hidden="true">→</span>
      </Link>
    </nav>
  );
}
