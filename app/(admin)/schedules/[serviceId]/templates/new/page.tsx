import type { Metadata } from 'next';
import type { Ctx } from '@/lib/auth/actor';
import { formOwner, takeDraft } from '@/lib/auth/session';
import { londonDate } from '@/lib/platform/time-words';
import { BREAK_ROWS, dateValues, factsValues, NEW_SCHEDULE, templateValues } from '@/lib/schedule/pattern-form.schema';
import { proposedEdit, schedulesOf, templateOf } from '@/lib/schedule/templates.queries';
import { breakRowsFor, choicesOf, scheduleValues, USUAL_VALUES, wordOf, type FormStart } from '../../form-start';
import { serviceOf } from '../../service';
import { TemplateForm } from '../template-form';

export const metadata: Metadata = { title: 'New weekly pattern' };

type Query = { copy?: string | string[]; proposal?: string | string[] };
type NewTemplatePageProps = { params: Promise<{ serviceId: string }>; searchParams: Promise<Query> };

export default async function NewTemplatePage({ params, searchParams }: NewTemplatePageProps) {
  const { serviceId } = await params;
  const { ctx } = await serviceOf(serviceId, '/templates/new');
  const schedules = await schedulesOf(ctx, serviceId);
  const start = await startOf(ctx, { serviceId, query: await searchParams, hasSchedules: schedules.length > 0 });
  const draft = await takeDraft(ctx, `/schedules/${serviceId}/templates/new`);
  return (
    <>
      <h1 className="nhsuk-heading-l mb-4">New weekly pattern</h1>
      <TemplateForm serviceId={serviceId} choices={choicesOf(schedules)} start={start} kept={{ owner: await formOwner(ctx), draft }} />
    </>
  );
}

async function startOf(ctx: Ctx, { serviceId, query, hasSchedules }: { serviceId: string; query: Query; hasSchedules: boolean }): Promise<FormStart> {
  const edit = await proposedEdit(ctx, { serviceId, proposalId: wordOf(query.proposal) });
  if (edit?.kind === 'set-template') return { values: { ...templateValues(edit.pattern), ...scheduleValues(edit.schedule) }, breakRows: breakRowsFor(edit.pattern) };

  const today = dateValues('validFrom', londonDate(ctx.now));
  const copied = await templateOf(ctx, { serviceId, templateId: wordOf(query.copy) ?? '' });
  // A copy is mostly for somebody else at the same hours: everything but the person.
  if (copied) {
    const facts = { scheduleId: NEW_SCHEDULE, ...factsValues({ ...copied.schedule, name: null, practitionerName: null, practitionerGender: null }) };
    return { values: { ...templateValues(copied), ...dateValues('validTo', null), ...today, ...facts }, breakRows: breakRowsFor(copied) };
  }
  return { values: { ...USUAL_VALUES, ...today, ...(hasSchedules ? {} : { scheduleId: NEW_SCHEDULE }) }, breakRows: BREAK_ROWS };
}
