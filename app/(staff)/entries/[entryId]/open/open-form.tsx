'use client';

import { useActionState } from 'react';
import { FormTop } from '@/components/layout/form-top';
import type { Kept } from '@/components/layout/kept-form';
import { ReasonFields } from '@/components/registry/reason-fields';
import { Link } from '@/components/ui/link';
import { SubmitButton } from '@/components/ui/submit-button';
import type { FormState } from '@/lib/platform/form';
import { openSealed } from './actions';

/** Why it is opened. */
export function OpenForm({ entryId, back, kept }: { entryId: string; back: string; kept: Kept }) {
  const [state, send] = useActionState<FormState, FormData>(openSealed, { values: kept.draft ?? {} });
  const { values, fields } = state;
  return (
    <form action={send} noValidate key={JSON.stringify(values)}>
      <input type="hidden" name="entryId" value={entryId} />
      <input type="hidden" name="back" value={back} />
      <FormTop kept={kept} state={state} />
      <div className="panel mb-4 pb-0">
        <ReasonFields values={values} fields={fields} />
      </div>
      <p>It stays open for you alone, for 30 minutes.</p>
      <div className="flex flex-wrap items-center gap-5">
        <SubmitButton pendingWords="Opening…" data-command="Open with this reason">
          Open with this reason
        </SubmitButton>
        <Link href={back}>Leave it shut</Link>
      </div>
    </form>
  );
}
