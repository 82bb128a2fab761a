import type { Metadata } from 'next';
import { scheduleWords } from '@/components/schedule/pattern-words';
import { TemplateTable } from '@/components/schedule/template-table';
import { LinkButton } from '@/components/ui/button';
import { Details } from '@/components/ui/details';
import { londonDate } from '@/lib/platform/time-words';
import { templatesOf, type ScheduleWithTemplates } from '@/lib/schedule/templates.queries';
import { serviceOf } from '../service';

export const metadata: Metadata = { title: 'Weekly patterns' };

export default async function TemplatesPage({ params }: { params: Promise<{ serviceId: string }> }) {
  const { serviceId } = await params;
  const { ctx } = await serviceOf(serviceId, '/templates');
  const today = londonDate(ctx.now);
  const schedules = await templatesOf(ctx, serviceId);
  const hasEnded = ({ validTo }: { validTo: string | null }) => validTo !== null && validTo < today;
  const current = onlyWith(schedules, (template) => !hasEnded(template));
  const ended = onlyWith(schedules, hasEnded);
  const count = ended.reduce((sum, { templates }) => sum + templates.length, 0);
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center justify-between gap-4">
        <h1 className="nhsuk-heading-l mb-0">Weekly patterns</h1>
        <LinkButton href={`/schedules/${serviceId}/templates/new`} variant="primary">
          New weekly pattern
        </LinkButton>
      </div>
      {current.length === 0 ? <p>There is no weekly pattern. Make one: its slots are made 56 days ahead and kept so by themselves.</p> : null}
      {current.map((schedule) => (
        <TemplateTable key={schedule.id} serviceId={serviceId} caption={scheduleWords(schedule)} templates={schedule.templates} now={ctx.now} />
      ))}
      {count > 0 ? (
        <Details summary={count === 1 ? '1 pattern that has ended' : `${count} patterns that have ended`}>
          {ended.map((schedule) => (
            <TemplateTable key={schedule.id} serviceId={serviceId} caption={scheduleWords(schedule)} templates={schedule.templates} now={ctx.now} />
          ))}
        </Details>
      ) : null}
    </>
  );
}

function onlyWith(schedules: readonly ScheduleWithTemplates[], isShown: (template: ScheduleWithTemplates['templates'][number]) => boolean): ScheduleWithTemplates[] {
  return schedules.map((schedule) => ({ ...schedule, templates: schedule.templates.filter(isShown) })).filter(({ templates }) => templates.length > 0);
}
