'use server';

import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { refused } from '@/components/layout/refusal-words';
import { formCtx } from '@/lib/auth/session';
import { giveTaskBack, takeTask } from '@/lib/notify/contact.commands';
import { readTaskButton } from '@/lib/notify/contact.schema';
import { formValues, type FormState } from '@/lib/platform/form';
import { listPath } from './list-path';

export async function take(_before: FormState, form: FormData): Promise<FormState> {
  const values = formValues(form);
  const back = values['task'] ? `/contact/${encodeURIComponent(values['task'])}` : listPath(values);
  const ctx = await formCtx(form, back);
  const request = readTaskButton(values['take'] ?? values['giveBack'] ?? '');
  if (!request) redirect(back);

  const outcome = values['take'] ? await takeTask(ctx, request) : await giveTaskBack(ctx, request);
  if (outcome.ok) redirect(back);
  refresh(); // Who has it now, and what they did.
  return { refused: refused(outcome.error, ctx), values: {} };
}
