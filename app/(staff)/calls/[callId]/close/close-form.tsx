'use client';

import { useActionState } from 'react';
import { FormTop } from '@/components/layout/form-top';
import type { Kept } from '@/components/layout/kept-form';
import { Link } from '@/components/ui/link';
import { Radios } from '@/components/ui/radios';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextInput } from '@/components/ui/text-input';
import type { FormState } from '@/lib/platform/form';
import { close } from './actions';

type CloseFormProps = { callId: string; reasons: readonly { value: string; words: string }[]; kept: Kept };

export function CloseForm({ callId, reasons, kept }: CloseFormProps) {
  const [state, send] = useActionState<FormState, FormData>(close, { values: kept.draft ?? {} });
  const { values, fields = {} } = state;
  return (
    <form action={send} noValidate key={JSON.stringify(state)}>
      <input type="hidden" name="callId" value={callId} />
      <FormTop kept={kept} state={state} />
      <div className="mb-4 border border-line bg-panel px-5 pt-4">
        <Radios name="reason" legend="Why does it end without a service?" columns error={fields['reason']} defaultValue={values['reason']} options={reasons} />
        <TextInput name="text" label="Details" optional hint="Needed for another reason. No clinical detail." error={fields['text']} defaultValue={values['text']} autoComplete="off" />
      </div>
      <div className="flex flex-wrap items-center gap-5">
        <SubmitButton variant="warning" pendingWords="Closing…">
          Close this call
        </SubmitButton>
        <Link href={`/calls/${callId}/services`}>Keep it open</Link>
      </div>
    </form>
  );
}
