'use client';

import { CheckboxGroups, type CheckboxGroup } from '@/components/ui/checkbox-groups';
import { ProfileForm, type ProfileTarget } from '../profile-form';

export function SymptomsForm({ groups, ...form }: { form: ProfileTarget; first: Record<string, string>; groups: readonly CheckboxGroup[] }) {
  return (
    <ProfileForm
      {...form}
      section="symptoms"
      fields={({ values, faults }) => (
        <CheckboxGroups
          name="symptoms"
          legend="Symptom groups, and what is needed in each"
          hint="A call with a symptom group finds only services that have it here. A call without one finds this service all the same."
          findLabel="Show only those with these words"
          error={faults['symptoms']}
          defaultValues={values['symptoms']?.split(',') ?? []}
          groups={groups}
        />
      )}
    />
  );
}
