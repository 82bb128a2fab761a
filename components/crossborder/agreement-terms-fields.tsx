import { fieldOf, Part, type FieldsProps } from '@/components/crossborder/agreement-part';
import { Checkboxes } from '@/components/ui/checkboxes';
import { Radios } from '@/components/ui/radios';
import type { SelectOption } from '@/components/ui/select';
import { TextInput } from '@/components/ui/text-input';

/** What may be said, who may approve and who can be accountable: made on the server, where the lists are. */
export type TermsChoices = { outcomes: readonly SelectOption[]; approvers: readonly SelectOption[]; parties: readonly SelectOption[] };

type TermsFieldsProps = FieldsProps & { choices: TermsChoices };

/** What an agreement says of the bookings it holds for. */
export function SaysFields({ choices, values, faults }: TermsFieldsProps) {
  const approvers = <ApproverFields choices={choices} legend="Who may approve" values={values} faults={faults} />;
  const options = choices.outcomes.map((option) => ({ ...option, reveal: option.value === 'approval' ? approvers : undefined }));
  return (
    <Part title="What it says">
      <Radios name="outcome" legend="These bookings are" error={faults['outcome']} defaultValue={values['outcome']} options={options} />
      <PriceFields values={values} faults={faults} />
    </Part>
  );
}

export function ApproverFields({ choices, legend, values, faults }: TermsFieldsProps & { legend: string }) {
  return <Checkboxes name="approvers" legend={legend} error={faults['approvers']} defaultValues={values['approvers']?.split(',')} options={choices.approvers} />;
}

export function PriceFields({ values, faults }: FieldsProps) {
  const field = fieldOf({ values, faults });
  const prices = (
    <div className="flex flex-wrap gap-x-5">
      <TextInput {...field('price')} label="When the patient came, in £" hint="Such as 12.50" width={10} autoComplete="off" />
      <TextInput {...field('noshowPrice')} label="For a no-show, in £" hint="0 for nothing" width={10} autoComplete="off" />
    </div>
  );
  return (
    <Radios
      name="pricing"
      legend="What the patient’s commissioner pays"
      error={faults['pricing']}
      defaultValue={values['pricing']}
      options={[
        { value: 'within', words: 'Nothing more: within contract' },
        { value: 'price', words: 'A price for each appointment', hint: 'Cancelled before its time: nothing', reveal: prices },
      ]}
    />
  );
}

export function AccountableFields({ choices, values, faults }: TermsFieldsProps) {
  return (
    <Part title="Who is accountable">
      <div className="grid grid-cols-1 gap-x-5 md:grid-cols-2">
        <Radios name="failedContact" legend="When the patient cannot be reached" error={faults['failedContact']} defaultValue={values['failedContact']} options={choices.parties} />
        <Radios name="followUp" legend="For what follows the appointment" error={faults['followUp']} defaultValue={values['followUp']} options={choices.parties} />
      </div>
    </Part>
  );
}
