import type { Metadata } from 'next';
import { ClosureTable } from '@/components/schedule/closure-table';
import { LinkButton } from '@/components/ui/button';
import { Details } from '@/components/ui/details';
import { closureListOf } from '@/lib/schedule/closures.queries';
import { serviceOf } from '../service';
import { LiftForm } from './lift-form';

export const metadata: Metadata = { title: 'Closures' };

export default async function ClosuresPage({ params }: { params: Promise<{ serviceId: string }> }) {
  const { serviceId } = await params;
  const { ctx } = await serviceOf(serviceId, '/closures');
  const { running, coming, past } = await closureListOf(ctx, serviceId);
  const isOpen = running.length + coming.length === 0;
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <h1 className="nhsuk-heading-l mb-0">Closures</h1>
        <LinkButton href={`/schedules/${serviceId}/closures/new`} variant="primary">
          Close dates…
        </LinkButton>
      </div>
      {isOpen ? <p className="panel max-w-measure">No closure is running or to come. Whoever is booked when you close is shown to you before anything changes.</p> : null}
      <LiftForm serviceId={serviceId}>
        {running.length > 0 ? <ClosureTable caption="Running now" closures={running} canLift now={ctx.now} /> : null}
        {coming.length > 0 ? <ClosureTable caption="To come" closures={coming} canLift now={ctx.now} /> : null}
      </LiftForm>
      {past.length > 0 ? (
        <Details summary={`Over or lifted (${past.length})`}>
          <ClosureTable caption="Over or lifted" closures={past} canLift={false} now={ctx.now} />
        </Details>
      ) : null}
    </>
  );
}
