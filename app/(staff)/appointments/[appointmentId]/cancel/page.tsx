import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { AppointmentBrief } from '@/components/booking/appointment-summary';
import { formOwner, staffCtxWith, takeDraft } from '@/lib/auth/session';
import { appointmentFor } from '@/lib/booking/queries';
import { CANCEL_REASONS } from '@/lib/booking/schema';
import { newId } from '@/lib/platform/id';
import { CancelForm } from './cancel-form';

export const metadata: Metadata = { title: 'Cancel – appointment' };

const REASONS = Object.entries(CANCEL_REASONS).map(([value, words]) => ({ value, words }));

export default async function CancelPage({ params }: { params: Promise<{ appointmentId: string }> }) {
  const { appointmentId } = await params;
  const path = `/appointments/${appointmentId}/cancel`;
  const ctx = await staffCtxWith('appointment:cancel', path);
  const appointment = await appointmentFor(ctx, appointmentId);
  if (!appointment) notFound();

  const draft = await takeDraft(ctx, path);
  return (
    <div className="mx-auto max-w-measure">
      <h1 className="nhsuk-heading-l mb-4">Cancel appointment {appointment.reference}</h1>
      <AppointmentBrief appointment={appointment} />
      <CancelForm reasons={REASONS} appointmentId={appointment.id} version={appointment.version} requestId={newId()} kept={{ owner: await formOwner(ctx), draft }} />
    </div>
  );
}
