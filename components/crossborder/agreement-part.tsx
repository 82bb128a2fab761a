import type { ReactNode } from 'react';

/** What is typed so far, and the faults, by field name. */
export type FieldsProps = { values: Record<string, string>; faults: Record<string, string> };

/** A group of fields of the form. */
export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="panel mb-4 pb-0">
      <h2 className="mb-3 text-lead">{title}</h2>
      {children}
    </section>
  );
}

/** The name, fault and value of a field that is typed or chosen by itself. */
export function fieldOf({ values, faults }: FieldsProps) {
  return (name: string) => ({ name, error: faults[name], defaultValue: values[name] });
}
