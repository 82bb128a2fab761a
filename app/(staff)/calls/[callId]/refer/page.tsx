import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { EndedCall } from '@/components/call/ended-call';
import { NotMine } from '@/components/call/not-mine';
import { LinkButton } from '@/components/ui/button';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import type { Ctx } from '@/lib/auth/actor';
import { formOwner, takeDraft } from '@/lib/auth/session';
import { REFERRAL_REASONS, type ReferralReason } from '@/lib/booking/call-end.schema';
import { whyNoSlots } from '@/lib/booking/no-slots.queries';
import type { Call } from '@/lib/booking/schema';
import { rejectReasons, skipsNeeded } from '@/lib/booking/skip.queries';
import { serviceDetail } from '@/lib/directory/queries';
import type { ServiceDetail } from '@/lib/directory/schema';
import { whenWords } from '@/lib/platform/time-words';
import { openCall } from '../call';
import { takeCallOver } from '../hand-over/actions';
import { ReferForm } from './refer-form';

export const metadata: Metadata = { title: 'Refer without a booking – this call' };

const REASONS = Object.entries(REFERRAL_REASONS).map(([value, words]) => ({ value, words }));

type ReferPageProps = { params: Promise<{ callId: string }>; searchParams: Promise<{ service?: string | string[] }> };

export default async function ReferPage({ params, searchParams }: ReferPageProps) {
  const { callId } = await params;
  const { service: asked } = await searchParams;
  const { ctx, call } = await openCall(callId, `refer?service=${String(asked)}`);
  if (call.state !== 'open') return <EndedCall call={call} />;

  const service = typeof asked === 'string' ? await serviceDetail(asked) : null;
  if (!service) redirect(`/calls/${callId}/services`);
  return (
    <div className="mx-auto max-w-measure">
      {call.isMine ? null : <NotMine call={call} back="services" takeOver={takeCallOver} />}
      <h1 className="nhsuk-heading-l mb-1">Refer without a booking</h1>
      <p className="mb-4">
        To <strong>{service.name}</strong>, {service.address}, {service.postcode}
        {service.publicPhone ? `, telephone ${service.publicPhone}` : ''}
      </p>
      {service.isBookingOnly ? <BookingOnly call={call} service={service} /> : null}
      {call.isMine && !service.isBookingOnly ? <ReferralOf ctx={ctx} call={call} service={service} /> : null}
    </div>
  );
}

/** U-091 to U-093: the way on is closed until there is a booking; another service may be chosen. */
function BookingOnly({ call, service }: { call: Call; service: ServiceDetail }) {
  return (
    <>
      <Notice tone="warning" title={`${service.name} takes no referral without a booking`}>
        Book a slot there: the referral then goes with the booking. Or choose another service.
      </Notice>
      <div className="flex flex-wrap items-center gap-5">
        <LinkButton href={`/calls/${call.id}/services?service=${service.id}`} variant="primary">
          See the slots there
        </LinkButton>
        <Link href={`/calls/${call.id}/services`}>Choose another service</Link>
      </div>
    </>
  );
}

async function ReferralOf({ ctx, call, service }: { ctx: Ctx; call: Call; service: ServiceDetail }) {
  const about = { callId: call.id, serviceId: service.id };
  const [needed, reasons, factual, draft, owner] = await Promise.all([
    skipsNeeded(ctx, about),
    rejectReasons(ctx),
    factualReason(ctx, about, service),
    takeDraft(ctx, `/calls/${call.id}/refer?service=${service.id}`),
    formOwner(ctx),
  ]);
  return (
    <>
      {call.held ? (
        <Notice tone="warning" title={`The slot ${whenWords(call.held.startsAt, ctx.now)} at ${call.held.serviceName} is let go`}>
          A referral without a booking ends the call and frees the slot for others at once.
        </Notice>
      ) : null}
      <ReferForm callId={call.id} serviceId={service.id} reasons={REASONS} factual={factual} skips={{ needed, reasons }} kept={{ owner, draft }} />
    </>
  );
}

/** The reason that needs no asking: it takes no bookings here, or it has no slot in time. */
async function factualReason(ctx: Ctx, about: { callId: string; serviceId: string }, { isBookable }: ServiceDetail): Promise<ReferralReason | ''> {
  if (!isBookable) return 'no-booking-here';
  return (await whyNoSlots(ctx, about)) ? 'no-slots' : '';
}
