'use server';

import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { refused } from '@/components/layout/refusal-words';
import { formCtx } from '@/lib/auth/session';
import { setBorderDefault } from '@/lib/crossborder/default.commands';
import { defaultForm } from '@/lib/crossborder/terms-form.schema';
import { fieldErrors, formValues, type FormState } from '@/lib/platform/form';

export async function change(_before: FormState, form: FormData): Promise<FormState> {
  const values = formValues(form);
  const ctx = await formCtx(form, `/borders/defaults/${values['nation']}`);
  const input = defaultForm.safeParse(values);
  if (!input.success) return { fields: fieldErrors(input.error), values };

  const outcome = await setBorderDefault(ctx, input.data);
  if (outcome.ok) redirect('/borders/defaults?done=saved');
  // What stands now becomes what the form changes the next time.
  if (outcome.error.code === 'border-default-changed') refresh();
  return { refused: refused(outcome.error, ctx), values };
}
