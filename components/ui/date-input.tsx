import { FieldGroup } from '@/components/ui/field';

type DateInputProps = {
  name: string;
  legend: string;
  hint?: string;
  error?: string;
  values: { day?: string; month?: string; year?: string };
};

const PARTS = [
  { part: 'Day', value: 'day', width: 2 },
  { part: 'Month', value: 'month', width: 2 },
  { part: 'Year', value: 'year', width: 4 },
] as const;

/** Three fields, `${name}Day`, `${name}Month` and `${name}Year`. The group has the id `name`, for links to the whole date. */
export function DateInput({ name, legend, hint, error, values }: DateInputProps) {
  return (
    <FieldGroup name={name} legend={legend} hint={hint} error={error}>
      <div className="nhsuk-date-input" id={name}>
        {PARTS.map(({ part, value, width }) => (
          <div key={part} className="nhsuk-date-input__item">
            <label className="nhsuk-label nhsuk-date-input__label" htmlFor={`${name}${part}`}>
              {part}
            </label>
            <input
              className={`nhsuk-input nhsuk-date-input__input nhsuk-input--width-${width} ${error ? 'nhsuk-input--error' : ''}`}
              id={`${name}${part}`}
              name={`${name}${part}`}
              type="text"
              inputMode="numeric"
              defaultValue={values[value]}
              aria-invalid={error ? true : undefined}
            />
          </div>
        ))}
      </div>
    </FieldGroup>
  );
}
