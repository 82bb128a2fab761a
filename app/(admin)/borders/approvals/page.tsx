import type { Metadata } from 'next';
import { LiveProvider } from '@/components/layout/live';
import { NoAnswerBar } from '@/components/layout/no-answer-bar';
import { refused } from '@/components/layout/refusal-words';
import { SubmitButton } from '@/components/ui/submit-button';
import { hasRole, type Ctx } from '@/lib/auth/actor';
import { staffCtxWith } from '@/lib/auth/session';
import { approvalInbox } from '@/lib/crossborder/approval.queries';
import { dutyUntil } from '@/lib/crossborder/duty.queries';
import { dutyEnds, usualDutyEnd } from '@/lib/crossborder/duty.rules';
import { whenWords } from '@/lib/platform/time-words';
import { endDuty } from './actions';
import { DutyForm } from './duty-form';
import { Inbox } from './inbox';

export const metadata: Metadata = { title: 'Approvals' };

export default async function ApprovalsPage() {
  const ctx = await staffCtxWith('approval:answer', '/borders/approvals');
  const isCommissioner = hasRole(ctx.actor, 'commissioner');
  const [rows, until] = await Promise.all([approvalInbox(ctx), isCommissioner ? dutyUntil(ctx) : null]);
  return (
    <LiveProvider>
      <h1 className="nhsuk-heading-l mb-1">Approvals</h1>
      <p className="max-w-measure text-quiet">Bookings across a border that wait for somebody like you. The call handler is on the phone with the patient, holds the slot, and sees your answer at once.</p>
      {isCommissioner ? <Duty ctx={ctx} until={until} /> : null}
      <Inbox first={{ at: ctx.now, rows }} lost={refused({ code: 'outcome-unknown' }, ctx)} />
      <NoAnswerBar />
    </LiveProvider>
  );
}

function Duty({ ctx: { now }, until }: { ctx: Ctx; until: Date | null }) {
  if (!until) return <DutyForm ends={dutyEnds(now).map((end) => ({ value: end.toISOString(), words: whenWords(end, now) }))} usual={usualDutyEnd(now).toISOString()} />;
  return (
    <form action={endDuty} className="panel mb-5 flex flex-wrap items-baseline gap-x-5">
      <p className="mb-0">
        <strong className="tabular">On duty until {whenWords(until, now)}</strong>
      </p>
      <SubmitButton variant="link">End duty</SubmitButton>
    </form>
  );
}
