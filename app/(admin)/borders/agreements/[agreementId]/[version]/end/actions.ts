'use server';

import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { refused } from '@/components/layout/refusal-words';
import { formCtx } from '@/lib/auth/session';
import { agreementTarget, endForm } from '@/lib/crossborder/agreement-form.schema';
import { endAgreement } from '@/lib/crossborder/agreement.commands';
import { fieldErrors, formValues, type FormState } from '@/lib/platform/form';

export async function end(_before: FormState, form: FormData): Promise<FormState> {
  const values = formValues(form);
  const { id, version } = agreementTarget.parse(values);
  const path = `/borders/agreements/${id}/${version}`;
  const ctx = await formCtx(form, `${path}/end`);
  const input = endForm.safeParse(values);
  if (!input.success) return { fields: fieldErrors(input.error), values };

  const outcome = await endAgreement(ctx, input.data);
  if (outcome.ok) redirect(`${path}?done=end`);
  // What stands now becomes what the form ends the next time.
  if (outcome.error.code === 'agreement-changed') refresh();
  return { refused: refused(outcome.error, ctx), values };
}
