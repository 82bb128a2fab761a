import type { Metadata } from 'next';
import { AgreementList } from '@/components/crossborder/agreement-list';
import { Button, LinkButton } from '@/components/ui/button';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import { Select } from '@/components/ui/select';
import { staffCtxWith } from '@/lib/auth/session';
import { agreementLines, waitingForMe } from '@/lib/crossborder/agreement.queries';
import { areaGroups } from './area-choices';
import { listPath, SHOWN, type Shown } from './list-path';

export const metadata: Metadata = { title: 'Agreements' };

const SHOWN_WORDS: Record<Shown, { words: string; none: string }> = {
  live: { words: 'Live', none: 'No agreement is live' },
  coming: { words: 'To come', none: 'No agreement begins later' },
  drafts: { words: 'Drafts and proposals', none: 'Nothing is being written or waits for an answer' },
  over: { words: 'Over', none: 'No agreement is over' },
  all: { words: 'All', none: 'There is no agreement yet' },
};

type AgreementsPageProps = { searchParams: Promise<Partial<Record<'state' | 'area', string | string[]>>> };

export default async function AgreementsPage({ searchParams }: AgreementsPageProps) {
  const typed = await searchParams;
  const state = SHOWN.find((known) => known === typed.state) ?? 'live';
  const area = typeof typed.area === 'string' ? typed.area : '';
  const ctx = await staffCtxWith('border:read', listPath({ state, area }));
  const [lines, waiting, groups] = await Promise.all([agreementLines(ctx, { state, area: area || null }), waitingForMe(ctx), areaGroups()]);
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <h1 className="nhsuk-heading-l mb-0">Agreements</h1>
        <LinkButton href="/borders/agreements/new" variant="primary">
          New agreement
        </LinkButton>
      </div>
      {waiting > 0 && state !== 'drafts' ? <Waiting count={waiting} /> : null}
      <StateFilter chosen={state} area={area} />
      <form method="get" className="mb-1 flex flex-wrap items-end gap-x-5" role="search" aria-label="Of which area">
        {state === 'live' ? null : <input type="hidden" name="state" value={state} />}
        <div className="max-w-full">
          <Select name="area" label="Area" blank="Every area" defaultValue={area} options={[]} groups={groups} />
        </div>
        <div className="mb-4">
          <Button variant="secondary">Show these</Button>
        </div>
      </form>
      {lines.length > 0 ? <AgreementList title={SHOWN_WORDS[state].words} lines={lines} now={ctx.now} /> : <Nothing state={state} area={area} />}
    </>
  );
}

function Waiting({ count }: { count: number }) {
  return (
    <Notice tone="info" title={count === 1 ? '1 agreement waits for your answer' : `${count} agreements wait for your answer`}>
      <Link href={listPath({ state: 'drafts' })}>Show drafts and proposals</Link>
    </Notice>
  );
}

function StateFilter({ chosen, area }: { chosen: Shown; area: string }) {
  return (
    <nav aria-label="Which agreements" className="mb-3">
      <ul className="m-0 flex list-none flex-wrap gap-x-5 p-0">
        {SHOWN.map((state) => (
          <li key={state} className="mb-0">
            <Link href={listPath({ state, area })} aria-current={state === chosen ? 'true' : undefined} className={state === chosen ? 'font-bold no-underline' : undefined}>
              {SHOWN_WORDS[state].words}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Nothing({ state, area }: { state: Shown; area: string }) {
  return (
    <div className="panel mb-5 max-w-measure">
      <h2 className="nhsuk-heading-s mb-1">{area ? `${SHOWN_WORDS[state].none} for this area` : SHOWN_WORDS[state].none}</h2>
      <p className="mb-0">
        Where nothing is agreed, <Link href="/borders/defaults">the national default</Link> decides. Write a new agreement, or <Link href={listPath({ state: 'all' })}>show all agreements</Link>.
      </p>
    </div>
  );
}
