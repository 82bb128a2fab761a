'use client';

import { useActionState } from 'react';
import { FormTop } from '@/components/layout/form-top';
import type { Kept } from '@/components/layout/kept-form';
import { Link } from '@/components/ui/link';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextInput } from '@/components/ui/text-input';
import type { FormState } from '@/lib/platform/form';
import { add } from './actions';

export function AddForm({ kept }: { kept: Kept }) {
  const [state, send] = useActionState<FormState, FormData>(add, { values: kept.draft ?? {} });
  const { values, fields = {} } = state;
  const field = (name: string) => ({ name, error: fields[name], defaultValue: values[name], autoComplete: 'off', spellCheck: false });
  return (
    <form action={send} noValidate key={JSON.stringify(state)}>
      <FormTop kept={kept} state={state} />
      <section className="panel mb-4 pb-0">
        <TextInput {...field('name')} label="Name of the system" />
        <TextInput {...field('root')} label="Its FHIR service root" hint="The address before /Appointment, such as https://other.example.nhs.uk/STU3. A host inside your own network must be given by its IP address" inputMode="url" />
        <TextInput {...field('readsForCode')} label="Organisation that Onward reads for" hint="ODS code, such as Y99901. The system is told that this organisation is asking" width={10} />
      </section>
      <div className="flex flex-wrap items-center gap-5">
        <SubmitButton pendingWords="Adding…">Add this source</SubmitButton>
        <Link href="/sources">Cancel</Link>
      </div>
    </form>
  );
}
