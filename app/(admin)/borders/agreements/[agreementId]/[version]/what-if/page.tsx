import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { WhatIfProgress } from '@/components/crossborder/what-if-progress';
import { WhatIfResultView } from '@/components/crossborder/what-if-result';
import { changedWords } from '@/components/crossborder/what-if-words';
import { LiveProvider } from '@/components/layout/live';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import { formOwner, staffCtxWith, takeDraft } from '@/lib/auth/session';
import { agreementVersion } from '@/lib/crossborder/agreement.queries';
import type { AgreementVersion } from '@/lib/crossborder/agreement.schema';
import { monthText } from '@/lib/crossborder/ledger.rules';
import { latestWhatIf } from '@/lib/crossborder/what-if.queries';
import { wholeMonths } from '@/lib/crossborder/what-if.rules';
import type { WhatIfRun } from '@/lib/crossborder/what-if.schema';
import { monthWords, whenWords } from '@/lib/platform/time-words';
import { StartForm } from './start-form';

export const metadata: Metadata = { title: 'What if' };

type WhatIfPageProps = { params: Promise<{ agreementId: string; version: string }> };

export default async function WhatIfPage({ params }: WhatIfPageProps) {
  const { agreementId, version } = await params;
  const path = `/borders/agreements/${agreementId}/${version}`;
  const ctx = await staffCtxWith('border:read', `${path}/what-if`);
  const asked = { id: agreementId, version: Number(version) };
  const agreement = Number.isInteger(asked.version) ? await agreementVersion(ctx, asked) : null;
  if (!agreement) notFound();

  const [run, owner, draft] = await Promise.all([latestWhatIf(ctx, asked), formOwner(ctx), takeDraft(ctx, `${path}/what-if`)]);
  const months = wholeMonths(ctx.now).map((month) => ({ value: monthText(month), words: monthWords(month) }));
  const chosen = (run && months.find(({ value }) => value === monthText(run.month))) ?? months[0];
  const mayStart = agreement.may.includes('what-if') && run?.state !== 'at-work';
  return (
    <>
      <p className="mb-2">
        <Link href={path}>Agreement “{agreement.title}”</Link>
      </p>
      <h1 className="nhsuk-heading-l mb-1">What if this version were agreed?</h1>
      <p className="max-w-measure">
        “{agreement.title}”, version {agreement.version}: patients of {agreement.fromName} at services in {agreement.toName}. A month of bookings across borders is decided again, by the rules as they are now
        and as they would be. Nothing is changed by it.
      </p>
      {mayStart ? <StartForm target={{ agreementId, version }} months={months} chosen={chosen?.value ?? ''} isAgain={run !== null} kept={{ owner, draft }} /> : null}
      {agreement.may.includes('what-if') || run ? null : <p className="panel max-w-measure">Only what may yet be changed or agreed is replayed, by somebody of one of its two sides.</p>}
      <div role="status" className="contents">
        {run ? <Run run={run} agreement={agreement} now={ctx.now} path={`${path}/what-if`} /> : null}
      </div>
      {run?.result ? <WhatIfResultView result={run.result} now={ctx.now} /> : null}
      <Assumptions />
    </>
  );
}

function Run({ run, agreement, now, path }: { run: WhatIfRun; agreement: AgreementVersion; now: Date; path: string }) {
  const { id, month, edition, askedAt, askedBy, state, done, total, result } = run;
  const started = `Started by ${askedBy} ${whenWords(askedAt, now)}.`;
  switch (state) {
    case 'at-work':
      return (
        <Panel title={`Replaying ${monthWords(month)}`} started={started}>
          <LiveProvider>
            <WhatIfProgress key={id} whatIfId={id} first={{ at: now, state, done, total }} />
          </LiveProvider>
          <noscript>
            <a href={path}>See how far it is now</a>
          </noscript>
        </Panel>
      );
    case 'broken-off':
      return (
        <Notice tone="warning" title={`The replay of ${monthWords(month)} was broken off`}>
          {started} Nothing came out of it. Start it again.
        </Notice>
      );
    case 'failed':
      return (
        <Notice tone="warning" title={`The replay of ${monthWords(month)} failed`}>
          {started} Nothing came out of it. Start it again; if it fails again, tell your system admin.
        </Notice>
      );
    case 'finished':
      return (
        <>
          {edition === agreement.edition ? null : (
            <Notice tone="warning" title="This version was changed since">
              What follows is of how it was. Start the replay again.
            </Notice>
          )}
          <h2 className="mb-1">
            {monthWords(month)}: {result ? changedWords(result) : ''}
          </h2>
          <p className="text-quiet">{started}</p>
        </>
      );
  }
}

function Panel({ title, started, children }: { title: string; started: string; children: ReactNode }) {
  return (
    <div className="panel mb-5 max-w-measure">
      <h2 className="mb-1">{title}</h2>
      <p className="mb-2 text-quiet">{started}</p>
      {children}
    </div>
  );
}

function Assumptions() {
  return (
    <section aria-labelledby="assumed" className="max-w-measure">
      <h2 id="assumed">What is assumed</h2>
      <ul className="mb-0 pl-5">
        <li>Every agreement that is in force today, and this version, held all the month: their dates are left out.</li>
        <li>Daily quotas begin empty and fill in the order of booking. A booking that was cancelled or moved takes nothing of them.</li>
        <li>Who came and who did not stays as it was. A booking that would be refused costs nothing, and one that needs approval is taken as approved.</li>
        <li>What else was free at the time is not known: a refusal stays a refusal here, also where nothing else was free in time.</li>
      </ul>
    </section>
  );
}
