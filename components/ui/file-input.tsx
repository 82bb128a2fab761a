import { describedBy, Field, type FieldProps } from '@/components/ui/field';

type FileInputProps = FieldProps & {
  /** Endings and media types that the browser offers first. */
  accept: string;
};

export function FileInput({ name, label, hint, error, accept }: FileInputProps) {
  return (
    <Field name={name} label={label} hint={hint} error={error}>
      <input
        className={`block w-full max-w-form border-2 bg-panel p-2 ${error ? 'border-red' : 'border-ink'}`}
        id={name}
        name={name}
        type="file"
        accept={accept}
        aria-describedby={describedBy({ name, hint, error })}
        aria-invalid={error ? true : undefined}
      />
    </Field>
  );
}
