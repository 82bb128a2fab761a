'use client';

import { useActionState } from 'react';
import { FormTop } from '@/components/layout/form-top';
import type { Kept } from '@/components/layout/kept-form';
import { WEEKDAYS } from '@/components/schedule/sum-words';
import { Checkboxes } from '@/components/ui/checkboxes';
import { DateInput } from '@/components/ui/date-input';
import { Link } from '@/components/ui/link';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextInput } from '@/components/ui/text-input';
import type { FormState } from '@/lib/platform/form';
import { proposeCopy } from './actions';

type CopyFormProps = { serviceId: string; what: 'day' | 'week'; start: Record<string, string>; kept: Kept; back: string };

const DAYS = WEEKDAYS.map((words, index) => ({ value: String(index + 1), words }));

export function CopyForm({ serviceId, what, start, kept, back }: CopyFormProps) {
  const [state, send] = useActionState<FormState, FormData>(proposeCopy, { values: kept.draft ?? start });
  const { values, fields = {} } = state;
  return (
    <form action={send} noValidate key={JSON.stringify(state)}>
      <input type="hidden" name="serviceId" value={serviceId} />
      <input type="hidden" name="what" value={what} />
      <FormTop kept={kept} state={state} />
      <div className="panel mb-4 pb-0">{what === 'week' ? <WeekFields values={values} fields={fields} /> : <DayFields values={values} fields={fields} />}</div>
      <div className="flex flex-wrap items-center gap-5">
        <SubmitButton pendingWords="Working it out…">See what it does</SubmitButton>
        <Link href={back}>Copy nothing</Link>
      </div>
    </form>
  );
}

type FieldsProps = { values: Record<string, string>; fields: Record<string, string> };

function DayFields({ values, fields }: FieldsProps) {
  const date = dateOf(values, fields);
  return (
    <>
      <DateInput {...date('from')} legend="Day to copy" />
      <div className="grid gap-x-5 sm:grid-cols-2">
        <DateInput {...date('first')} legend="To this day" hint="Such as 28 11 2026" />
        <DateInput {...date('last')} legend="And on until (optional)" hint="Empty: to that one day" />
      </div>
      <Checkboxes name="weekdays" legend="Only on these days of the week (optional)" inline defaultValues={values['weekdays']?.split(',')} options={DAYS} />
    </>
  );
}

function WeekFields({ values, fields }: FieldsProps) {
  const date = dateOf(values, fields);
  return (
    <>
      <DateInput {...date('from')} legend="Week to copy" hint="Any day of it" />
      <DateInput {...date('first')} legend="To this week" hint="Any day of it" />
      <TextInput name="weeks" label="For so many weeks in a row" width={2} inputMode="numeric" autoComplete="off" error={fields['weeks']} defaultValue={values['weeks']} />
    </>
  );
}

function dateOf(values: Record<string, string>, fields: Record<string, string>) {
  return (name: string) => ({ name, error: fields[name], values: { day: values[`${name}Day`], month: values[`${name}Month`], year: values[`${name}Year`] } });
}
