import { fieldOf, Part, type FieldsProps } from '@/components/crossborder/agreement-part';
import { AccountableFields, ApproverFields, PriceFields, type TermsChoices } from '@/components/crossborder/agreement-terms-fields';
import { Radios } from '@/components/ui/radios';
import { TextInput } from '@/components/ui/text-input';

/** Everything that a nation's default says, by the names that `defaultForm` reads. */
export function DefaultFields({ choices, values, faults }: FieldsProps & { choices: TermsChoices }) {
  const field = fieldOf({ values, faults });
  const says = (name: string, legend: string, hint?: string) => <Radios {...field(name)} legend={legend} hint={hint} options={choices.outcomes} />;
  return (
    <>
      <Part title="What it says">
        <TextInput {...field('urgentMinutes')} label="Urgent is a timeframe of at most, in minutes" hint="360 is 6 hours" width={5} inputMode="numeric" autoComplete="off" />
        <div className="grid grid-cols-1 gap-x-5 md:grid-cols-3">
          {says('urgentOutcome', 'Urgent bookings are', 'Also those of other systems that tell no disposition')}
          {says('emergencyOutcome', 'At emergency departments they are', 'Whatever the timeframe')}
          {says('otherOutcome', 'All others are', 'Those with working days as their timeframe too')}
        </div>
        <ApproverFields choices={choices} legend="Who may approve, where approval is needed" values={values} faults={faults} />
        <PriceFields values={values} faults={faults} />
      </Part>
      <AccountableFields choices={choices} values={values} faults={faults} />
    </>
  );
}
