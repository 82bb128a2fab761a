'use server';

import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { refused } from '@/components/layout/refusal-words';
import { clientForm, clientTarget } from '@/lib/auth/client-form.schema';
import { changeClient } from '@/lib/auth/clients.commands';
import { formCtx } from '@/lib/auth/session';
import { fieldErrors, formValues, type FormState } from '@/lib/platform/form';

export async function save(_before: FormState, form: FormData): Promise<FormState> {
  const values = formValues(form);
  const target = clientTarget.parse(values);
  const ctx = await formCtx(form, `/clients/${target.clientId}/settings`);
  const input = clientForm.safeParse(values);
  if (!input.success) return { fields: fieldErrors(input.error), values };

  const outcome = await changeClient(ctx, { ...target, client: input.data });
  if (outcome.ok) redirect(`/clients/${target.clientId}?saved=settings`);
  refresh(); // What stands now becomes what the form saves over the next time.
  return { refused: refused(outcome.error, ctx), values };
}
