'use server';

import type { SecretState } from '@/components/clients/shown-secret';
import { refused } from '@/components/layout/refusal-words';
import { clientForm } from '@/lib/auth/client-form.schema';
import { registerClient } from '@/lib/auth/clients.commands';
import { formCtx } from '@/lib/auth/session';
import { fieldErrors, formValues } from '@/lib/platform/form';

export async function register(_before: SecretState, form: FormData): Promise<SecretState> {
  const values = formValues(form);
  const ctx = await formCtx(form, '/clients/new');
  const input = clientForm.safeParse(values);
  if (!input.success) return { fields: fieldErrors(input.error), values };

  const outcome = await registerClient(ctx, input.data);
  if (!outcome.ok) return { refused: refused(outcome.error, ctx), values };
  return { made: outcome.value, values };
}
