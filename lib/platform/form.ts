import type { z } from 'zod';
import type { Refusal } from '@/lib/platform/errors';

/** A refusal as a form shows it: what happened, and what to do now. */
export type Refused = { refusal: Refusal; title: string; todo: string };

/** What a form shows when it comes back: the faults by field, the refusal, and everything that was typed. */
export type FormState = {
  fields?: Record<string, string>;
  refused?: Refused;
  values: Record<string, string>;
};

/** The first fault of each field, by field name. */
export function fieldErrors(error: z.ZodError): Record<string, string> {
  const found: Record<string, string> = {};
  for (const issue of error.issues) {
    const field = issue.path.join('.');
    found[field] ??= issue.message;
  }
  return found;
}

/** The texts of a form; files are dropped, Next's own hidden fields too, and a repeated name becomes a comma-separated list. */
export function formValues(form: FormData): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of form) {
    if (typeof value !== 'string' || name.startsWith('$ACTION')) continue;
    values[name] = name in values ? `${values[name]},${value}` : value;
  }
  return values;
}
