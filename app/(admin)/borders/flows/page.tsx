import type { Metadata } from 'next';
import { FlowMatrixView } from '@/components/crossborder/flow-matrix';
import { FlowTable } from '@/components/crossborder/flow-table';
import { periodWords, sumWords } from '@/components/crossborder/flow-words';
import { countWords } from '@/components/reports/report-words';
import { Button } from '@/components/ui/button';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Link } from '@/components/ui/link';
import { Select } from '@/components/ui/select';
import { staffCtxWith } from '@/lib/auth/session';
import { knownCommissioners } from '@/lib/crossborder/commissioner.queries';
import { flows } from '@/lib/crossborder/flow.queries';
import { FLOW_MEASURES, flowMonths, flowSearch, largestFirst, matrixOf, type FlowMeasure, type FlowSearch } from '@/lib/crossborder/flow.rules';
import { monthText } from '@/lib/crossborder/ledger.rules';
import type { Flow } from '@/lib/crossborder/ledger.schema';
import { monthWords } from '@/lib/platform/time-words';
import { flowsPath } from './flows-path';

export const metadata: Metadata = { title: 'Flows' };

/** The picture has all flows; nobody reads more lines than these. */
const MOST_LINES = 200;

const MEASURE_WORDS: Record<FlowMeasure, string> = { bookings: 'Bookings', pounds: 'Pounds' };

type FlowsPageProps = { searchParams: Promise<Partial<Record<'from' | 'to' | 'show', string | string[]>>> };

export default async function FlowsPage({ searchParams }: FlowsPageProps) {
  const typed = await searchParams;
  const ctx = await staffCtxWith('border:read', '/borders/flows');
  const { search, faults } = flowSearch({ from: one(typed.from), to: one(typed.to), show: one(typed.show) }, ctx.now);
  const [found, { regions }] = await Promise.all([flows(ctx, search), knownCommissioners()]);
  return (
    <>
      <h1 className="nhsuk-heading-l mb-1">Flows across borders</h1>
      <p className="max-w-measure text-quiet">Whose patients are booked where, how often and at what cost. Bookings that were cancelled or moved are not counted; what is to come costs nothing yet.</p>
      <ErrorSummary errors={faults} />
      <Period search={search} faults={faults} now={ctx.now} />
      {found.length > 0 ? <Picture flows={found} search={search} regions={regions} /> : <Nothing search={search} />}
    </>
  );
}

function Period({ search, faults, now }: { search: FlowSearch; faults: Record<string, string>; now: Date }) {
  const months = flowMonths(now).map((month) => ({ value: monthText(month), words: monthWords(month) }));
  return (
    <form method="get" className="mb-1 flex flex-wrap items-end gap-x-5" role="search" aria-label="Months of the flows">
      {search.measure === 'bookings' ? null : <input type="hidden" name="show" value={search.measure} />}
      <Select name="from" label="First month" defaultValue={monthText(search.from)} options={months} error={faults['from']} />
      <Select name="to" label="Last month" defaultValue={monthText(search.to)} options={months} error={faults['to']} />
      <div className="mb-4">
        <Button variant="secondary">Show these months</Button>
      </div>
    </form>
  );
}

function Picture({ flows: found, search, regions }: { flows: readonly Flow[]; search: FlowSearch; regions: readonly { code: string; name: string }[] }) {
  const { measure } = search;
  const title = `${MEASURE_WORDS[measure]} by whose patients (rows) and where the service is (columns), ${periodWords(search)}`;
  const lines = largestFirst(found, measure).slice(0, MOST_LINES);
  return (
    <>
      <section aria-labelledby="picture">
        <div className="mb-2 flex flex-wrap items-baseline gap-x-6 gap-y-1">
          <h2 id="picture" className="mb-0">
            {periodWords(search)}
          </h2>
          <MeasureSwitch search={search} />
        </div>
        <p id="flows-sum" className="tabular mb-2">
          {sumWords(found)}
        </p>
        <FlowMatrixView matrix={matrixOf(found, { measure, regions })} measure={measure} title={title} describedBy="flows-sum" />
      </section>
      <section aria-labelledby="lines">
        <h2 id="lines">{lines.length < found.length ? `The largest ${MOST_LINES} of ${countWords(found.length)}` : 'Each flow, the largest first'}</h2>
        <FlowTable title="Flows, the largest first" flows={lines} month={search.to} />
      </section>
    </>
  );
}

function MeasureSwitch({ search }: { search: FlowSearch }) {
  return (
    <nav aria-label="What the picture shows">
      <ul className="m-0 flex list-none flex-wrap gap-x-5 p-0">
        {FLOW_MEASURES.map((measure) => (
          <li key={measure} className="mb-0">
            <Link href={flowsPath({ ...search, measure })} scroll={false} aria-current={measure === search.measure ? 'true' : undefined} className={measure === search.measure ? 'font-bold no-underline' : undefined}>
              {MEASURE_WORDS[measure]}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Nothing({ search }: { search: FlowSearch }) {
  return (
    <div className="panel max-w-measure">
      <h2 className="nhsuk-heading-s mb-1">No booking crossed a border of your area in {periodWords(search)}</h2>
      <p className="mb-0">Choose other months. As soon as a patient is booked across one, it is counted here.</p>
    </div>
  );
}

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
