import type { Metadata } from 'next';
import { Link } from '@/components/ui/link';
import { notFound } from 'next/navigation';
import { AppointmentSummary } from '@/components/booking/appointment-summary';
import { VersionList } from '@/components/booking/version-list';
import { LinkButton } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { staffCtxWith } from '@/lib/auth/session';
import { appointmentFor } from '@/lib/booking/queries';
import { clockTime, dayWords, londonDate } from '@/lib/platform/time-words';

export const metadata: Metadata = { title: 'Appointment' };

export default async function AppointmentPage({ params }: { params: Promise<{ appointmentId: string }> }) {
  const { appointmentId } = await params;
  const ctx = await staffCtxWith('appointment:read', `/appointments/${appointmentId}`);
  const appointment = await appointmentFor(ctx, appointmentId);
  if (!appointment) notFound();

  const { cancelled, startsAt } = appointment;
  return (
    <div className="mx-auto max-w-measure">
      <h1 className="nhsuk-heading-l mb-4">Appointment {appointment.reference}</h1>
      {cancelled ? (
        <Notice tone="info" title={`Cancelled ${dayWords(londonDate(cancelled.at), ctx.now)} at ${clockTime(cancelled.at)}`}>
          {cancelled.reason}
          {cancelled.text ? `: ${cancelled.text}` : ''}. The slot is free again for others.
        </Notice>
      ) : null}
      <AppointmentSummary appointment={appointment} now={ctx.now} />
      {appointment.status === 'booked' && startsAt > ctx.now ? (
        <LinkButton href={`/appointments/${appointment.id}/cancel`} variant="secondary">
          Cancel this appointment
        </LinkButton>
      ) : null}
      <VersionList versions={appointment.versions} now={ctx.now} />
      <p>
        <Link href="/calls">My calls</Link>
      </p>
    </div>
  );
}
