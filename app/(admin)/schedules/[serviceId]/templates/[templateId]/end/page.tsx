import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { daysWords, hoursWords, scheduleWords } from '@/components/schedule/pattern-words';
import { formOwner, takeDraft } from '@/lib/auth/session';
import { londonDate } from '@/lib/platform/time-words';
import { dateValues } from '@/lib/schedule/pattern-form.schema';
import { proposedEdit, templateOf } from '@/lib/schedule/templates.queries';
import { wordOf } from '../../../form-start';
import { serviceOf } from '../../../service';
import { EndForm } from './end-form';

export const metadata: Metadata = { title: 'End a weekly pattern' };

type EndPageProps = { params: Promise<{ serviceId: string; templateId: string }>; searchParams: Promise<{ proposal?: string | string[] }> };

export default async function EndPage({ params, searchParams }: EndPageProps) {
  const { serviceId, templateId } = await params;
  const { ctx } = await serviceOf(serviceId, `/templates/${templateId}/end`);
  const template = await templateOf(ctx, { serviceId, templateId });
  if (!template) notFound();

  const edit = await proposedEdit(ctx, { serviceId, proposalId: wordOf((await searchParams).proposal) });
  const lastDate = edit?.kind === 'end-template' ? edit.lastDate : londonDate(ctx.now);
  const draft = await takeDraft(ctx, `/schedules/${serviceId}/templates/${templateId}/end`);
  return (
    <div className="max-w-form">
      <h1 className="nhsuk-heading-l mb-2">End a weekly pattern</h1>
      <p>
        {scheduleWords(template.schedule)}, {daysWords(template.weekdays)} {hoursWords(template)}
      </p>
      <EndForm serviceId={serviceId} templateId={templateId} start={dateValues('lastDate', lastDate)} kept={{ owner: await formOwner(ctx), draft }} />
    </div>
  );
}
