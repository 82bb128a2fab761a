'use server';

import { redirect } from 'next/navigation';
import { refused } from '@/components/layout/refusal-words';
import { openPath } from '@/components/registry/open-path';
import { returnPath } from '@/lib/auth/return-path.rules';
import { formCtx } from '@/lib/auth/session';
import { fieldErrors, formValues, type FormState } from '@/lib/platform/form';
import { openEntry } from '@/lib/registry/access.commands';
import { openRequest } from '@/lib/registry/access.schema';

export async function openSealed(_before: FormState, form: FormData): Promise<FormState> {
  const values = formValues(form);
  const back = returnPath(values['back']);
  const ctx = await formCtx(form, openPath({ entryId: values['entryId'] ?? '', back }));
  const input = openRequest.safeParse(values);
  if (!input.success) return { fields: fieldErrors(input.error), values };

  const outcome = await openEntry(ctx, input.data);
  if (!outcome.ok) return { refused: refused(outcome.error, ctx), values };
  redirect(back);
}
