import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { LedgerEntries } from '@/components/crossborder/ledger-entries';
import { LedgerFigures } from '@/components/crossborder/ledger-figures';
import { LedgerMonths } from '@/components/crossborder/ledger-months';
import { Button } from '@/components/ui/button';
import { Link } from '@/components/ui/link';
import { hasPermission } from '@/lib/auth/permissions';
import { staffCtxWith } from '@/lib/auth/session';
import { entriesSearch } from '@/lib/crossborder/ledger-form.schema';
import { ledgerEntries, ownPair } from '@/lib/crossborder/ledger.queries';
import { monthOf, monthText, previousMonth } from '@/lib/crossborder/ledger.rules';
import { monthWords } from '@/lib/platform/time-words';
import { ledgerPath, pairPath } from '../../ledger-path';
import { EntryPages, StatusFilter } from './entry-nav';
import { FreezePanel } from './freeze-panel';

export const metadata: Metadata = { title: 'Ledger of two commissioners' };

type PairPageProps = { params: Promise<{ payer: string; host: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function PairPage({ params, searchParams }: PairPageProps) {
  const [codes, typed] = await Promise.all([params, searchParams]);
  const { month: asked, ...search } = entriesSearch.parse(typed);
  const ctx = await staffCtxWith('border:read', asked ? pairPath({ ...codes, month: asked }) : `/borders/ledger/${codes.payer}/${codes.host}`);
  const pair = await ownPair(ctx, codes);
  if (!pair) notFound();
  const month = asked ?? previousMonth(monthOf(ctx.now));
  const shown = { ...codes, month, ...search };
  const found = await ledgerEntries(ctx, shown);
  return (
    <>
      <p className="mb-1 text-detail">
        <Link href={ledgerPath(month)}>Ledger of {monthWords(month)}</Link>
      </p>
      <h1 className="nhsuk-heading-l mb-1">
        {pair.payer.name} to {pair.host.name}, {monthWords(month)}
      </h1>
      <p className="mb-3 max-w-measure text-quiet">
        What {pair.payer.name} owes for its patients who were booked at services in {pair.host.name}.
      </p>
      <LedgerMonths month={month} pathOf={(other) => pairPath({ ...codes, month: other })} />
      {found ? (
        <>
          <div className="grid items-start gap-x-6 lg:grid-cols-2">
            <LedgerFigures sum={found.sum} />
            <FreezePanel sum={found.sum} open={found.open} now={ctx.now} />
          </div>
          <h2 className="mt-2">Appointments</h2>
          <StatusFilter sum={found.sum} shown={shown} />
          {found.entries.length > 0 ? <LedgerEntries entries={found.entries} now={ctx.now} canOpen={hasPermission(ctx.actor, 'appointment:read')} /> : <p className="panel">No appointment is as you chose.</p>}
          <EntryPages total={found.total} shown={shown} />
          <form method="get" action={`/api/borders/ledger/${codes.payer}/${codes.host}`}>
            <input type="hidden" name="month" value={monthText(month)} />
            <Button variant="secondary">Download all as CSV</Button>
          </form>
        </>
      ) : (
        <p className="panel max-w-measure">
          Nothing was booked from {pair.payer.name} to {pair.host.name} in {monthWords(month)}, and nothing is corrected. Choose another month above.
        </p>
      )}
    </>
  );
}
