import type { Metadata } from 'next';
import { HeldElsewhere } from '@/components/booking/held-elsewhere';
import { EndedCall } from '@/components/call/ended-call';
import { ServiceDetails } from '@/components/directory/service-details';
import { ServiceHeading } from '@/components/directory/service-heading';
import { ServiceRows } from '@/components/directory/service-rows';
import { SearchNotices } from '@/components/directory/search-notices';
import { searchOf } from '@/lib/booking/call.rules';
import { recordShown } from '@/lib/booking/call.commands';
import { slotsOf } from '@/lib/booking/slots.queries';
import { findServices } from '@/lib/directory/search.queries';
import { openCall } from '../call';
import { SlotPanel } from './slot-panel';

export const metadata: Metadata = { title: 'Services – this call' };

type ServicesPageProps = { params: Promise<{ callId: string }>; searchParams: Promise<{ service?: string | string[] }> };

export default async function ServicesPage({ params, searchParams }: ServicesPageProps) {
  const { ctx, call } = await openCall((await params).callId);
  if (call.state !== 'open') return <EndedCall call={call} />;

  const answer = await findServices(ctx, searchOf(ctx, call));
  const { service: asked } = await searchParams;
  const selected = answer.services.find(({ id }) => id === asked) ?? answer.services.find(({ id }) => id === call.held?.serviceId) ?? answer.services[0];
  const [slots] = await Promise.all([
    selected?.isBookable ? slotsOf(ctx, { serviceId: selected.id, callId: call.id, dueAt: call.dueAt }) : null,
    recordShown(ctx, call.id, answer),
  ]);
  return (
    <div className="grid items-start gap-5 min-[56rem]:grid-cols-[minmax(0,1.15fr)_minmax(0,1fr)]">
      <div>
        <ServiceHeading answer={answer} place={call.place} now={ctx.now} />
        <SearchNotices answer={answer} call={call} />
        <ServiceRows callId={call.id} services={answer.services} selectedId={selected?.id ?? null} now={ctx.now} />
      </div>
      {selected ? (
        <section aria-labelledby="service-heading" className="border border-line bg-panel p-4">
          <ServiceDetails service={selected} />
          {call.held && call.held.serviceId !== selected.id ? <HeldElsewhere callId={call.id} held={call.held} now={ctx.now} /> : null}
          {slots ? <SlotPanel key={selected.id} call={{ id: call.id, dueAt: call.dueAt, dispositionCode: call.disposition.code }} serviceId={selected.id} first={{ at: ctx.now, slots }} /> : null}
        </section>
      ) : null}
    </div>
  );
}
