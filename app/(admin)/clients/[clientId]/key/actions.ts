'use server';

import { redirect } from 'next/navigation';
import { refused } from '@/components/layout/refusal-words';
import { clientTarget } from '@/lib/auth/client-form.schema';
import { clientKeyForm } from '@/lib/auth/client-key.schema';
import { addKey } from '@/lib/auth/client-keys.commands';
import { formCtx } from '@/lib/auth/session';
import { fieldErrors, formValues, type FormState } from '@/lib/platform/form';

export async function add(_before: FormState, form: FormData): Promise<FormState> {
  const values = formValues(form);
  const { clientId } = clientTarget.parse(values);
  const ctx = await formCtx(form, `/clients/${clientId}/key`);
  const input = clientKeyForm.safeParse(values);
  if (!input.success) return { fields: fieldErrors(input.error), values };

  const outcome = await addKey(ctx, { clientId, key: input.data });
  if (outcome.ok) redirect(`/clients/${clientId}?saved=key`);
  return { refused: refused(outcome.error, ctx), values };
}
