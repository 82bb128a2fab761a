import type { Metadata } from 'next';
import { bookingValues } from '@/components/directory/profile-values';
import { profilePart } from '../profile';
import { BookingForm } from './booking-form';

export const metadata: Metadata = { title: 'Booking – service profile' };

export default async function BookingPage({ params }: { params: Promise<{ serviceId: string }> }) {
  const { profile, form } = await profilePart(params, 'booking');
  return (
    <div className="mx-auto max-w-measure">
      <h1 className="nhsuk-heading-l mb-4">Booking</h1>
      <BookingForm form={form} first={bookingValues(profile)} />
    </div>
  );
}
