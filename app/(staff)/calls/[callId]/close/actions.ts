'use server';

import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { refused } from '@/components/layout/refusal-words';
import { formCtx } from '@/lib/auth/session';
import { closeRequest } from '@/lib/booking/call-end.schema';
import { closeCall } from '@/lib/booking/close.commands';
import { fieldErrors, formValues, type FormState } from '@/lib/platform/form';

export async function close(_before: FormState, form: FormData): Promise<FormState> {
  const values = formValues(form);
  const ctx = await formCtx(form, `/calls/${values['callId'] ?? ''}/close`);
  const input = closeRequest.safeParse(values);
  if (!input.success) return { fields: fieldErrors(input.error), values };

  const outcome = await closeCall(ctx, input.data);
  if (outcome.ok) redirect('/calls?done=closed');
  refresh(); // The call may have ended, or be with another by now.
  return { refused: refused(outcome.error, ctx), values };
}
