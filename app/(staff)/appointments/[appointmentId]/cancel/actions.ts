'use server';

import { formCtx } from '@/lib/auth/session';
import { cancelRequest } from '@/lib/booking/appointment.schema';
import { cancelAppointment } from '@/lib/booking/cancel.commands';
import { fieldErrors, formValues, type FormState } from '@/lib/platform/form';
import { outcomeOf } from '@/lib/platform/outcome';
import { afterChange } from '../change';

export async function cancel(_before: FormState, form: FormData): Promise<FormState> {
  const values = formValues(form);
  const ctx = await formCtx(form, `/appointments/${values['appointmentId'] ?? ''}/cancel`);
  const input = cancelRequest.safeParse(values);
  if (!input.success) return { fields: fieldErrors(input.error), values };
  return afterChange(ctx, await outcomeOf(ctx, cancelAppointment(ctx, input.data)), values);
}
