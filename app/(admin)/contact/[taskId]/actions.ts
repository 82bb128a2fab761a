'use server';

import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { refused } from '@/components/layout/refusal-words';
import { formCtx } from '@/lib/auth/session';
import { recordAttempt, settleTask } from '@/lib/notify/contact.commands';
import { attemptRequest, settleRequest } from '@/lib/notify/contact.schema';
import { fieldErrors, formValues, type FormState } from '@/lib/platform/form';

export async function attempt(_before: FormState, form: FormData): Promise<FormState> {
  const values = formValues(form);
  const ctx = await formCtx(form, `/contact/${values['taskId'] ?? ''}`);
  const input = attemptRequest.safeParse(values);
  if (!input.success) return { fields: fieldErrors(input.error), values };

  const outcome = await recordAttempt(ctx, input.data);
  if (outcome.ok) redirect(input.data.result === 'told' ? '/contact?done=settled' : `/contact/${input.data.taskId}?done=attempt`);
  refresh(); // What a colleague did meanwhile, and the version that it made.
  return { refused: refused(outcome.error, ctx), values };
}

export async function settle(_before: FormState, form: FormData): Promise<FormState> {
  const values = formValues(form);
  const ctx = await formCtx(form, `/contact/${values['taskId'] ?? ''}`);
  const input = settleRequest.safeParse(values);
  if (!input.success) return { fields: fieldErrors(input.error), values };

  const outcome = await settleTask(ctx, input.data);
  if (outcome.ok) redirect('/contact?done=settled');
  refresh();
  return { refused: refused(outcome.error, ctx), values };
}
