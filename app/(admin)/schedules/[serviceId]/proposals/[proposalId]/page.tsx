import type { Metadata } from 'next';
import { affectedWords } from '@/components/schedule/affected-words';
import { editPath, editWords } from '@/components/schedule/edit-words';
import { PlanSummary } from '@/components/schedule/plan-summary';
import { appliedWords } from '@/components/schedule/plan-words';
import { refusalWords } from '@/components/layout/refusal-words';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import type { Ctx } from '@/lib/auth/actor';
import { formOwner, takeDraft } from '@/lib/auth/session';
import { proposalFor } from '@/lib/booking/proposal.queries';
import { affectedChoice, type Proposal, type ProposalLook } from '@/lib/booking/proposal.schema';
import type { Refusal } from '@/lib/platform/errors';
import { whenWords } from '@/lib/platform/time-words';
import type { AffectedChoice } from '@/lib/schedule/schema';
import { serviceOf } from '../../service';
import { ApplyForm } from './apply-form';

export const metadata: Metadata = { title: 'Look before you apply – schedules' };

type ProposalPageProps = { params: Promise<{ serviceId: string; proposalId: string }>; searchParams: Promise<{ affected?: string | string[] }> };

export default async function ProposalPage({ params, searchParams }: ProposalPageProps) {
  const { serviceId, proposalId } = await params;
  const { ctx } = await serviceOf(serviceId, `/proposals/${proposalId}`);
  const proposal = await proposalFor(ctx, { serviceId, proposalId });
  if (!proposal) return <CannotApply refusal={{ code: 'proposal-not-found' }} back={`/schedules/${serviceId}`} now={ctx.now} />;

  const { edit, about } = proposal;
  const back = editPath(edit, { serviceId, proposalId });
  const wished = affectedChoice.safeParse((await searchParams).affected).data ?? 'keep';
  return (
    <>
      <p className="mb-1 text-quiet">{proposal.applied ? 'This change was applied' : 'Nothing has changed yet: look, then apply'}</p>
      <h1 className="nhsuk-heading-l mb-4">{editWords(edit, about, ctx.now)}</h1>
      {'reason' in edit ? <p>Why: {edit.reason}</p> : null}
      {proposal.applied ? <Applied proposal={proposal} applied={proposal.applied} now={ctx.now} /> : null}
      {!proposal.applied && !proposal.look.ok ? <CannotApply refusal={proposal.look.error} back={back} now={ctx.now} /> : null}
      {!proposal.applied && proposal.look.ok ? <Look ctx={ctx} proposal={proposal} look={proposal.look.value} wished={wished} /> : null}
    </>
  );
}

function CannotApply({ refusal, back, now }: { refusal: Refusal; back: string; now: Date }) {
  const { title, todo } = refusalWords(refusal, now);
  return (
    <Notice tone="refusal" title={title}>
      <p>{todo}</p>
      <Link href={back}>{refusal.code === 'proposal-not-found' ? 'Back to the schedule' : 'Change it'}</Link>
    </Notice>
  );
}

function Applied({ proposal: { serviceId }, applied, now }: { proposal: Proposal; applied: NonNullable<Proposal['applied']>; now: Date }) {
  return (
    <Notice tone="success" title={`Applied ${whenWords(applied.at, now)}`}>
      <p>{appliedWords(applied)}</p>
      <p className="flex flex-wrap gap-x-5">
        <Link href={`/schedules/${serviceId}`}>See the schedule</Link>
        {applied.affected > 0 ? <Link href={`/contact?service=${serviceId}`}>People to contact</Link> : null}
      </p>
    </Notice>
  );
}

async function Look({ ctx, proposal: { id, serviceId, edit, about }, look, wished }: { ctx: Ctx; proposal: Proposal; look: ProposalLook; wished: AffectedChoice }) {
  const path = `/schedules/${serviceId}/proposals/${id}`;
  return (
    <ApplyForm
      key={wished}
      target={{ serviceId, proposalId: id, fingerprint: look.fingerprint }}
      lines={look.affected.map((line) => affectedWords(line, { wished, now: ctx.now }))}
      changePath={editPath(edit, { serviceId, proposalId: id })}
      kept={{ owner: await formOwner(ctx), draft: await takeDraft(ctx, path) }}
      summary={<PlanSummary days={look.days} names={about.names} now={ctx.now} />}
      bulk={<Bulk path={path} wished={wished} />}
    />
  );
}

const BULK = [
  { value: 'move', words: 'Move all that fit' },
  { value: 'keep', words: 'Keep all' },
  { value: 'cancel', words: 'Cancel all' },
] as const;

function Bulk({ path, wished }: { path: string; wished: AffectedChoice }) {
  return (
    <nav aria-label="Choose for all" className="mb-2 flex flex-wrap gap-x-5">
      {BULK.map(({ value, words }) => (
        <Link key={value} href={`${path}?affected=${value}`} scroll={false} aria-current={value === wished ? 'true' : undefined}>
          {words}
        </Link>
      ))}
    </nav>
  );
}
