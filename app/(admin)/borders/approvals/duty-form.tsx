'use client';

import { useActionState } from 'react';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Select } from '@/components/ui/select';
import { SubmitButton } from '@/components/ui/submit-button';
import type { FormState } from '@/lib/platform/form';
import { startDuty } from './actions';

type DutyFormProps = { ends: readonly { value: string; words: string }[]; usual: string };

/** Puts a commissioner on duty until a whole hour. */
export function DutyForm({ ends, usual }: DutyFormProps) {
  const [{ fields = {}, values }, send] = useActionState<FormState, FormData>(startDuty, { values: { until: usual } });
  return (
    <form action={send} className="panel mb-4 pb-0">
      <ErrorSummary errors={fields} />
      <h2 className="nhsuk-heading-s mb-1">You are not on duty</h2>
      <p className="mb-2">You see what is asked in your area, and answer while you are on duty. Call handlers see how many are.</p>
      <div className="flex flex-wrap items-end gap-x-5">
        <Select name="until" label="On duty until" options={ends} defaultValue={values['until']} error={fields['until']} />
        <div className="mb-4">
          <SubmitButton>Start duty</SubmitButton>
        </div>
      </div>
    </form>
  );
}
