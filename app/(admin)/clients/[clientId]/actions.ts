'use server';

import { redirect } from 'next/navigation';
import { refused } from '@/components/layout/refusal-words';
import { clientTarget } from '@/lib/auth/client-form.schema';
import { switchClient } from '@/lib/auth/clients.commands';
import { formCtx } from '@/lib/auth/session';
import { formValues, type FormState } from '@/lib/platform/form';

export async function switchTo(_before: FormState, form: FormData): Promise<FormState> {
  const values = formValues(form);
  const { clientId } = clientTarget.parse(values);
  const ctx = await formCtx(form, `/clients/${clientId}`);
  const isActive = values['to'] === 'on';
  const outcome = await switchClient(ctx, { clientId, isActive });
  if (outcome.ok) redirect(`/clients/${clientId}?saved=${isActive ? 'on' : 'off'}`);
  return { refused: refused(outcome.error, ctx), values: {} };
}
