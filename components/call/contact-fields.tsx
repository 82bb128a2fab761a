import { Radios, SingleRadio } from '@/components/ui/radios';
import { TextInput } from '@/components/ui/text-input';

type ContactFieldsProps = { index: number; values: Record<string, string>; fields: Record<string, string> };

/** One number to ring: whose it is, with name and relationship of anybody but the patient (U-141), and whether it is rung first (U-144). */
export function ContactFields({ index, values, fields }: ContactFieldsProps) {
  const field = (part: string) => {
    const name = `contact${index}${part}`;
    return { name, error: fields[name], defaultValue: values[name] };
  };
  const somebodyElse = (
    <div className="grid gap-x-4 sm:grid-cols-2">
      <TextInput {...field('Name')} label="Their name" autoComplete="off" />
      <TextInput {...field('Relationship')} label="Relationship to the patient" autoComplete="off" />
    </div>
  );
  return (
    <section aria-label={`Number ${index + 1}`} className="border border-line bg-panel px-5 pt-4">
      <Radios
        {...field('Is')}
        legend={`Whose is number ${index + 1}?`}
        inline
        defaultValue={values[`contact${index}Is`] ?? 'patient'}
        options={[
          { value: 'patient', words: 'The patient’s own' },
          { value: 'other', words: 'Somebody else’s', reveal: somebodyElse },
        ]}
      />
      <div className="flex flex-wrap items-end gap-x-5">
        <TextInput {...field('Phone')} label="Telephone number" type="tel" width={20} autoComplete="off" />
        <div className="mb-4">
          <SingleRadio id={`first-${index + 1}`} name="first" option={{ value: String(index), words: `Ring number ${index + 1} first` }} isChosen={(values['first'] ?? '0') === String(index)} />
        </div>
      </div>
    </section>
  );
}
