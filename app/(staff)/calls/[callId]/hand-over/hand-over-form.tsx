'use client';

import { useActionState } from 'react';
import { FormTop } from '@/components/layout/form-top';
import type { Kept } from '@/components/layout/kept-form';
import { Link } from '@/components/ui/link';
import { Select } from '@/components/ui/select';
import { SubmitButton } from '@/components/ui/submit-button';
import type { FormState } from '@/lib/platform/form';
import { hand } from './actions';

type HandOverFormProps = { callId: string; colleagues: readonly { id: string; name: string }[]; kept: Kept };

export function HandOverForm({ callId, colleagues, kept }: HandOverFormProps) {
  const [state, send] = useActionState<FormState, FormData>(hand, { values: kept.draft ?? {} });
  const { values, fields = {} } = state;
  return (
    <form action={send} noValidate key={JSON.stringify(state)}>
      <input type="hidden" name="callId" value={callId} />
      <FormTop kept={kept} state={state} />
      <div className="mb-4 border border-line bg-panel px-5 pt-4">
        <Select
          name="staffId"
          label="Who goes on with this call?"
          blank="Choose a colleague"
          error={fields['staffId']}
          defaultValue={values['staffId']}
          options={colleagues.map(({ id, name }) => ({ value: id, words: name }))}
        />
      </div>
      <div className="flex flex-wrap items-center gap-5">
        <SubmitButton pendingWords="Handing over…">Hand the call over</SubmitButton>
        <Link href={`/calls/${callId}/services`}>Keep it</Link>
      </div>
    </form>
  );
}
