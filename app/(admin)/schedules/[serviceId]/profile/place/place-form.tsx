'use client';

import { PlaceFields } from '@/components/directory/profile-place-fields';
import { ProfileForm, type ProfileTarget } from '../profile-form';

export function PlaceForm({ form, first }: { form: ProfileTarget; first: Record<string, string> }) {
  return <ProfileForm form={form} section="place" first={first} fields={({ values, faults }) => <PlaceFields values={values} faults={faults} />} />;
}
