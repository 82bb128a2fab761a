'use client';

import { useActionState, useState, type FormEvent } from 'react';
import { FormTop } from '@/components/layout/form-top';
import type { Kept } from '@/components/layout/kept-form';
import { Checkboxes } from '@/components/ui/checkboxes';
import { DateInput } from '@/components/ui/date-input';
import { Link } from '@/components/ui/link';
import { Radios } from '@/components/ui/radios';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextInput } from '@/components/ui/text-input';
import type { FormState } from '@/lib/platform/form';
import { proposeClosure } from '../actions';

type ClosureFormProps = { serviceId: string; services: readonly { value: string; words: string }[]; start: Record<string, string>; kept: Kept };

export function ClosureForm({ serviceId, services, start, kept }: ClosureFormProps) {
  const [state, send] = useActionState<FormState, FormData>(proposeClosure, { values: kept.draft ?? start });
  const { values, fields = {} } = state;
  return (
    <form action={send} noValidate key={JSON.stringify(state)}>
      <input type="hidden" name="serviceId" value={serviceId} />
      <FormTop kept={kept} state={state} />
      <div className="panel mb-4 pb-0">
        <Checkboxes name="services" legend="Which of your services?" error={fields['services']} defaultValues={values['services']?.split(',')} options={services} />
        <WhenFields values={values} fields={fields} />
        <ReasonField reason={values['reason'] ?? ''} error={fields['reason']} />
      </div>
      <div className="flex flex-wrap items-center gap-5">
        <SubmitButton pendingWords="Working it out…">See what it does</SubmitButton>
        <Link href={`/schedules/${serviceId}/closures`}>Do not close</Link>
        <p className="mb-0 text-detail text-quiet">Nothing changes until you have looked at it and applied it.</p>
      </div>
    </form>
  );
}

function WhenFields({ values, fields }: Pick<FormState, 'values'> & { fields: Record<string, string> }) {
  const parts = (name: string) => ({ day: values[`${name}Day`], month: values[`${name}Month`], year: values[`${name}Year`] });
  const time = (name: string) => ({ name, error: fields[name], defaultValue: values[name], width: 5, autoComplete: 'off' }) as const;
  const times = (
    <div className="flex flex-wrap gap-x-6">
      <TextInput {...time('fromTime')} label="From, on the first day" hint="Such as 09:00" />
      <TextInput {...time('toTime')} label="Until, on the last day" hint="Such as 17:30" />
    </div>
  );
  return (
    <>
      <div className="flex flex-wrap gap-x-10">
        <DateInput name="from" legend="First day" hint="Such as 24 11 2026" error={fields['from']} values={parts('from')} />
        <DateInput name="to" legend="Last day" hint="The same for a single day" error={fields['to']} values={parts('to')} />
      </div>
      <Radios
        name="length"
        legend="How long?"
        defaultValue={values['length'] ?? 'days'}
        options={[
          { value: 'days', words: 'Whole days' },
          { value: 'times', words: 'From one time to another', reveal: times },
        ]}
      />
    </>
  );
}

// Without JavaScript it shows what was sent last, or an example.
function ReasonField({ reason, error }: { reason: string; error: string | undefined }) {
  const [typed, setTyped] = useState(reason);
  const shown = typed.trim() || 'staff training';
  return (
    <div onInput={(event: FormEvent<HTMLDivElement>) => setTyped(event.target instanceof HTMLInputElement ? event.target.value : '')}>
      <TextInput name="reason" label="Reason, shown to call handlers" hint="A few words for somebody with a patient on the telephone. No names." error={error} defaultValue={reason} autoComplete="off" />
      <p className="mb-4 border-l-6 border-blue bg-selected px-4 py-2 text-detail wrap-anywhere">
        {typed.trim() ? 'How they read it: ' : 'How they would read it: '}
        <strong>Closed: {/[.!?]$/.test(shown) ? shown : `${shown}.`}</strong>
      </p>
    </div>
  );
}
