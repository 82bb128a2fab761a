import type { HTMLInputTypeAttribute, InputHTMLAttributes } from 'react';
import { describedBy, Field, type FieldProps } from '@/components/ui/field';

type TextInputProps = FieldProps & {
  defaultValue?: string;
  type?: HTMLInputTypeAttribute;
  /** About how many characters fit; the whole width when not given. */
  width?: 2 | 3 | 4 | 5 | 10 | 20;
  autoComplete?: string;
  inputMode?: InputHTMLAttributes<HTMLInputElement>['inputMode'];
  /** The id of a datalist. */
  list?: string;
  spellCheck?: boolean;
  optional?: boolean;
};

export function TextInput({ name, label, hint, error, optional, width, type = 'text', ...input }: TextInputProps) {
  const classes = ['nhsuk-input', width ? `nhsuk-input--width-${width}` : '', error ? 'nhsuk-input--error' : ''];
  return (
    <Field name={name} label={label} hint={hint} error={error} optional={optional}>
      <input
        {...input}
        className={classes.filter(Boolean).join(' ')}
        id={name}
        name={name}
        type={type}
        aria-describedby={describedBy({ name, hint, error })}
        aria-invalid={error ? true : undefined}
      />
    </Field>
  );
}
