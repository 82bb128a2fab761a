'use client';

import { CheckboxGroups, type CheckboxGroup } from '@/components/ui/checkbox-groups';
import { Checkboxes } from '@/components/ui/checkboxes';
import { TextInput } from '@/components/ui/text-input';
import { ProfileForm, type ProfileTarget } from '../profile-form';

type Options = CheckboxGroup['options'];
type AcceptsFormProps = { form: ProfileTarget; first: Record<string, string>; families: readonly CheckboxGroup[]; genders: Options; roles: Options };
type AgeFieldsProps = { range: 1 | 2; values: Record<string, string>; faults: Record<string, string> };

export function AcceptsForm({ families, genders, roles, ...form }: AcceptsFormProps) {
  return (
    <ProfileForm
      {...form}
      section="accepts"
      fields={({ values, faults }) => (
        <>
          <AgeFields range={1} values={values} faults={faults} />
          <AgeFields range={2} values={values} faults={faults} />
          <Checkboxes name="genders" legend="Sex" error={faults['genders']} defaultValues={values['genders']?.split(',')} options={genders} />
          <Checkboxes name="roles" legend="Who may refer" error={faults['roles']} defaultValues={values['roles']?.split(',')} options={roles} />
          <CheckboxGroups
            name="dispositions"
            legend="Dispositions"
            hint="What a call must end with for this service to be listed"
            findLabel="Show only those with these words"
            error={faults['dispositions']}
            defaultValues={values['dispositions']?.split(',') ?? []}
            groups={families}
          />
        </>
      )}
    />
  );
}

const LEGENDS = { 1: 'Ages', 2: 'A second range of ages (optional)' } as const;

function AgeFields({ range, values, faults }: AgeFieldsProps) {
  const from = `ageFrom${range}`;
  const to = `ageTo${range}`;
  return (
    <fieldset className="nhsuk-fieldset">
      <legend className="nhsuk-fieldset__legend">{LEGENDS[range]}</legend>
      <div className="flex flex-wrap gap-x-6">
        <TextInput name={from} label="From, in years" width={3} inputMode="numeric" error={faults[from]} defaultValue={values[from]} autoComplete="off" />
        <TextInput name={to} label="To, in years (empty: no limit)" width={3} inputMode="numeric" error={faults[to]} defaultValue={values[to]} autoComplete="off" />
      </div>
    </fieldset>
  );
}
