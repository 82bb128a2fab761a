import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { hoursWords, scheduleWords } from '@/components/schedule/pattern-words';
import { SessionFacts } from '@/components/schedule/session-facts';
import { Notice } from '@/components/ui/notice';
import { formOwner, takeDraft } from '@/lib/auth/session';
import { longDate } from '@/lib/platform/time-words';
import { dateValues, sessionValues } from '@/lib/schedule/pattern-form.schema';
import { sessionOf, type SessionDetail } from '@/lib/schedule/session.queries';
import { proposedEdit } from '@/lib/schedule/templates.queries';
import { breakRowsFor, wordOf } from '../../form-start';
import { serviceOf } from '../../service';
import { SessionForm } from '../session-form';
import { WholeDayForm } from '../whole-day-form';

export const metadata: Metadata = { title: 'Session' };

type SessionPageProps = { params: Promise<{ serviceId: string; sessionId: string }>; searchParams: Promise<{ proposal?: string | string[] }> };

export default async function SessionPage({ params, searchParams }: SessionPageProps) {
  const { serviceId, sessionId } = await params;
  const { ctx } = await serviceOf(serviceId, `/sessions/${sessionId}`);
  const proposalId = wordOf((await searchParams).proposal);
  const edit = await proposedEdit(ctx, { serviceId, proposalId });
  const session = await sessionOf(ctx, { serviceId, sessionId });
  // One that was proposed and not applied is still a new one.
  if (!session && edit) redirect(`/schedules/${serviceId}/sessions/new?proposal=${proposalId}`);
  if (!session) notFound();

  const pattern = edit?.kind === 'set-session' && edit.sessionId === sessionId ? edit.pattern : session;
  const kept = { owner: await formOwner(ctx), draft: await takeDraft(ctx, `/schedules/${serviceId}/sessions/${sessionId}`) };
  const isOver = session.closesAt <= ctx.now;
  return (
    <>
      <h1 className="nhsuk-heading-l mb-1">
        {longDate(session.date)}, {hoursWords(session)}
      </h1>
      <p className="text-lead">{scheduleWords(session.schedule)}</p>
      <StateNotice session={session} isOver={isOver} />
      <SessionFacts serviceId={serviceId} session={session} isOver={isOver} />
      {isOver ? null : (
        <div className="mb-5 flex flex-wrap gap-4">
          {session.isCancelled ? null : <WholeDayForm kind="cancel-session" serviceId={serviceId} sessionId={sessionId} words="No session on this day" kept={kept} />}
          {session.templateId && (session.isAdjusted || session.isCancelled) ? (
            <WholeDayForm kind="restore-session" serviceId={serviceId} sessionId={sessionId} words="Back to the weekly pattern" kept={kept} />
          ) : null}
        </div>
      )}
      {isOver ? null : (
        <>
          <h2>{session.isCancelled ? 'Hold it after all, with these hours' : 'Change it on this day'}</h2>
          <SessionForm
            serviceId={serviceId}
            sessionId={sessionId}
            start={{ values: { ...sessionValues(pattern), ...dateValues('date', session.date), scheduleId: session.schedule.id }, breakRows: breakRowsFor(pattern) }}
            kept={kept}
            back={`/schedules/${serviceId}?view=week&date=${session.date}`}
          />
        </>
      )}
    </>
  );
}

function StateNotice({ session, isOver }: { session: SessionDetail; isOver: boolean }) {
  if (session.isCancelled) return <Notice tone="warning" title="There is no session on this day" />;
  if (isOver) return <Notice tone="info" title="This session is over">What is past stays as it was.</Notice>;
  return null;
}
