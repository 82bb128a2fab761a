import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { HeatMap } from '@/components/reports/heat-map';
import { KeyFigures } from '@/components/reports/key-figures';
import { LeadBars } from '@/components/reports/lead-bars';
import { Button } from '@/components/ui/button';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Link } from '@/components/ui/link';
import { TextInput } from '@/components/ui/text-input';
import { londonDate, shortDate } from '@/lib/platform/time-words';
import { utilisationOf } from '@/lib/reports/utilisation.queries';
import { spanOf } from '@/lib/reports/utilisation.rules';
import { serviceOf } from '../service';

export const metadata: Metadata = { title: 'Reports' };

type ReportsPageProps = { params: Promise<{ serviceId: string }>; searchParams: Promise<{ from?: string | string[]; to?: string | string[] }> };

export default async function ReportsPage({ params, searchParams }: ReportsPageProps) {
  const [{ serviceId }, typed] = await Promise.all([params, searchParams]);
  const { ctx, service } = await serviceOf(serviceId, '/reports');
  const asked = { from: first(typed.from), to: first(typed.to) };
  const { span, faults } = spanOf(asked, ctx.now);
  const used = await utilisationOf(ctx, { serviceId, span });
  if (!used) notFound();

  const words = `${shortDate(span.from, ctx.now)} to ${shortDate(span.to, ctx.now)}`;
  const hasFaults = Object.keys(faults).length > 0;
  return (
    <>
      <h1>How {service.name} is used</h1>
      <ErrorSummary errors={faults} />
      <form method="get" className="mb-4 flex flex-wrap items-end gap-x-5" role="search" aria-label="Days of the report">
        <TextInput name="from" label="First day" type="date" width={10} defaultValue={hasFaults ? asked.from : span.from} error={faults['from']} />
        <TextInput name="to" label="Last day" type="date" width={10} defaultValue={hasFaults ? asked.to : span.to} error={faults['to']} />
        <div className="mb-4">
          <Button variant="secondary">Show these days</Button>
        </div>
      </form>
      <h2>{words}</h2>
      <KeyFigures used={used} />
      <section aria-labelledby="by-hour" className="mb-5">
        <h2 id="by-hour">Booked by day and hour</h2>
        {used.hours.length > 0 ? <HeatMap hours={used.hours} /> : <p>No slots were offered on these days.</p>}
      </section>
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <section aria-labelledby="ahead" className="panel">
          <h2 id="ahead">From booking to start</h2>
          <LeadBars leads={used.leads} />
        </section>
        <Downloads serviceId={serviceId} today={londonDate(ctx.now)} />
      </div>
    </>
  );
}

function Downloads({ serviceId, today }: { serviceId: string; today: string }) {
  return (
    <section aria-labelledby="files" className="panel">
      <h2 id="files">Files of one day</h2>
      <form method="get" action={`/api/schedules/${serviceId}/slots`}>
        <TextInput name="date" label="Day" type="date" width={10} defaultValue={today} />
        <div className="flex flex-wrap gap-3">
          <Button variant="secondary">Download slots</Button>
          <Button variant="secondary" formAction={`/api/schedules/${serviceId}/bookings`}>
            Download bookings
          </Button>
        </div>
      </form>
      <p className="mt-2 text-detail text-quiet">The file of bookings names patients: keep it where only those who need it can see it. Each download is recorded.</p>
      <p className="mb-0">
        <Link href="/schedules/import">Weekly patterns and services as files</Link>
      </p>
    </section>
  );
}

function first(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
