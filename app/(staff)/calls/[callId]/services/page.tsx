import type { Metadata } from 'next';
import { MovingNotice } from '@/components/booking/moving-notice';
import { EndedCall } from '@/components/call/ended-call';
import { NotMine } from '@/components/call/not-mine';
import { SearchNotices } from '@/components/directory/search-notices';
import { ServiceHeading } from '@/components/directory/service-heading';
import { ServiceRows } from '@/components/directory/service-rows';
import { LiveProvider } from '@/components/layout/live';
import { NoAnswerBar } from '@/components/layout/no-answer-bar';
import { Link } from '@/components/ui/link';
import type { Ctx } from '@/lib/auth/actor';
import { bordersFor } from '@/lib/booking/border.queries';
import { recordShown } from '@/lib/booking/call.commands';
import { searchOf } from '@/lib/booking/call.rules';
import type { Call } from '@/lib/booking/schema';
import type { BorderDecision } from '@/lib/crossborder/schema';
import { serviceRowFor } from '@/lib/directory/find.queries';
import type { SearchAnswer } from '@/lib/directory/schema';
import { findServices } from '@/lib/directory/search.queries';
import { takeCallOver } from '../hand-over/actions';
import { openCall } from '../call';
import { ChosenService, type Chosen } from './chosen-service';

export const metadata: Metadata = { title: 'Services – this call' };

type ServicesPageProps = { params: Promise<{ callId: string }>; searchParams: Promise<{ service?: string | string[] }> };

export default async function ServicesPage({ params, searchParams }: ServicesPageProps) {
  const { ctx, call } = await openCall((await params).callId);
  if (call.state !== 'open' && !call.moves) return <EndedCall call={call} />;

  const answer = await findServices(ctx, searchOf(ctx, call));
  const borders = await bordersFor(ctx, call, answer.services);
  // Before the rest: which services are passed over is told from what was shown last.
  await recordShown(ctx, call.id, answer, borders);
  const chosen = await chosenOf(ctx, { call, answer, borders, asked: (await searchParams).service });
  return (
    <LiveProvider>
      {call.isMine ? null : <NotMine call={call} back="services" takeOver={takeCallOver} />}
      {call.moves ? <MovingNotice moves={call.moves} now={ctx.now} /> : null}
      <NoAnswerBar />
      <div className="grid items-start gap-5 min-[56rem]:grid-cols-[minmax(0,1.15fr)_minmax(0,1fr)]">
        <div>
          <ServiceHeading answer={answer} place={call.place} now={ctx.now} />
          <SearchNotices answer={answer} call={call} />
          <ServiceRows callId={call.id} services={answer.services} borders={borders} skips={call.skips} selectedId={chosen?.service.id ?? null} now={ctx.now} />
          <p className="mt-2 mb-0 flex flex-wrap gap-x-5 text-detail">
            {call.moves ? null : <span className="text-quiet">Not the first one? You are asked why.</span>}
            <Link href={`/calls/${call.id}/services/find`} data-command="Find a service by name">
              Find a service by name, and why it is not in this list
            </Link>
          </p>
        </div>
        {chosen ? <ChosenService ctx={ctx} call={call} {...chosen} /> : null}
      </div>
    </LiveProvider>
  );
}

type Asked = { call: Call; answer: SearchAnswer; borders: ReadonlyMap<string, BorderDecision>; asked: string | string[] | undefined };

/** The service asked for, in the list or not; without one that of the slot that is held; else the first. With the border that a booking there crosses. */
async function chosenOf(ctx: Ctx, { call, answer, borders, asked }: Asked): Promise<Chosen | null> {
  const wanted = typeof asked === 'string' ? asked : call.held?.serviceId;
  const listed = answer.services.find(({ id }) => id === wanted);
  const named = listed || !wanted ? null : await serviceRowFor(ctx, searchOf(ctx, call), wanted);
  if (named) {
    // Among all that the search found: whether anything else is free in time is part of what is decided.
    const all = await bordersFor(ctx, call, [...answer.services, named]);
    return { service: named, isListed: false, border: all.get(named.id) };
  }
  const service = listed ?? answer.services[0];
  return service ? { service, isListed: true, border: borders.get(service.id) } : null;
}
