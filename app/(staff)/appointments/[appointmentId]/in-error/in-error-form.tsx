'use client';

import { ChangeForm, type ChangeTarget } from '@/components/booking/change-form';
import type { Kept } from '@/components/layout/kept-form';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextInput } from '@/components/ui/text-input';
import { markInError } from './actions';

type InErrorFormProps = { maxReason: number; target: ChangeTarget; kept: Kept; closed: string | null };

/** What was wrong with it. */
export function InErrorForm({ maxReason, ...form }: InErrorFormProps) {
  return (
    <ChangeForm
      {...form}
      change={markInError}
      fields={({ values, fields = {} }) => (
        <TextInput
          name="text"
          label="What was wrong?"
          hint={`Such as: booked for the wrong patient. No clinical detail. Up to ${maxReason} characters.`}
          error={fields['text']}
          defaultValue={values['text']}
          autoComplete="off"
        />
      )}
      button={
        <SubmitButton variant="warning" pendingWords="Marking…" data-command="Mark as entered in error">
          Mark as entered in error
        </SubmitButton>
      }
      keepWords="Leave it as it is"
    />
  );
}
