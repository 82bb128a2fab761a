'use client';

import { useActionState } from 'react';
import { ContactFields } from '@/components/call/contact-fields';
import { FormTop } from '@/components/layout/form-top';
import type { Kept } from '@/components/layout/kept-form';
import { Link } from '@/components/ui/link';
import { SubmitButton } from '@/components/ui/submit-button';
import type { FormState } from '@/lib/platform/form';
import { save } from './actions';

type ContactsFormProps = {
  callId: string;
  back: string;
  rows: number;
  /** The contacts as they are, by the names of the fields. */
  present: Record<string, string>;
  kept: Kept;
};

export function ContactsForm({ callId, back, rows, present, kept }: ContactsFormProps) {
  const [state, send] = useActionState<FormState, FormData>(save, { values: kept.draft ?? present });
  const { values, fields = {} } = state;
  return (
    <form action={send} noValidate key={JSON.stringify(state)}>
      <input type="hidden" name="callId" value={callId} />
      <input type="hidden" name="back" value={values['back'] ?? back} />
      <FormTop kept={kept} state={state} />
      <div className="mb-4 grid items-start gap-4 min-[56rem]:grid-cols-2">
        {Array.from({ length: rows }, (_, index) => (
          <ContactFields key={index} index={index} values={values} fields={fields} />
        ))}
      </div>
      <div className="flex flex-wrap items-center gap-5">
        <SubmitButton pendingWords="Saving…">Save these numbers</SubmitButton>
        <Link href={`/calls/${callId}/${values['back'] ?? back}`}>Leave them as they were</Link>
      </div>
    </form>
  );
}
