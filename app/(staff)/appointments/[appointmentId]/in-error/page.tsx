import type { Metadata } from 'next';
import { AppointmentBrief } from '@/components/booking/appointment-summary';
import { endedWords } from '@/components/booking/closed-words';
import { MAX_REASON } from '@/lib/booking/schema';
import { openForChange } from '../appointment';
import { InErrorForm } from './in-error-form';

export const metadata: Metadata = { title: 'Entered in error – appointment' };

export default async function InErrorPage({ params }: { params: Promise<{ appointmentId: string }> }) {
  const { ctx, appointment, form } = await openForChange(params, { page: '/in-error', permission: 'appointment:mark-in-error' });
  return (
    <div className="mx-auto max-w-measure">
      <h1 className="nhsuk-heading-l mb-4">Mark appointment {appointment.reference} as entered in error</h1>
      <p>For an appointment that should never have been booked, such as one for the wrong patient. To end one that was right, cancel it.</p>
      <AppointmentBrief appointment={appointment} now={ctx.now} />
      <InErrorForm {...form} maxReason={MAX_REASON} closed={endedWords(appointment)} />
    </div>
  );
}
