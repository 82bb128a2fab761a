import type { Metadata } from 'next';
import { symptomValues } from '@/components/directory/profile-values';
import { symptomGroups } from '@/lib/directory/queries';
import { profilePart } from '../profile';
import { SymptomsForm } from './symptoms-form';

export const metadata: Metadata = { title: 'Symptoms – service profile' };

export default async function SymptomsPage({ params }: { params: Promise<{ serviceId: string }> }) {
  const { profile, form } = await profilePart(params, 'symptoms');
  const groups = (await symptomGroups())
    .filter(({ discriminators }) => discriminators.length > 0)
    .map(({ id, name, discriminators }) => ({ legend: name, options: discriminators.map((discriminator) => ({ value: `${id}-${discriminator.id}`, words: discriminator.name })) }));
  return (
    <div className="mx-auto max-w-measure">
      <h1 className="nhsuk-heading-l mb-4">Symptoms that this service is for</h1>
      <SymptomsForm form={form} first={symptomValues(profile)} groups={groups} />
    </div>
  );
}
