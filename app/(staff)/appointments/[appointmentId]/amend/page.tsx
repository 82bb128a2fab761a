import type { Metadata } from 'next';
import { AppointmentBrief } from '@/components/booking/appointment-summary';
import { closedWords } from '@/components/booking/closed-words';
import { MAX_REASON } from '@/lib/booking/schema';
import { openForChange } from '../appointment';
import { AmendForm } from './amend-form';

export const metadata: Metadata = { title: 'Change the reason – appointment' };

export default async function AmendPage({ params }: { params: Promise<{ appointmentId: string }> }) {
  const { ctx, appointment, form } = await openForChange(params, { page: '/amend', permission: 'appointment:amend' });
  return (
    <div className="mx-auto max-w-measure">
      <h1 className="nhsuk-heading-l mb-4">Change the reason of appointment {appointment.reference}</h1>
      <AppointmentBrief appointment={appointment} now={ctx.now} />
      <AmendForm {...form} reason={appointment.reason} maxReason={MAX_REASON} closed={closedWords(appointment, ctx.now)} />
    </div>
  );
}
