import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { countedWords, figureWords } from '@/components/crossborder/overview-words';
import { Link } from '@/components/ui/link';
import { staffCtxWith } from '@/lib/auth/session';
import { waitingForMe } from '@/lib/crossborder/agreement.queries';
import { waitingApprovals } from '@/lib/crossborder/approval.queries';
import { dutyUntil } from '@/lib/crossborder/duty.queries';
import { ENDING_DAYS, overviewOf, type EndingAgreement } from '@/lib/crossborder/overview.queries';
import { dayWords, monthWords, whenWords } from '@/lib/platform/time-words';

export const metadata: Metadata = { title: 'Across borders' };

const QUESTIONS = ['question waits for an answer', 'questions wait for an answer'] as const;
const PROPOSALS = ['proposal waits to be agreed', 'proposals wait to be agreed'] as const;

export default async function BordersPage() {
  const ctx = await staffCtxWith('border:read', '/borders');
  const { now } = ctx;
  const [{ areas, ending, month, figures }, approvals, proposals, until] = await Promise.all([overviewOf(ctx), waitingApprovals(ctx), waitingForMe(ctx), dutyUntil(ctx)]);
  return (
    <>
      <h1 className="nhsuk-heading-l mb-1">Across borders</h1>
      <p className="max-w-measure text-quiet">You act for {areas.join(', ')}: who may be booked across its borders, at what price, and what came of it.</p>
      <div className="grid items-start gap-4 lg:grid-cols-3">
        <Panel title="Waiting for you">
          <ul className="m-0 list-none p-0">
            <li>
              <Link href="/borders/approvals">{approvals === 0 ? 'No question waits for an answer' : countedWords(approvals, QUESTIONS)}</Link>
              <span className="block text-detail text-quiet tabular">{until ? `You are on duty until ${whenWords(until, now)}` : 'You are not on duty'}</span>
            </li>
            <li className="mb-0">
              <Link href="/borders/agreements?state=drafts">{proposals === 0 ? 'No proposal waits to be agreed' : countedWords(proposals, PROPOSALS)}</Link>
            </li>
          </ul>
        </Panel>
        <Panel title={`Ending within ${ENDING_DAYS} days`}>
          <Ending agreements={ending} now={now} />
        </Panel>
        <Panel title={`${monthWords(month)} so far`}>
          {figureWords(figures).map((sentence) => (
            <p key={sentence} className="mb-2 tabular">
              {sentence}
            </p>
          ))}
          <p className="mb-0">
            <Link href={`/borders/ledger?month=${month.slice(0, 7)}`}>Open the ledger</Link>
          </p>
        </Panel>
      </div>
    </>
  );
}

function Panel({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="panel wrap-anywhere">
      <h2 className="nhsuk-heading-s mb-2">{title}</h2>
      {children}
    </section>
  );
}

function Ending({ agreements, now }: { agreements: readonly EndingAgreement[]; now: Date }) {
  if (agreements.length === 0) return <p className="mb-0">No agreement of yours ends soon without one that follows it.</p>;
  return (
    <ul className="m-0 list-none p-0">
      {agreements.map(({ id, version, title, lastDay }) => (
        <li key={`${id} ${version}`} className="mb-1">
          <Link href={`/borders/agreements/${id}/${version}`}>{title}</Link>
          <span className="block text-detail text-quiet tabular">last day {dayWords(lastDay, now)}</span>
        </li>
      ))}
    </ul>
  );
}
