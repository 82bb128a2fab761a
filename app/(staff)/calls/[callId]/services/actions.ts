'use server';

import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { refused } from '@/components/layout/refusal-words';
import { formCtx } from '@/lib/auth/session';
import { extendHold, holdSlot, letGo } from '@/lib/booking/hold.commands';
import { holdRequest, letGoRequest } from '@/lib/booking/schema';
import { skipsIn } from '@/lib/booking/skip.schema';
import { formValues, type FormState } from '@/lib/platform/form';

/** Holds the slot of the button that was pressed, or extends the hold that there is. */
export async function hold(_before: FormState, form: FormData): Promise<FormState> {
  const { slotId = '', extend, ...values } = formValues(form);
  const { callId = '' } = values;
  const ctx = await formCtx(form, `/calls/${callId}/services`);
  const input = holdRequest.safeParse({ callId, slotId });
  if (!extend && !input.success) return { refused: refused({ code: 'slot-not-found' }, ctx), values };

  const outcome = input.success ? await holdSlot(ctx, { ...input.data, skips: skipsIn(values) }) : await extendHold(ctx, { callId });
  if (outcome.ok) redirect(`/calls/${callId}/services?service=${outcome.value.serviceId}`);
  refresh(); // Somebody was faster: the lists are shown as they are now.
  return { refused: refused(outcome.error, ctx), values };
}

export async function release(form: FormData): Promise<void> {
  const values = formValues(form);
  const ctx = await formCtx(form, `/calls/${values['callId'] ?? ''}/services`);
  const input = letGoRequest.safeParse(values);
  if (input.success) await letGo(ctx, input.data);
  redirect(`/calls/${values['callId'] ?? ''}/services?service=${values['serviceId'] ?? ''}`);
}
