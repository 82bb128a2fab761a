'use server';

import { redirect } from 'next/navigation';
import { refused } from '@/components/layout/refusal-words';
import { clientTarget } from '@/lib/auth/client-form.schema';
import { revokeKey } from '@/lib/auth/client-keys.commands';
import { revokeSecret } from '@/lib/auth/client-secrets.commands';
import { formCtx } from '@/lib/auth/session';
import { formValues, type FormState } from '@/lib/platform/form';

export async function withdraw(_before: FormState, form: FormData): Promise<FormState> {
  const values = formValues(form);
  const { clientId } = clientTarget.parse(values);
  const { secret: secretId, key: kid = '' } = values;
  const ctx = await formCtx(form, `/clients/${clientId}`);
  const outcome = secretId ? await revokeSecret(ctx, { clientId, secretId }) : await revokeKey(ctx, { clientId, kid });
  if (outcome.ok) redirect(`/clients/${clientId}?saved=${secretId ? 'secret' : 'key'}-withdrawn`);
  return { refused: refused(outcome.error, ctx), values: {} };
}
