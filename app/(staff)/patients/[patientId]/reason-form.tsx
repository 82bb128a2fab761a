'use client';

import { useActionState } from 'react';
import { FormTop } from '@/components/layout/form-top';
import type { Kept } from '@/components/layout/kept-form';
import { ReasonFields } from '@/components/registry/reason-fields';
import { Link } from '@/components/ui/link';
import { SubmitButton } from '@/components/ui/submit-button';
import type { FormState } from '@/lib/platform/form';
import { giveReason } from './actions';

/** Why this patient is looked at, before anything of them is shown. */
export function ReasonForm({ patientId, kept }: { patientId: string; kept: Kept }) {
  const [state, send] = useActionState<FormState, FormData>(giveReason, { values: kept.draft ?? {} });
  const { values, fields } = state;
  return (
    <form action={send} noValidate key={JSON.stringify(values)}>
      <input type="hidden" name="patientId" value={patientId} />
      <FormTop kept={kept} state={state} />
      <div className="panel mb-4 pb-0">
        <ReasonFields values={values} fields={fields} />
      </div>
      <p>Your name, your reason and the patient are shown to the auditor. The reason holds for 30 minutes, for you alone.</p>
      <div className="flex flex-wrap items-center gap-5">
        <SubmitButton pendingWords="Opening…" data-command="Look at this patient">
          Look at this patient
        </SubmitButton>
        <Link href="/patients">Find another patient</Link>
      </div>
    </form>
  );
}
