'use server';

import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { refused } from '@/components/layout/refusal-words';
import { formCtx } from '@/lib/auth/session';
import { freezeForm } from '@/lib/crossborder/ledger-form.schema';
import { freezeMonth } from '@/lib/crossborder/ledger.commands';
import { formValues, type FormState } from '@/lib/platform/form';
import { pairPath } from '../../ledger-path';

export async function freeze(_before: FormState, form: FormData): Promise<FormState> {
  const request = freezeForm.parse(formValues(form));
  const path = pairPath(request);
  const ctx = await formCtx(form, path);

  const outcome = await freezeMonth(ctx, request);
  if (outcome.ok) redirect(path);
  refresh(); // Around the refusal are the figures as they are now.
  return { refused: refused(outcome.error, ctx), values: {} };
}
