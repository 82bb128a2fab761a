import type { ReactNode } from 'react';
import { describedBy, Field, type FieldProps } from '@/components/ui/field';

export type SelectOption = { value: string; words: string; reveals?: boolean };

type SelectProps = FieldProps & {
  defaultValue?: string;
  options: readonly SelectOption[];
  /** More options, under headings, after the others. */
  groups?: readonly { legend: string; options: readonly SelectOption[] }[];
  /** Words of a first, empty choice. */
  blank?: string;
  /** Shows while an option that `reveals` is chosen, by CSS alone; what is in it is sent either way. */
  reveal?: ReactNode;
};

export function Select({ reveal, ...select }: SelectProps) {
  if (!reveal) return <PlainSelect {...select} />;
  return (
    <div className="group/select">
      <PlainSelect {...select} />
      <div className="group-[:not(:has([data-reveals]:checked))]/select:hidden">{reveal}</div>
    </div>
  );
}

function PlainSelect({ name, label, hint, error, defaultValue = '', options, groups = [], blank }: Omit<SelectProps, 'reveal'>) {
  return (
    <Field name={name} label={label} hint={hint} error={error}>
      {/* The key: after an action React resets the form and forgets a changed default of a select. */}
      <select
        key={defaultValue}
        className={error ? 'nhsuk-select nhsuk-select--error' : 'nhsuk-select'}
        id={name}
        name={name}
        defaultValue={defaultValue}
        aria-describedby={describedBy({ name, hint, error })}
        aria-invalid={error ? true : undefined}
      >
        {blank === undefined ? null : <option value="">{blank}</option>}
        <Options options={options} />
        {groups.map((group) => (
          <optgroup key={group.legend} label={group.legend}>
            <Options options={group.options} />
          </optgroup>
        ))}
      </select>
    </Field>
  );
}

function Options({ options }: { options: readonly SelectOption[] }) {
  return options.map(({ value, words, reveals }) => (
    <option key={value} value={value} data-reveals={reveals ? '' : undefined}>
      {words}
    </option>
  ));
}
