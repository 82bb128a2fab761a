import type { Metadata } from 'next';
import { hoursValues } from '@/components/directory/profile-values';
import { profilePart } from '../profile';
import { HoursForm } from './hours-form';

export const metadata: Metadata = { title: 'Opening hours – service profile' };

export default async function HoursPage({ params }: { params: Promise<{ serviceId: string }> }) {
  const { profile, form } = await profilePart(params, 'hours');
  return (
    <div className="mx-auto max-w-measure">
      <h1 className="nhsuk-heading-l mb-2">Opening hours</h1>
      <p className="max-w-measure">Opening hours decide when calls find this service. Slots are made by weekly patterns and stay as they are.</p>
      <HoursForm form={form} first={hoursValues(profile)} />
    </div>
  );
}
