'use client';

import { useActionState } from 'react';
import { FormTop } from '@/components/layout/form-top';
import type { Kept } from '@/components/layout/kept-form';
import { Select } from '@/components/ui/select';
import { SubmitButton } from '@/components/ui/submit-button';
import type { FormState } from '@/lib/platform/form';
import { startReplay } from './actions';

type StartFormProps = {
  target: { agreementId: string; version: string };
  /** The latest first. */
  months: readonly { value: string; words: string }[];
  chosen: string;
  isAgain: boolean;
  kept: Kept;
};

export function StartForm({ target, months, chosen, isAgain, kept }: StartFormProps) {
  const [state, send] = useActionState<FormState, FormData>(startReplay, { values: kept.draft ?? {} });
  const { values, fields = {} } = state;
  return (
    <form action={send} noValidate className="mb-5">
      <FormTop kept={kept} state={state} />
      {Object.entries(target).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <div className="flex flex-wrap items-end gap-x-5">
        <Select name="month" label="Bookings of" defaultValue={values['month'] ?? chosen} options={months} error={fields['month']} />
        <div className="mb-4">
          <SubmitButton pendingWords="Starting…">{isAgain ? 'Start again' : 'Start'}</SubmitButton>
        </div>
      </div>
    </form>
  );
}
