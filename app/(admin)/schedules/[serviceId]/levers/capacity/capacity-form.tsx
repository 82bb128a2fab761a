'use client';

import { useActionState } from 'react';
import { FormTop } from '@/components/layout/form-top';
import type { Kept } from '@/components/layout/kept-form';
import { Link } from '@/components/ui/link';
import { Radios } from '@/components/ui/radios';
import { Select } from '@/components/ui/select';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextInput } from '@/components/ui/text-input';
import type { FormState } from '@/lib/platform/form';
import { sayCapacity } from '../actions';

const COLOURS = [
  { value: 'green', words: 'Green: as usual' },
  { value: 'amber', words: 'Amber: limited. Call handlers find you, and see that you are busy' },
  { value: 'red', words: 'Red: full. Searches do not find you; what is booked stands' },
];

type CapacityFormProps = { serviceId: string; times: readonly { value: string; words: string }[]; start: Record<string, string>; kept: Kept };

export function CapacityForm({ serviceId, times, start, kept }: CapacityFormProps) {
  const [state, send] = useActionState<FormState, FormData>(sayCapacity, { values: kept.draft ?? start });
  const { values, fields = {} } = state;
  return (
    <form action={send} noValidate key={JSON.stringify(state)}>
      <input type="hidden" name="serviceId" value={serviceId} />
      <FormTop kept={kept} state={state} />
      <div className="panel mb-4">
        <Radios name="colour" legend="How much can you take?" error={fields['colour']} defaultValue={values['colour']} options={COLOURS} />
        <Select name="resetsAt" label="Amber or red lasts" hint="Then it is green again by itself. Green needs no end." error={fields['resetsAt']} defaultValue={values['resetsAt']} options={times} />
        <TextInput name="note" label="Note for call handlers" optional error={fields['note']} defaultValue={values['note']} autoComplete="off" />
      </div>
      <div className="flex flex-wrap items-center gap-5">
        <SubmitButton variant="primary" pendingWords="Setting…">
          Set capacity
        </SubmitButton>
        <Link href={`/schedules/${serviceId}`}>Leave it as it is</Link>
      </div>
    </form>
  );
}
