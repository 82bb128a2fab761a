import type { Metadata } from 'next';
import { Link } from '@/components/ui/link';
import { redirect } from 'next/navigation';
import { ReadBack } from '@/components/booking/read-back';
import { LinkButton } from '@/components/ui/button';
import { appointmentFor } from '@/lib/booking/queries';
import { readBackLines } from '@/lib/booking/read-back.rules';
import { clockTime, dayWords, londonDate } from '@/lib/platform/time-words';
import { openCall } from '../call';

export const metadata: Metadata = { title: 'Booked – this call' };

export default async function BookedPage({ params }: { params: Promise<{ callId: string }> }) {
  const { ctx, call } = await openCall((await params).callId);
  const appointment = call.appointment ? await appointmentFor(ctx, call.appointment.id) : null;
  if (!appointment) redirect(`/calls/${call.id}/services`);

  const { reference, status, bookedAt } = appointment;
  return (
    <div className="mx-auto max-w-measure">
      <h1 className="nhsuk-heading-l mb-1">{status === 'cancelled' ? 'Booked, then cancelled' : 'Booked'}</h1>
      <p className="mb-4">
        <strong className="mr-3 text-readout tabular">{reference}</strong>
        <span className="text-quiet tabular">
          booked {dayWords(londonDate(bookedAt), ctx.now)} at {clockTime(bookedAt)}
        </span>
      </p>
      <ReadBack lines={readBackLines(appointment)} />
      <div className="flex flex-wrap items-center gap-5">
        <LinkButton href="/calls/new" variant="primary">New call</LinkButton>
        <Link href={`/appointments/${appointment.id}`}>See or cancel the appointment</Link>
      </div>
    </div>
  );
}
