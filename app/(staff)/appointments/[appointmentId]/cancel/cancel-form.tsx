'use client';

import { Link } from '@/components/ui/link';
import { useActionState } from 'react';
import { KeptForm, type Kept } from '@/components/layout/kept-form';
import { RefusalNotice } from '@/components/layout/refusal-notice';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Radios } from '@/components/ui/radios';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextInput } from '@/components/ui/text-input';
import type { FormState } from '@/lib/platform/form';
import { cancel } from './actions';

type CancelFormProps = { reasons: readonly { value: string; words: string }[]; appointmentId: string; version: number; requestId: string; kept: Kept };

/** Why it is cancelled; the version says what was looked at, so that nobody cancels what they have not seen. */
export function CancelForm({ reasons, appointmentId, version, requestId, kept }: CancelFormProps) {
  const [state, send] = useActionState<FormState, FormData>(cancel, { values: kept.draft ?? {} });
  const { values, fields = {}, refused } = state;
  return (
    <form action={send} noValidate key={JSON.stringify(values)}>
      <input type="hidden" name="appointmentId" value={appointmentId} />
      <input type="hidden" name="version" value={version} />
      <input type="hidden" name="requestId" value={requestId} />
      <KeptForm kept={kept} isDraftShown={state.values === kept.draft} />
      <ErrorSummary errors={fields} />
      {refused ? <RefusalNotice refused={refused} /> : null}
      <div className="mb-4 border border-line bg-panel px-5 pt-4">
        <Radios
          name="reason"
          legend="Why is it cancelled?"
          columns
          error={fields['reason']}
          defaultValue={values['reason']}
          options={reasons}
        />
        <TextInput name="text" label="Details" optional hint="Needed for another reason. No clinical detail." error={fields['text']} defaultValue={values['text']} autoComplete="off" />
      </div>
      <div className="flex flex-wrap items-center gap-5">
        <SubmitButton variant="warning" pendingWords="Cancelling…">
          Cancel this appointment
        </SubmitButton>
        <Link href={`/appointments/${appointmentId}`}>Keep it</Link>
      </div>
    </form>
  );
}
