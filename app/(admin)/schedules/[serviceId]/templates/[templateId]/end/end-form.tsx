'use client';

import { useActionState } from 'react';
import { FormTop } from '@/components/layout/form-top';
import type { Kept } from '@/components/layout/kept-form';
import { DateInput } from '@/components/ui/date-input';
import { Link } from '@/components/ui/link';
import { SubmitButton } from '@/components/ui/submit-button';
import type { FormState } from '@/lib/platform/form';
import { proposeEnd } from './actions';

type EndFormProps = { serviceId: string; templateId: string; start: Record<string, string>; kept: Kept };

export function EndForm({ serviceId, templateId, start, kept }: EndFormProps) {
  const [state, send] = useActionState<FormState, FormData>(proposeEnd, { values: kept.draft ?? start });
  const { values, fields = {} } = state;
  return (
    <form action={send} noValidate key={JSON.stringify(state)}>
      <input type="hidden" name="serviceId" value={serviceId} />
      <input type="hidden" name="templateId" value={templateId} />
      <FormTop kept={kept} state={state} />
      <div className="panel mb-4 pb-0">
        <DateInput
          name="lastDate"
          legend="Last day that it has sessions"
          hint="After it there are none. Bookings after it are shown to you before anything changes."
          error={fields['lastDate']}
          values={{ day: values['lastDateDay'], month: values['lastDateMonth'], year: values['lastDateYear'] }}
        />
      </div>
      <div className="flex flex-wrap items-center gap-5">
        <SubmitButton pendingWords="Working it out…">See what it does</SubmitButton>
        <Link href={`/schedules/${serviceId}/templates`}>Leave it as it was</Link>
      </div>
    </form>
  );
}
