'use client';

import { ChangeForm, type ChangeTarget } from '@/components/booking/change-form';
import type { Kept } from '@/components/layout/kept-form';
import { Radios } from '@/components/ui/radios';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextInput } from '@/components/ui/text-input';
import { cancel } from './actions';

type CancelFormProps = { reasons: readonly { value: string; words: string }[]; target: ChangeTarget; kept: Kept; closed: string | null };

/** Why it is cancelled. */
export function CancelForm({ reasons, ...form }: CancelFormProps) {
  return (
    <ChangeForm
      {...form}
      change={cancel}
      fields={({ values, fields = {} }) => (
        <>
          <Radios name="reason" legend="Why is it cancelled?" columns error={fields['reason']} defaultValue={values['reason']} options={reasons} />
          <TextInput name="text" label="Details" optional hint="Needed for another reason. No clinical detail." error={fields['text']} defaultValue={values['text']} autoComplete="off" />
        </>
      )}
      button={
        <SubmitButton variant="warning" pendingWords="Cancelling…" data-command="Cancel this appointment">
          Cancel this appointment
        </SubmitButton>
      }
      keepWords="Keep it"
    />
  );
}
