'use server';

import { formCtx } from '@/lib/auth/session';
import { inErrorRequest } from '@/lib/booking/appointment.schema';
import { markEnteredInError } from '@/lib/booking/in-error.commands';
import { fieldErrors, formValues, type FormState } from '@/lib/platform/form';
import { outcomeOf } from '@/lib/platform/outcome';
import { afterChange } from '../change';

export async function markInError(_before: FormState, form: FormData): Promise<FormState> {
  const values = formValues(form);
  const ctx = await formCtx(form, `/appointments/${values['appointmentId'] ?? ''}/in-error`);
  const input = inErrorRequest.safeParse(values);
  if (!input.success) return { fields: fieldErrors(input.error), values };
  return afterChange(ctx, await outcomeOf(ctx, markEnteredInError(ctx, input.data)), values);
}
