'use client';

import { useActionState } from 'react';
import { FormTop } from '@/components/layout/form-top';
import type { Kept } from '@/components/layout/kept-form';
import { CapacityBar } from '@/components/schedule/capacity-sum';
import { HoursFields, SlotFields } from '@/components/schedule/pattern-fields';
import { ScheduleFields, type ScheduleChoice } from '@/components/schedule/schedule-fields';
import { DateInput } from '@/components/ui/date-input';
import type { FormState } from '@/lib/platform/form';
import { proposeSession } from './actions';

type SessionFormProps = {
  serviceId: string;
  /** Of one that there is already: its day stays. */
  sessionId?: string;
  /** Only for a new one: one that there is stays in its schedule. */
  choices?: readonly ScheduleChoice[];
  start: { values: Record<string, string>; breakRows: number };
  kept: Kept;
  /** The address of the week that it is in. */
  back: string;
};

export function SessionForm({ serviceId, sessionId = '', choices, start, kept, back }: SessionFormProps) {
  const [state, send] = useActionState<FormState, FormData>(proposeSession, { values: kept.draft ?? start.values });
  const { values, fields = {} } = state;
  const days = sessionId ? <SameDay values={values} /> : <DayFields values={values} fields={fields} />;
  return (
    <form action={send} noValidate key={JSON.stringify(state)}>
      <input type="hidden" name="serviceId" value={serviceId} />
      <input type="hidden" name="sessionId" value={sessionId} />
      <FormTop kept={kept} state={state} />
      <div className="mb-4 grid grid-cols-1 items-start gap-4 min-[64rem]:grid-cols-2">
        <HoursFields breakRows={start.breakRows} values={values} fields={fields} days={days} />
        <div className="grid grid-cols-1 gap-4">
          {choices ? <ScheduleFields choices={choices} values={values} fields={fields} /> : null}
          <SlotFields values={values} fields={fields} />
        </div>
      </div>
      <CapacityBar values={values} back={back} />
    </form>
  );
}

function DayFields({ values, fields }: { values: Record<string, string>; fields: Record<string, string> }) {
  return (
    <DateInput
      name="date"
      legend="Date of the session"
      hint="Such as 24 11 2026"
      error={fields['date']}
      values={{ day: values['dateDay'], month: values['dateMonth'], year: values['dateYear'] }}
    />
  );
}

// Of a session that there is, the day and the schedule stay.
function SameDay({ values }: { values: Record<string, string> }) {
  return ['scheduleId', 'dateDay', 'dateMonth', 'dateYear'].map((name) => <input key={name} type="hidden" name={name} value={values[name] ?? ''} />);
}
