import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { scheduleWords } from '@/components/schedule/pattern-words';
import { Details } from '@/components/ui/details';
import { Link } from '@/components/ui/link';
import { formOwner, takeDraft } from '@/lib/auth/session';
import { londonDate, shortDate } from '@/lib/platform/time-words';
import { dateValues, factsValues, templateValues } from '@/lib/schedule/pattern-form.schema';
import { changedByHand } from '@/lib/schedule/session.queries';
import { proposedEdit, templateOf } from '@/lib/schedule/templates.queries';
import { breakRowsFor, wordOf } from '../../form-start';
import { serviceOf } from '../../service';
import { TemplateForm } from '../template-form';

export const metadata: Metadata = { title: 'Change a weekly pattern' };

type TemplatePageProps = { params: Promise<{ serviceId: string; templateId: string }>; searchParams: Promise<{ proposal?: string | string[] }> };

export default async function TemplatePage({ params, searchParams }: TemplatePageProps) {
  const { serviceId, templateId } = await params;
  const { ctx } = await serviceOf(serviceId, `/templates/${templateId}`);
  const proposalId = wordOf((await searchParams).proposal);
  const edit = await proposedEdit(ctx, { serviceId, proposalId });
  const template = await templateOf(ctx, { serviceId, templateId });
  // One that was proposed and not applied is still a new one.
  if (!template && edit) redirect(`/schedules/${serviceId}/templates/new?proposal=${proposalId}`);
  if (!template) notFound();

  const today = londonDate(ctx.now);
  const hasBegun = template.validFrom <= today;
  const isProposed = edit?.kind === 'set-template' && edit.templateId === templateId;
  const pattern = isProposed ? edit.pattern : template;
  const facts = (isProposed && edit.schedule.facts) || template.schedule;
  const from = hasBegun && !isProposed ? dateValues('validFrom', today) : {};
  const changed = await changedByHand(ctx, { serviceId, templateId });
  const draft = await takeDraft(ctx, `/schedules/${serviceId}/templates/${templateId}`);
  return (
    <>
      <h1 className="nhsuk-heading-l mb-4">
        Change a weekly pattern <span className="text-lead font-normal text-quiet">{scheduleWords(template.schedule)}</span>
      </h1>
      {changed.length > 0 ? (
        <Details summary={changed.length === 1 ? '1 day changed by hand: it stays as it is' : `${changed.length} days changed by hand: they stay as they are`}>
          <ul className="mb-0">
            {changed.map(({ id, date, isCancelled }) => (
              <li key={id}>
                <Link href={`/schedules/${serviceId}/sessions/${id}`}>{shortDate(date, ctx.now)}</Link> {isCancelled ? 'no session' : 'other hours or slots'}
              </li>
            ))}
          </ul>
        </Details>
      ) : null}
      <TemplateForm
        serviceId={serviceId}
        templateId={templateId}
        hasBegun={hasBegun}
        start={{ values: { ...templateValues(pattern), ...from, ...factsValues(facts), scheduleId: template.scheduleId }, breakRows: breakRowsFor(pattern) }}
        kept={{ owner: await formOwner(ctx), draft }}
      />
    </>
  );
}
