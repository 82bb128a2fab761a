'use server';

import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { refused } from '@/components/layout/refusal-words';
import { formCtx } from '@/lib/auth/session';
import { rebookFromTask } from '@/lib/booking/rebook.commands';
import { rebookRequest } from '@/lib/notify/contact.schema';
import { fieldErrors, formValues, type FormState } from '@/lib/platform/form';
import { outcomeOf } from '@/lib/platform/outcome';

export async function rebook(_before: FormState, form: FormData): Promise<FormState> {
  const values = formValues(form);
  const ctx = await formCtx(form, `/contact/${values['taskId'] ?? ''}/rebook`);
  const input = rebookRequest.safeParse(values);
  if (!input.success) return { fields: fieldErrors(input.error), values };

  const outcome = await outcomeOf(ctx, rebookFromTask(ctx, input.data));
  if (outcome.ok) redirect(`/contact/${input.data.taskId}?done=rebooked`);
  // The page then has what is free now and the present version. While the database is away it would wait for it, and lose the form.
  if (outcome.error.code !== 'outcome-unknown') refresh();
  return { refused: refused(outcome.error, ctx), values };
}
