'use client';

import { useActionState } from 'react';
import { ChangedNotice } from '@/components/layout/changed-notice';
import { KeptForm, type Kept } from '@/components/layout/kept-form';
import { DateInput } from '@/components/ui/date-input';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Link } from '@/components/ui/link';
import { SubmitButton } from '@/components/ui/submit-button';
import type { FormState } from '@/lib/platform/form';
import { end } from './actions';

type EndFormProps = { target: { id: string; version: number; edition: number }; start: Record<string, string>; kept: Kept };

export function EndForm({ target, start, kept }: EndFormProps) {
  const [state, send] = useActionState<FormState, FormData>(end, { values: kept.draft ?? start });
  const { values, fields = {}, refused } = state;
  const back = `/borders/agreements/${target.id}/${target.version}`;
  return (
    <form action={send} noValidate key={JSON.stringify(state)}>
      {Object.entries(target).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <KeptForm kept={kept} isDraftShown={values === kept.draft} />
      <ErrorSummary errors={fields} />
      {refused ? <ChangedNotice refused={refused} code="agreement-changed" href={back} /> : null}
      <div className="panel mb-4 pb-0">
        <DateInput
          name="lastDay"
          legend="Last day on which it holds"
          hint="Today or later. What was booked by it stays booked, at its price."
          error={fields['lastDay']}
          values={{ day: values['lastDayDay'], month: values['lastDayMonth'], year: values['lastDayYear'] }}
        />
      </div>
      <div className="flex flex-wrap items-center gap-5">
        <SubmitButton variant="warning" pendingWords="Ending it…">
          End it on this day
        </SubmitButton>
        <Link href={back}>Leave it as it was</Link>
      </div>
    </form>
  );
}
