import type { ReactNode } from 'react';
import { countWords } from '@/components/reports/report-words';
import { Link } from '@/components/ui/link';
import { Tag } from '@/components/ui/tag';
import { bookingsOf } from '@/lib/crossborder/ledger.rules';
import type { LedgerSum } from '@/lib/crossborder/ledger.schema';
import { priceWords } from '@/lib/crossborder/words.rules';

type LedgerTableProps = { sums: readonly LedgerSum[]; isOver: boolean; pathOf: (sum: LedgerSum) => string };

const NUMBERS = ['Bookings', 'Attended', 'Did not attend', 'Cancelled', 'To come', 'Not stated', 'Charges', 'Corrections', 'Total'] as const;

/** Sums of a month, a row a pair of commissioners with the way to its appointments. On a phone every row is a card that names its figures. */
export function LedgerTable({ sums, isOver, pathOf }: LedgerTableProps) {
  return (
    <div className="mb-5 border border-line bg-panel">
      <table role="table" className="mb-0 block w-full text-detail md:table">
        <caption className="nhsuk-u-visually-hidden">Who owes whom</caption>
        <thead role="rowgroup" className="sr-only md:not-sr-only md:table-header-group">
          <tr role="row" className="border-b border-line">
            <th role="columnheader" scope="col" className="px-3 py-2 text-left">
              Patients of → seen in
            </th>
            {NUMBERS.map((name) => (
              <th key={name} role="columnheader" scope="col" className="px-2 py-2 text-right align-bottom">
                {name}
              </th>
            ))}
            <th role="columnheader" scope="col" className="px-3 py-2 text-left align-bottom">
              State
            </th>
          </tr>
        </thead>
        <tbody role="rowgroup" className="block md:table-row-group">
          {sums.map((sum) => (
            <SumRow key={`${sum.payer.code} ${sum.host.code}`} sum={sum} isOver={isOver} path={pathOf(sum)} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function SumRow({ sum, isOver, path }: { sum: LedgerSum; isOver: boolean; path: string }) {
  const { payer, host, counts, charges, corrections, pence, frozen } = sum;
  const isAsked = isOver && !frozen && counts.unstated > 0;
  return (
    <tr role="row" className="block border-b border-line px-3 py-2 last:border-b-0 md:table-row md:p-0">
      <th role="rowheader" scope="row" className="block border-0 py-0.5 text-left md:table-cell md:px-3 md:py-2">
        <Link href={path}>
          {payer.name} <span aria-hidden="true">→</span>
          <span className="sr-only">to</span> {host.name}
        </Link>
      </th>
      <NumberCell name="Bookings">{countWords(bookingsOf(sum))}</NumberCell>
      <NumberCell name="Attended">{countWords(counts.attended)}</NumberCell>
      <NumberCell name="Did not attend">{countWords(counts.noshow)}</NumberCell>
      <NumberCell name="Cancelled">{countWords(counts.cancelled)}</NumberCell>
      <NumberCell name="To come">{countWords(counts['to-come'])}</NumberCell>
      <NumberCell name="Not stated">{isAsked ? <strong className="text-red">{countWords(counts.unstated)}</strong> : countWords(counts.unstated)}</NumberCell>
      <NumberCell name="Charges">{priceWords(charges)}</NumberCell>
      <NumberCell name="Corrections">{corrections === 0 ? 'none' : priceWords(corrections)}</NumberCell>
      <NumberCell name="Total">
        <strong>{priceWords(pence)}</strong>
      </NumberCell>
      <td role="cell" className="block border-0 py-0.5 md:table-cell md:px-3 md:py-2">
        <StateTag isFrozen={frozen !== null} isOver={isOver} />
      </td>
    </tr>
  );
}

function NumberCell({ name, children }: { name: (typeof NUMBERS)[number]; children: ReactNode }) {
  return (
    <td role="cell" className="tabular flex justify-between border-0 py-0.5 md:table-cell md:px-2 md:py-2 md:text-right">
      <span aria-hidden="true" className="text-quiet md:hidden">
        {name}
      </span>
      <span>{children}</span>
    </td>
  );
}

/** Frozen for good, still changing, or ready to be frozen. */
export function StateTag({ isFrozen, isOver }: { isFrozen: boolean; isOver: boolean }) {
  if (isFrozen) return <Tag tone="green">Frozen</Tag>;
  return isOver ? <Tag tone="blue">Open</Tag> : <Tag tone="grey">Not over</Tag>;
}
