'use client';

import { useActionState } from 'react';
import { PlaceFields } from '@/components/directory/profile-place-fields';
import { FormTop } from '@/components/layout/form-top';
import type { Kept } from '@/components/layout/kept-form';
import { Link } from '@/components/ui/link';
import { Select } from '@/components/ui/select';
import { SubmitButton } from '@/components/ui/submit-button';
import type { FormState } from '@/lib/platform/form';
import { create } from './actions';

type NewServiceFormProps = { newId: string; types: readonly { value: string; words: string }[]; kept: Kept };

export function NewServiceForm({ newId, types, kept }: NewServiceFormProps) {
  const [state, send] = useActionState<FormState, FormData>(create, { values: kept.draft ?? {} });
  const { values, fields = {} } = state;
  return (
    <form action={send} noValidate key={JSON.stringify(state)}>
      <input type="hidden" name="id" value={values['id'] ?? newId} />
      <FormTop kept={kept} state={state} />
      <div className="mb-4 border border-line bg-panel px-5 pt-4">
        <PlaceFields values={values} faults={fields} />
        <Select name="typeId" label="Type of service" blank="Choose a type" error={fields['typeId']} defaultValue={values['typeId']} options={types} />
      </div>
      <div className="flex flex-wrap items-center gap-5">
        <SubmitButton pendingWords="Making it…">Make this service</SubmitButton>
        <Link href="/schedules">Cancel</Link>
      </div>
    </form>
  );
}
