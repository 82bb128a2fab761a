import type { Metadata } from 'next';
import { placeValues } from '@/components/directory/profile-values';
import { profilePart } from '../profile';
import { PlaceForm } from './place-form';

export const metadata: Metadata = { title: 'Name and address – service profile' };

export default async function PlacePage({ params }: { params: Promise<{ serviceId: string }> }) {
  const { profile, form } = await profilePart(params, 'place');
  return (
    <div className="mx-auto max-w-measure">
      <h1 className="nhsuk-heading-l mb-4">Name and address</h1>
      <PlaceForm form={form} first={placeValues(profile)} />
    </div>
  );
}
