'use server';

import type { SecretState } from '@/components/clients/shown-secret';
import { refused } from '@/components/layout/refusal-words';
import { clientTarget } from '@/lib/auth/client-form.schema';
import { addSecret } from '@/lib/auth/client-secrets.commands';
import { formCtx } from '@/lib/auth/session';
import { formValues } from '@/lib/platform/form';

export async function makeSecret(_before: SecretState, form: FormData): Promise<SecretState> {
  const { clientId } = clientTarget.parse(formValues(form));
  const ctx = await formCtx(form, `/clients/${clientId}/secret`);
  const outcome = await addSecret(ctx, clientId);
  return outcome.ok ? { made: { clientId, secret: outcome.value.secret }, values: {} } : { refused: refused(outcome.error, ctx), values: {} };
}
