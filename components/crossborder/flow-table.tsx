import { countWords } from '@/components/reports/report-words';
import { CardCell, CardRow, CardTable } from '@/components/ui/card-table';
import { Link } from '@/components/ui/link';
import { pencePerAttended } from '@/lib/crossborder/flow.rules';
import { monthText } from '@/lib/crossborder/ledger.rules';
import type { Flow, Month } from '@/lib/crossborder/ledger.schema';
import { priceWords } from '@/lib/crossborder/words.rules';
import { monthWords } from '@/lib/platform/time-words';

/** Each flow with its figures, and the way to what it is owed for; `month`: whose ledger is linked to. */
export function FlowTable({ title, flows, month }: { title: string; flows: readonly Flow[]; month: Month }) {
  return (
    <CardTable title={title} columns={['Patients of', 'Services in', 'Bookings', 'Attended', 'Cost', 'Cost of each attended', 'Ledger']}>
      {flows.map((flow) => (
        <FlowRow key={`${flow.from.code} ${flow.to.code}`} flow={flow} month={month} />
      ))}
    </CardTable>
  );
}

function FlowRow({ flow, month }: { flow: Flow; month: Month }) {
  const { from, to, bookings, attended, pence } = flow;
  const each = pencePerAttended(flow);
  return (
    <CardRow head={from.name}>
      <CardCell>
        <span className="md:hidden">to </span>
        {to.name}
      </CardCell>
      <Figure label="Bookings">{countWords(bookings)}</Figure>
      <Figure label="Attended">{countWords(attended)}</Figure>
      <Figure label="Cost">{priceWords(pence)}</Figure>
      <Figure label="Cost of each attended">{each === null ? '–' : priceWords(each)}</Figure>
      <CardCell>
        <Link href={`/borders/ledger/${from.code}/${to.code}?month=${monthText(month)}`}>
          {monthWords(month)}
          <span className="nhsuk-u-visually-hidden">
            : {from.name} to {to.name}
          </span>
        </Link>
      </CardCell>
    </CardRow>
  );
}

function Figure({ label, children }: { label: string; children: string }) {
  return (
    <CardCell>
      <span className="md:hidden">{label}: </span>
      <span className="tabular whitespace-nowrap">{children}</span>
    </CardCell>
  );
}
