import type { ReactNode } from 'react';

export type FieldProps = { name: string; label: string; hint?: string; error?: string };

/** The visible label, hint and error around one control, whose id is `name`. */
export function Field({ name, label, hint, error, optional, children }: FieldProps & { optional?: boolean; children: ReactNode }) {
  return (
    <div className={groupClass(error)}>
      <label className="nhsuk-label" htmlFor={name}>
        {label}
        {optional ? <span className="font-normal"> (optional)</span> : null}
      </label>
      <FieldNotes name={name} hint={hint} error={error} />
      {children}
    </div>
  );
}

/** The legend, hint and error around several controls that answer one question. */
export function FieldGroup({ name, legend, hint, error, children }: Omit<FieldProps, 'label'> & { legend?: string; children: ReactNode }) {
  return (
    <div className={groupClass(error)}>
      <fieldset className="nhsuk-fieldset" aria-describedby={describedBy({ name, hint, error })}>
        {legend ? <legend className="nhsuk-fieldset__legend">{legend}</legend> : null}
        <FieldNotes name={name} hint={hint} error={error} />
        {children}
      </fieldset>
    </div>
  );
}

/** The ids of the hint and the error of a field, for `aria-describedby`. */
export function describedBy({ name, hint, error }: Pick<FieldProps, 'name' | 'hint' | 'error'>): string | undefined {
  const ids = [hint ? `${name}-hint` : '', error ? `${name}-error` : ''].filter(Boolean);
  return ids.length > 0 ? ids.join(' ') : undefined;
}

function FieldNotes({ name, hint, error }: Pick<FieldProps, 'name' | 'hint' | 'error'>) {
  return (
    <>
      {hint ? (
        <div className="nhsuk-hint" id={`${name}-hint`}>
          {hint}
        </div>
      ) : null}
      {error ? (
        <span className="nhsuk-error-message" id={`${name}-error`}>
          <span className="nhsuk-u-visually-hidden">Error: </span>
          {error}
        </span>
      ) : null}
    </>
  );
}

function groupClass(error?: string): string {
  return error ? 'nhsuk-form-group nhsuk-form-group--error' : 'nhsuk-form-group';
}
