'use client';

import { useActionState } from 'react';
import { SkipFields } from '@/components/call/skip-fields';
import { FormTop } from '@/components/layout/form-top';
import type { Kept } from '@/components/layout/kept-form';
import { Link } from '@/components/ui/link';
import { Radios } from '@/components/ui/radios';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextInput } from '@/components/ui/text-input';
import type { RejectReason, SkipNeeded } from '@/lib/booking/skip.schema';
import type { FormState } from '@/lib/platform/form';
import { refer } from './actions';

type ReferFormProps = {
  callId: string;
  serviceId: string;
  reasons: readonly { value: string; words: string }[];
  /** The reason that the facts give, or nothing. */
  factual: string;
  skips: { needed: readonly SkipNeeded[]; reasons: readonly RejectReason[] };
  kept: Kept;
};

export function ReferForm({ callId, serviceId, reasons, factual, skips, kept }: ReferFormProps) {
  const [state, send] = useActionState<FormState, FormData>(refer, { values: kept.draft ?? { reason: factual } });
  const { values, fields = {} } = state;
  return (
    <form action={send} noValidate key={JSON.stringify(state)}>
      <input type="hidden" name="callId" value={callId} />
      <input type="hidden" name="serviceId" value={serviceId} />
      <FormTop kept={kept} state={state} />
      <div className="mb-4 border border-line bg-panel px-5 pt-4">
        <SkipFields needed={skips.needed} reasons={skips.reasons} values={values} />
        <Radios name="reason" legend="Why is there no booking?" error={fields['reason']} defaultValue={values['reason']} options={reasons} />
        <TextInput name="text" label="Details" optional hint="Needed for another reason. No clinical detail." error={fields['text']} defaultValue={values['text']} autoComplete="off" />
      </div>
      <div className="flex flex-wrap items-center gap-5">
        <SubmitButton pendingWords="Referring…">Refer without a booking</SubmitButton>
        <Link href={`/calls/${callId}/services?service=${serviceId}`}>Back to the services</Link>
      </div>
    </form>
  );
}
