import { HeldElsewhere } from '@/components/booking/held-elsewhere';
import { BorderPanel } from '@/components/crossborder/border-panel';
import { ServiceDetails } from '@/components/directory/service-details';
import { Link } from '@/components/ui/link';
import type { Ctx } from '@/lib/auth/actor';
import { hasPermission } from '@/lib/auth/permissions';
import { isAnyTimeOpen } from '@/lib/booking/border.queries';
import type { Call } from '@/lib/booking/schema';
import { rejectReasons, skipsNeeded } from '@/lib/booking/skip.queries';
import { overRule } from '@/lib/booking/timeframe.rules';
import type { BorderDecision } from '@/lib/crossborder/schema';
import type { ServiceRow } from '@/lib/directory/schema';
import { freshSlots } from './fresh-slots';
import { SlotPanel } from './slot-panel';

/** The service whose slots are shown, whether the search found it, and the border that a booking there crosses. */
export type Chosen = { service: ServiceRow; isListed: boolean; border: BorderDecision | undefined };

type ChosenServiceProps = Chosen & { ctx: Ctx; call: Call };

/** What the handler must know of the chosen service, its slots, and what else can be done with it. */
export async function ChosenService({ ctx, call, service, isListed, border }: ChosenServiceProps) {
  const about = { callId: call.id, serviceId: service.id };
  const [first, needed, reasons] = await Promise.all([
    service.isBookable ? freshSlots(ctx, { ...about, dueAt: call.dueAt }) : null,
    skipsNeeded(ctx, about),
    rejectReasons(ctx),
  ]);
  const { held } = call;
  const isRefused = border?.outcome === 'refuse';
  const starts = first ? [...first.slots.inTime, ...first.slots.after].map(({ startsAt }) => startsAt) : [];
  const isSomeOpen = isRefused && (await isAnyTimeOpen(ctx, call, { service, starts }));
  return (
    <section aria-labelledby="service-heading" className="border border-line bg-panel p-4">
      <ServiceDetails service={service} />
      {isListed ? null : <p className="mb-3 text-detail text-quiet">Found by name: it is not in the list for this patient, place and disposition.</p>}
      <BorderPanel decision={border} isSomeOpen={isSomeOpen} />
      {held && held.serviceId !== service.id ? <HeldElsewhere callId={call.id} held={held} now={ctx.now} /> : null}
      {first ? (
        <SlotPanel
          key={service.id}
          call={{ id: call.id, dueAt: call.dueAt, overNote: overNoteOf(ctx, call), isMine: call.isMine, mayHold: !isRefused || isSomeOpen }}
          serviceId={service.id}
          first={first}
          skips={{ needed, reasons }}
          canExtend={held?.canExtend ?? false}
        />
      ) : null}
      {call.state === 'open' && call.isMine ? <WithoutBooking callId={call.id} service={service} /> : null}
    </section>
  );
}

function overNoteOf({ actor }: Ctx, { disposition: { code, ...disposition } }: Call): string {
  const rule = overRule({ minutesOver: 1, disposition, isClinician: hasPermission(actor, 'appointment:book-outside-timeframe') });
  return rule === 'approval' ? `needs a clinician’s approval for ${code}` : 'the caller must know, and agree';
}

/** A referral alone, or that this service takes none (U-091, U-092). */
function WithoutBooking({ callId, service }: { callId: string; service: ServiceRow }) {
  if (service.isBookingOnly) {
    return (
      <p className="mt-3 mb-0 text-detail">
        <strong>Booking only.</strong> A referral to this service needs a booking: hold a slot here, or choose another service.
      </p>
    );
  }
  return (
    <p className="mt-3 mb-0 text-detail">
      <Link href={`/calls/${callId}/refer?service=${service.id}`} data-command={`Refer without a booking to ${service.name}`}>
        Refer without a booking
      </Link>
    </p>
  );
}
