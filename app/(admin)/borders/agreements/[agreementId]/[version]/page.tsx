import type { Metadata } from 'next';
import { AgreementHistory } from '@/components/crossborder/agreement-history';
import { StateTag } from '@/components/crossborder/agreement-list';
import { AgreementLookPanel } from '@/components/crossborder/agreement-look';
import { AgreementSummary } from '@/components/crossborder/agreement-summary';
import { sentenceOf } from '@/components/crossborder/agreement-words';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import type { Ctx } from '@/lib/auth/actor';
import { agreementVersions, standingOf } from '@/lib/crossborder/agreement.queries';
import type { AgreementVersion } from '@/lib/crossborder/agreement.schema';
import { lookOf } from '../../look';
import { keptFor, openVersion, type VersionParams } from './agreement';
import { StepForms } from './step-forms';

export const metadata: Metadata = { title: 'Agreement' };

type VersionPageProps = { params: VersionParams; searchParams: Promise<{ done?: string | string[] }> };

const DONE: Record<string, { title: string; words?: string }> = {
  saved: { title: 'The draft was saved', words: 'Look at how it stands to others, then propose it.' },
  propose: { title: 'It is proposed', words: 'It holds once somebody of the other side has agreed: tell them that it waits for them.' },
  'take-back': { title: 'The proposal was taken back', words: 'It is a draft again.' },
  agree: { title: 'It is agreed', words: 'It decides bookings from its first day on.' },
  decline: { title: 'It was declined', words: 'The other side reads your words, and may change it and propose it again.' },
  withdraw: { title: 'It was withdrawn', words: 'It never holds.' },
  end: { title: 'Its last day was set' },
};

export default async function VersionPage({ params, searchParams }: VersionPageProps) {
  const { ctx, version, path } = await openVersion(params);
  const [versions, kept] = await Promise.all([agreementVersions(ctx, version.id), keptFor(ctx, path)]);
  const done = DONE[String((await searchParams).done)];
  const { id, edition, may } = version;
  return (
    <>
      <p className="mb-2">
        <Link href="/borders/agreements">Agreements</Link>
      </p>
      <h1 className="nhsuk-heading-l mb-3 flex flex-wrap items-center gap-x-4 wrap-anywhere">
        {version.title} <span className="text-lead font-normal text-quiet">version {version.version}</span> <StateTag line={version} now={ctx.now} />
      </h1>
      {done ? <Notice tone="success" title={done.title} focus>{done.words}</Notice> : null}
      <Answered version={version} />
      <p className="max-w-measure text-lead wrap-anywhere">{sentenceOf({ conditions: version, terms: version, names: version }, ctx.now)}</p>
      <div className="grid grid-cols-1 items-start gap-x-5 min-[64rem]:grid-cols-[minmax(0,1fr)_26rem]">
        <AgreementSummary version={version} now={ctx.now} />
        <div>
          <section aria-labelledby="steps-heading" className="panel mb-4">
            <h2 id="steps-heading" className="mb-2 text-lead">
              What to do now
            </h2>
            <p>{todoWords(version)}</p>
            <StepForms target={{ id, version: version.version, edition }} may={may} kept={kept} />
          </section>
          {isOpen(version) ? <StandingPanel ctx={ctx} version={version} /> : null}
          <AgreementHistory versions={versions} shown={version.version} now={ctx.now} />
        </div>
      </div>
    </>
  );
}

function Answered({ version: { state, settled } }: { version: AgreementVersion }) {
  if (state !== 'declined' || !settled) return null;
  return (
    <Notice tone="warning" title={`${settled.by} declined it`}>
      <p className="mb-0 wrap-anywhere">“{settled.text}”</p>
    </Notice>
  );
}

async function StandingPanel({ ctx, version }: { ctx: Ctx; version: AgreementVersion }) {
  const look = lookOf(await standingOf(ctx, { id: version.id, content: version }));
  return (
    <section aria-labelledby="standing-heading" className="panel mb-4">
      <h2 id="standing-heading" className="mb-2 text-lead">
        How it stands to others
      </h2>
      <AgreementLookPanel look={look} />
    </section>
  );
}

function isOpen({ state }: AgreementVersion): boolean {
  return state === 'draft' || state === 'proposed' || state === 'declined';
}

function todoWords({ state, may, proposed, fromName, toName }: AgreementVersion): string {
  const other = proposed?.side === 'from' ? toName : fromName;
  if (may.length === 0) return 'Neither side is yours: you can read it, and nothing else.';
  switch (state) {
    case 'draft':
    case 'declined':
      return may.includes('propose') ? 'Nothing holds yet. Propose it to the other side when it says what you want.' : 'Nothing holds yet.';
    case 'proposed':
      return may.includes('agree') ? `${proposed?.by} proposes it. Agree, and it holds from its first day; or say what would have to change.` : `It waits for somebody who speaks for ${other} to agree. Nothing holds until then.`;
    case 'agreed':
      return 'What was agreed stays as it is. A new version, once agreed, takes its place.';
    case 'superseded':
    case 'withdrawn':
      return 'It is kept to be read. A copy can be made a new agreement.';
  }
}
