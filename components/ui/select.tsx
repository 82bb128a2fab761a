import { describedBy, Field, type FieldProps } from '@/components/ui/field';

type SelectProps = FieldProps & {
  defaultValue?: string;
  options: readonly { value: string; words: string }[];
  /** Words of a first, empty choice. */
  blank?: string;
};

export function Select({ name, label, hint, error, defaultValue = '', options, blank }: SelectProps) {
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
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.words}
          </option>
        ))}
      </select>
    </Field>
  );
}
