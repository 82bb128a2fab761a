import { fieldOf, Part, type FieldsProps } from '@/components/crossborder/agreement-part';
import type { TermsChoices } from '@/components/crossborder/agreement-terms-fields';
import { CheckboxGroups, type CheckboxGroup } from '@/components/ui/checkbox-groups';
import { Checkboxes } from '@/components/ui/checkboxes';
import { DateInput } from '@/components/ui/date-input';
import { Details } from '@/components/ui/details';
import { Select, type SelectOption } from '@/components/ui/select';
import { TextInput } from '@/components/ui/text-input';

/** What the fields of an agreement are filled in from. */
export type AgreementFieldChoices = TermsChoices & {
  areas: readonly { legend: string; options: readonly SelectOption[] }[];
  serviceTypes: readonly SelectOption[];
  families: readonly SelectOption[];
  dispositions: readonly CheckboxGroup[];
};

const ANYWHERE = [{ value: 'any', words: 'Anywhere' }];
const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun', 'Bank holidays'].map((words, index) => ({ value: String(index + 1), words }));

export function BetweenFields({ choices, values, faults }: FieldsProps & { choices: AgreementFieldChoices }) {
  const field = fieldOf({ values, faults });
  return (
    <Part title="Between whom">
      <TextInput {...field('title')} label="Title" hint="Call handlers read it beside the service, such as Evenings across the Pennines" autoComplete="off" />
      <div className="grid grid-cols-1 gap-x-5 md:grid-cols-2">
        <Select {...field('from')} label="Patients of" hint="Whose commissioner pays" blank="Choose an area" options={ANYWHERE} groups={choices.areas} />
        <Select {...field('to')} label="Services in" hint="The host" blank="Choose an area" options={ANYWHERE} groups={choices.areas} />
      </div>
      <div className="grid grid-cols-1 gap-x-5 md:grid-cols-2">
        <Select {...field('serviceTypeId')} label="Type of service" blank="Every type" options={choices.serviceTypes} />
        <TextInput {...field('dosId')} label="Or one service" hint="Its DoS id" optional inputMode="numeric" width={10} autoComplete="off" />
      </div>
    </Part>
  );
}

export function HoldsFields({ choices, values, faults }: FieldsProps & { choices: AgreementFieldChoices }) {
  const field = fieldOf({ values, faults });
  const listed = (name: string) => (values[name] ?? '').split(/[\s,]+/).filter(Boolean);
  return (
    <Part title="When it holds">
      <div className="grid grid-cols-1 gap-x-5 md:grid-cols-2">
        <DateInput name="validFrom" legend="First day" error={faults['validFrom']} values={datesOf(values, 'validFrom')} />
        <DateInput name="validTo" legend="Last day (optional)" error={faults['validTo']} values={datesOf(values, 'validTo')} />
      </div>
      <Checkboxes name="weekdays" legend="Days of the week" hint="None: every day. A bank holiday is no other day of the week." inline error={faults['weekdays']} defaultValues={listed('weekdays')} options={DAYS} />
      <div className="flex flex-wrap gap-x-5">
        <TextInput {...field('fromTime')} label="From" hint="Such as 18:30" width={5} autoComplete="off" />
        <TextInput {...field('toTime')} label="To" hint="08:00 is the next day" width={5} autoComplete="off" />
        <TextInput {...field('dailyQuota')} label="At most, a day" hint="Empty: no limit" width={5} inputMode="numeric" autoComplete="off" />
      </div>
      <div className="mb-4">
        <Details summary="Only for some needs" open={['families', 'dispositions'].some((name) => Boolean(values[name] || faults[name]))}>
          <Checkboxes name="families" legend="Kinds of need" hint="Nothing ticked here and below: for every need" error={faults['families']} defaultValues={listed('families')} options={choices.families} />
          <CheckboxGroups name="dispositions" legend="Single dispositions" findLabel="Show only those with these words" error={faults['dispositions']} defaultValues={listed('dispositions')} groups={choices.dispositions} />
        </Details>
      </div>
    </Part>
  );
}

function datesOf(values: Record<string, string>, name: string) {
  return { day: values[`${name}Day`], month: values[`${name}Month`], year: values[`${name}Year`] };
}
