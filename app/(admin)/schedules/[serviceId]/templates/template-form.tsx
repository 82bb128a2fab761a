'use client';

import { useActionState } from 'react';
import { FormTop } from '@/components/layout/form-top';
import type { Kept } from '@/components/layout/kept-form';
import { CapacityBar } from '@/components/schedule/capacity-sum';
import { HoursFields, SlotFields } from '@/components/schedule/pattern-fields';
import { SameScheduleFields, ScheduleFields, type ScheduleChoice } from '@/components/schedule/schedule-fields';
import { WEEKDAYS } from '@/components/schedule/sum-words';
import { Checkboxes } from '@/components/ui/checkboxes';
import { DateInput } from '@/components/ui/date-input';
import type { FormState } from '@/lib/platform/form';
import { proposeTemplate } from './actions';

type TemplateFormProps = {
  serviceId: string;
  /** Of one that there is already. */
  templateId?: string;
  hasBegun?: boolean;
  /** Only for a new one: one that there is stays in its schedule. */
  choices?: readonly ScheduleChoice[];
  start: { values: Record<string, string>; breakRows: number };
  kept: Kept;
};

const DAYS = WEEKDAYS.map((words, index) => ({ value: String(index + 1), words }));

export function TemplateForm({ serviceId, templateId = '', hasBegun = false, choices, start, kept }: TemplateFormProps) {
  const [state, send] = useActionState<FormState, FormData>(proposeTemplate, { values: kept.draft ?? start.values });
  const { values, fields = {} } = state;
  return (
    <form action={send} noValidate key={JSON.stringify(state)}>
      <input type="hidden" name="serviceId" value={serviceId} />
      <input type="hidden" name="templateId" value={templateId} />
      <input type="hidden" name="hasBegun" value={hasBegun ? 'yes' : ''} />
      <FormTop kept={kept} state={state} />
      <div className="mb-4 grid grid-cols-1 items-start gap-4 min-[64rem]:grid-cols-2">
        <HoursFields breakRows={start.breakRows} values={values} fields={fields} days={<DayFields values={values} fields={fields} />} />
        <div className="grid grid-cols-1 gap-4">
          {choices ? <ScheduleFields choices={choices} values={values} fields={fields} /> : <SameScheduleFields values={values} fields={fields} />}
          <SlotFields values={values} fields={fields} />
          <ValidFields hasBegun={hasBegun} values={values} fields={fields} />
        </div>
      </div>
      <CapacityBar values={values} back={`/schedules/${serviceId}/templates`} />
    </form>
  );
}

type FieldsProps = { values: Record<string, string>; fields: Record<string, string> };

function DayFields({ values, fields }: FieldsProps) {
  return (
    <>
      <Checkboxes name="weekdays" legend="Days of the week" inline error={fields['weekdays']} defaultValues={values['weekdays']?.split(',')} options={DAYS} />
      <Checkboxes name="worksHolidays" legend="Bank holidays" defaultValues={[values['worksHolidays'] ?? '']} options={[{ value: 'yes', words: 'Also works on bank holidays' }]} />
    </>
  );
}

function ValidFields({ hasBegun, values, fields }: FieldsProps & { hasBegun: boolean }) {
  const parts = (name: string) => ({ day: values[`${name}Day`], month: values[`${name}Month`], year: values[`${name}Year`] });
  return (
    <section aria-labelledby="valid-heading" className="panel pb-0">
      <h2 id="valid-heading">Dates</h2>
      <div className="grid gap-x-5 sm:grid-cols-2">
        <DateInput
          name="validFrom"
          legend={hasBegun ? 'Change it from' : 'First day'}
          hint={hasBegun ? 'Until then it stays as it is' : 'Such as 24 11 2026'}
          error={fields['validFrom']}
          values={parts('validFrom')}
        />
        <DateInput name="validTo" legend="Last day (optional)" hint="Empty: it goes on" error={fields['validTo']} values={parts('validTo')} />
      </div>
    </section>
  );
}
