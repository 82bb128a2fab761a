'use client';

import { useActionState } from 'react';
import { FormTop } from '@/components/layout/form-top';
import type { Kept } from '@/components/layout/kept-form';
import { Link } from '@/components/ui/link';
import { Radios } from '@/components/ui/radios';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextInput } from '@/components/ui/text-input';
import type { FormState } from '@/lib/platform/form';
import { addPlaces } from '../actions';

type PlacesFormProps = { serviceId: string; sessions: readonly { value: string; words: string; hint: string }[]; start: Record<string, string>; kept: Kept };

export function PlacesForm({ serviceId, sessions, start, kept }: PlacesFormProps) {
  const [state, send] = useActionState<FormState, FormData>(addPlaces, { values: kept.draft ?? start });
  const { values, fields = {} } = state;
  return (
    <form action={send} noValidate key={JSON.stringify(state)}>
      <input type="hidden" name="serviceId" value={serviceId} />
      <FormTop kept={kept} state={state} />
      <div className="panel mb-4">
        <Radios name="sessionId" legend="In which session?" error={fields['sessionId']} defaultValue={values['sessionId']} options={sessions} />
        <div className="flex flex-wrap gap-6">
          <TextInput name="from" label="From" error={fields['from']} defaultValue={values['from']} width={5} autoComplete="off" />
          <TextInput name="to" label="To" error={fields['to']} defaultValue={values['to']} width={5} autoComplete="off" />
          <TextInput name="places" label="More places at a time" error={fields['places']} defaultValue={values['places']} width={3} inputMode="numeric" autoComplete="off" />
        </div>
      </div>
      <div className="flex flex-wrap items-center gap-5">
        <SubmitButton variant="primary" pendingWords="Looking…">
          See what it does
        </SubmitButton>
        <Link href={`/schedules/${serviceId}`}>Add none</Link>
      </div>
    </form>
  );
}
