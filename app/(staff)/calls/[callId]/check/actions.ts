'use server';

import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { refused } from '@/components/layout/refusal-words';
import { formCtx } from '@/lib/auth/session';
import { bookAppointment } from '@/lib/booking/book.commands';
import { holdSlot, letGo } from '@/lib/booking/hold.commands';
import { bookingRequest, holdRequest, letGoRequest } from '@/lib/booking/schema';
import { fieldErrors, formValues, type FormState } from '@/lib/platform/form';

export async function book(_before: FormState, form: FormData): Promise<FormState> {
  const values = formValues(form);
  const ctx = await formCtx(form, `/calls/${values['callId'] ?? ''}/check`);
  if (values['holdInstead']) return holdAnother(ctx, values);

  const input = bookingRequest.safeParse(values);
  if (!input.success) return { fields: fieldErrors(input.error), values };

  const outcome = await bookAppointment(ctx, input.data);
  if (outcome.ok) redirect(`/calls/${input.data.callId}/booked`);
  refresh(); // What the page says of the hold may be no longer so.
  return { refused: refused(outcome.error, ctx), values };
}

export async function release(form: FormData): Promise<void> {
  const values = formValues(form);
  const ctx = await formCtx(form, `/calls/${values['callId'] ?? ''}/check`);
  const input = letGoRequest.safeParse(values);
  if (input.success) await letGo(ctx, input.data);
  redirect(`/calls/${values['callId'] ?? ''}/services`);
}

// One of the alternatives: the page is shown again with that slot, and everything typed stays.
async function holdAnother(ctx: Awaited<ReturnType<typeof formCtx>>, values: Record<string, string>): Promise<FormState> {
  const input = holdRequest.safeParse({ callId: values['callId'], slotId: values['holdInstead'] });
  if (!input.success) return { refused: refused({ code: 'slot-not-found' }, ctx), values };
  const outcome = await holdSlot(ctx, input.data);
  refresh();
  return outcome.ok ? { values } : { refused: refused(outcome.error, ctx), values };
}
