import type { Metadata } from 'next';
import { LedgerBalance } from '@/components/crossborder/ledger-balance';
import { LedgerMonths } from '@/components/crossborder/ledger-months';
import { LedgerTable } from '@/components/crossborder/ledger-table';
import { unstatedWords } from '@/components/crossborder/ledger-words';
import { Button } from '@/components/ui/button';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import { staffCtxWith } from '@/lib/auth/session';
import { entriesSearch } from '@/lib/crossborder/ledger-form.schema';
import { ledgerSums } from '@/lib/crossborder/ledger.queries';
import { monthOf, monthSpan, monthText, previousMonth } from '@/lib/crossborder/ledger.rules';
import type { LedgerSum, Month } from '@/lib/crossborder/ledger.schema';
import { coversCommissioner, scopeOf } from '@/lib/crossborder/scope.rules';
import { monthWords } from '@/lib/platform/time-words';
import { ledgerPath, pairPath } from './ledger-path';

export const metadata: Metadata = { title: 'Ledger' };

type LedgerPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function LedgerPage({ searchParams }: LedgerPageProps) {
  const asked = entriesSearch.parse(await searchParams).month;
  const ctx = await staffCtxWith('border:read', asked ? ledgerPath(asked) : '/borders/ledger');
  // The month to settle is the last one that is over.
  const month = asked ?? previousMonth(monthOf(ctx.now));
  const sums = await ledgerSums(ctx, { month });
  const scope = scopeOf(ctx.actor);
  const isOver = monthSpan(month).to <= ctx.now;
  return (
    <>
      <h1 className="nhsuk-heading-l mb-1">Ledger of {monthWords(month)}</h1>
      <p className="mb-3 max-w-measure text-quiet">
        Who pays for patients seen across a border.{isOver ? '' : ' This month is not over: its figures still change.'}
      </p>
      <LedgerMonths month={month} pathOf={ledgerPath} />
      {sums.length > 0 ? (
        <>
          <LedgerBalance sums={sums} isMine={(commissioner) => coversCommissioner(scope, commissioner)} />
          {isOver ? <Unstated sums={sums} /> : null}
          <LedgerTable sums={sums} isOver={isOver} pathOf={({ payer, host }) => pairPath({ payer: payer.code, host: host.code, month })} />
          <Download month={month} />
        </>
      ) : (
        <Nothing month={month} />
      )}
    </>
  );
}

function Unstated({ sums }: { sums: readonly LedgerSum[] }) {
  const count = sums.filter(({ frozen }) => !frozen).reduce((total, { counts }) => total + counts.unstated, 0);
  if (count === 0) return null;
  return (
    <Notice tone="warning" title={unstatedWords(count)}>
      <p className="mb-0">They cost nothing until it is recorded. Ask the services to record it before you freeze: recorded later, it is a correction of the month after.</p>
    </Notice>
  );
}

function Download({ month }: { month: Month }) {
  return (
    <form method="get" action="/api/borders/ledger">
      <input type="hidden" name="month" value={monthText(month)} />
      <Button variant="secondary">Download as CSV</Button>
    </form>
  );
}

function Nothing({ month }: { month: Month }) {
  return (
    <div className="panel mb-5 max-w-measure">
      <h2 className="nhsuk-heading-s mb-1">No patient crossed a border of yours in {monthWords(month)}</h2>
      <p className="mb-0">
        Look at <Link href={ledgerPath(previousMonth(month))}>{monthWords(previousMonth(month))}</Link>, or see <Link href="/borders/flows">who is booked where</Link>.
      </p>
    </div>
  );
}
