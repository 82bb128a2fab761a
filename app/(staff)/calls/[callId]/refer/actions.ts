'use server';

import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { refused } from '@/components/layout/refusal-words';
import { formCtx } from '@/lib/auth/session';
import { referRequest } from '@/lib/booking/call-end.schema';
import { referWithoutBooking } from '@/lib/booking/refer.commands';
import { skipsIn } from '@/lib/booking/skip.schema';
import { fieldErrors, formValues, type FormState } from '@/lib/platform/form';

export async function refer(_before: FormState, form: FormData): Promise<FormState> {
  const values = formValues(form);
  const ctx = await formCtx(form, `/calls/${values['callId'] ?? ''}/refer?service=${values['serviceId'] ?? ''}`);
  const input = referRequest.safeParse(values);
  if (!input.success) return { fields: fieldErrors(input.error), values };

  const outcome = await referWithoutBooking(ctx, { ...input.data, skips: skipsIn(values) });
  refresh(); // Around the page, the call's menu; refused, which services lack a reason, and whether the call is still open.
  if (outcome.ok) redirect(`/calls/${input.data.callId}/services`);
  return { refused: refused(outcome.error, ctx), values };
}
