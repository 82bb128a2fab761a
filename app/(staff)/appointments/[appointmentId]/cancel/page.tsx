import type { Metadata } from 'next';
import { AppointmentBrief } from '@/components/booking/appointment-summary';
import { closedWords } from '@/components/booking/closed-words';
import { CANCEL_REASONS } from '@/lib/booking/appointment.schema';
import { openForChange } from '../appointment';
import { CancelForm } from './cancel-form';

export const metadata: Metadata = { title: 'Cancel – appointment' };

const REASONS = Object.entries(CANCEL_REASONS).map(([value, words]) => ({ value, words }));

export default async function CancelPage({ params }: { params: Promise<{ appointmentId: string }> }) {
  const { ctx, appointment, form } = await openForChange(params, { page: '/cancel', permission: 'appointment:cancel' });
  return (
    <div className="mx-auto max-w-measure">
      <h1 className="nhsuk-heading-l mb-4">Cancel appointment {appointment.reference}</h1>
      <AppointmentBrief appointment={appointment} now={ctx.now} />
      <CancelForm {...form} reasons={REASONS} closed={closedWords(appointment, ctx.now)} />
    </div>
  );
}
