'use server';

import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { refused } from '@/components/layout/refusal-words';
import { formCtx } from '@/lib/auth/session';
import { handOverRequest } from '@/lib/booking/call-end.schema';
import { handOver, takeOver } from '@/lib/booking/hand-over.commands';
import { fieldErrors, formValues, type FormState } from '@/lib/platform/form';
import { backFrom } from '../back';

export async function hand(_before: FormState, form: FormData): Promise<FormState> {
  const values = formValues(form);
  const ctx = await formCtx(form, `/calls/${values['callId'] ?? ''}/hand-over`);
  const input = handOverRequest.safeParse(values);
  if (!input.success) return { fields: fieldErrors(input.error), values };

  const outcome = await handOver(ctx, input.data);
  if (outcome.ok) redirect(`/calls?done=handed-over&to=${input.data.staffId}`);
  refresh(); // The call may have ended, or be with another by now.
  return { refused: refused(outcome.error, ctx), values };
}

/** Whatever came of it, the page then shows who has the call now. */
export async function takeCallOver(form: FormData): Promise<void> {
  const values = formValues(form);
  const page = backFrom(values['back']);
  const ctx = await formCtx(form, `/calls/${values['callId'] ?? ''}/${page}`);
  await takeOver(ctx, { callId: values['callId'] ?? '' });
  refresh(); // The call bar too.
  redirect(`/calls/${values['callId'] ?? ''}/${page}`);
}
