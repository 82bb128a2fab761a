'use client';

import { useActionState } from 'react';
import { FormTop } from '@/components/layout/form-top';
import type { Kept } from '@/components/layout/kept-form';
import { Link } from '@/components/ui/link';
import { Radios } from '@/components/ui/radios';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextInput } from '@/components/ui/text-input';
import type { FormState } from '@/lib/platform/form';
import { pause } from '../actions';

type PauseFormProps = { serviceId: string; lengths: readonly { value: string; words: string }[]; start: Record<string, string>; kept: Kept };

export function PauseForm({ serviceId, lengths, start, kept }: PauseFormProps) {
  const [state, send] = useActionState<FormState, FormData>(pause, { values: kept.draft ?? start });
  const { values, fields = {} } = state;
  return (
    <form action={send} noValidate key={JSON.stringify(state)}>
      <input type="hidden" name="serviceId" value={serviceId} />
      <FormTop kept={kept} state={state} />
      <div className="panel mb-4">
        <Radios name="minutes" legend="For how long?" inline error={fields['minutes']} defaultValue={values['minutes']} options={lengths} />
        <TextInput name="reason" label="Why?" hint="Call handlers are shown it: “Closed until 13:00: fire alarm”. Nothing about a patient." error={fields['reason']} defaultValue={values['reason']} autoComplete="off" />
      </div>
      <div className="flex flex-wrap items-center gap-5">
        <SubmitButton variant="primary" pendingWords="Looking…">
          See what it does
        </SubmitButton>
        <Link href={`/schedules/${serviceId}`}>Do not pause</Link>
      </div>
    </form>
  );
}
