import { describedBy, Field, type FieldProps } from '@/components/ui/field';

type TextAreaProps = FieldProps & { defaultValue?: string; rows?: number; optional?: boolean };

/** Text of several lines. */
export function TextArea({ name, label, hint, error, optional, rows = 4, defaultValue }: TextAreaProps) {
  return (
    <Field name={name} label={label} hint={hint} error={error} optional={optional}>
      <textarea
        className={error ? 'nhsuk-textarea nhsuk-textarea--error' : 'nhsuk-textarea'}
        id={name}
        name={name}
        rows={rows}
        defaultValue={defaultValue}
        aria-describedby={describedBy({ name, hint, error })}
        aria-invalid={error ? true : undefined}
      />
    </Field>
  );
}
