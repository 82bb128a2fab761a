'use server';

import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { refused } from '@/components/layout/refusal-words';
import { formCtx } from '@/lib/auth/session';
import { readBackRequest } from '@/lib/booking/call-end.schema';
import { recordReadBack } from '@/lib/booking/read-back.commands';
import { formValues, type FormState } from '@/lib/platform/form';

/** Keeps what was ticked, then goes on to the next call when that was asked for. Without a tick nothing was read, and nothing is kept. */
export async function saveReadBack(_before: FormState, form: FormData): Promise<FormState> {
  const values = formValues(form);
  const ctx = await formCtx(form, `/calls/${values['callId'] ?? ''}/booked`);
  const input = readBackRequest.safeParse(values);
  if (!input.success) return { refused: refused({ code: 'call-not-found' }, ctx), values };

  const isNothingToKeep = input.data.lines.length === 0 && values['intent'] === 'new-call';
  const outcome = isNothingToKeep ? null : await recordReadBack(ctx, input.data);
  if (outcome && !outcome.ok) {
    refresh(); // The appointment may be cancelled, or the call be with another by now.
    return { refused: refused(outcome.error, ctx), values };
  }
  redirect(values['intent'] === 'new-call' ? '/calls/new' : `/calls/${input.data.callId}/booked`);
}
