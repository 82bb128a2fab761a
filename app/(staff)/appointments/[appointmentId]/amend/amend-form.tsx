'use client';

import { ChangeForm, type ChangeTarget } from '@/components/booking/change-form';
import type { Kept } from '@/components/layout/kept-form';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextInput } from '@/components/ui/text-input';
import { amend } from './actions';

type AmendFormProps = { reason: string; maxReason: number; target: ChangeTarget; kept: Kept; closed: string | null };

/** The reason as the service's list shows it, to be changed. */
export function AmendForm({ reason, maxReason, ...form }: AmendFormProps) {
  return (
    <ChangeForm
      {...form}
      change={amend}
      fields={({ values, fields = {} }) => (
        <TextInput
          name="reason"
          label="Reason for the appointment"
          hint={`Shown in the service's list. No clinical detail. Up to ${maxReason} characters.`}
          error={fields['reason']}
          defaultValue={values['reason'] ?? reason}
          autoComplete="off"
        />
      )}
      button={
        <SubmitButton pendingWords="Changing…" data-command="Change the reason">
          Change the reason
        </SubmitButton>
      }
      keepWords="Keep it as it is"
    />
  );
}
