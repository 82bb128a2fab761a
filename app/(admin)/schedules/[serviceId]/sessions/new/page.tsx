import type { Metadata } from 'next';
import { formOwner, takeDraft } from '@/lib/auth/session';
import { parseLocalDate } from '@/lib/platform/time';
import { londonDate } from '@/lib/platform/time-words';
import { BREAK_ROWS, dateValues, NEW_SCHEDULE, sessionValues } from '@/lib/schedule/pattern-form.schema';
import { proposedEdit, schedulesOf } from '@/lib/schedule/templates.queries';
import { breakRowsFor, choicesOf, scheduleValues, USUAL_VALUES, wordOf } from '../../form-start';
import { serviceOf } from '../../service';
import { SessionForm } from '../session-form';

export const metadata: Metadata = { title: 'New session' };

type NewSessionPageProps = { params: Promise<{ serviceId: string }>; searchParams: Promise<{ date?: string | string[]; proposal?: string | string[] }> };

export default async function NewSessionPage({ params, searchParams }: NewSessionPageProps) {
  const { serviceId } = await params;
  const { ctx } = await serviceOf(serviceId, '/sessions/new');
  const query = await searchParams;
  const schedules = await schedulesOf(ctx, serviceId);
  const edit = await proposedEdit(ctx, { serviceId, proposalId: wordOf(query.proposal) });
  const date = edit?.kind === 'set-session' ? edit.date : (parseLocalDate(wordOf(query.date) ?? '') ?? londonDate(ctx.now));
  const start =
    edit?.kind === 'set-session'
      ? { values: { ...sessionValues(edit.pattern), ...scheduleValues(edit.schedule), ...dateValues('date', date) }, breakRows: breakRowsFor(edit.pattern) }
      : { values: { ...USUAL_VALUES, ...dateValues('date', date), ...(schedules.length > 0 ? {} : { scheduleId: NEW_SCHEDULE }) }, breakRows: BREAK_ROWS };
  const draft = await takeDraft(ctx, `/schedules/${serviceId}/sessions/new`);
  return (
    <>
      <h1 className="nhsuk-heading-l mb-2">New session</h1>
      <p className="max-w-measure">One session on one day, besides those of the weekly patterns.</p>
      <SessionForm
        serviceId={serviceId}
        choices={choicesOf(schedules)}
        start={start}
        kept={{ owner: await formOwner(ctx), draft }}
        back={`/schedules/${serviceId}?view=week&date=${date}`}
      />
    </>
  );
}
