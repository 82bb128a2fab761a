'use server';

import { formCtx } from '@/lib/auth/session';
import { amendReason } from '@/lib/booking/amend.commands';
import { amendRequest } from '@/lib/booking/appointment.schema';
import { fieldErrors, formValues, type FormState } from '@/lib/platform/form';
import { outcomeOf } from '@/lib/platform/outcome';
import { afterChange } from '../change';

export async function amend(_before: FormState, form: FormData): Promise<FormState> {
  const values = formValues(form);
  const ctx = await formCtx(form, `/appointments/${values['appointmentId'] ?? ''}/amend`);
  const input = amendRequest.safeParse(values);
  if (!input.success) return { fields: fieldErrors(input.error), values };
  return afterChange(ctx, await outcomeOf(ctx, amendReason(ctx, input.data)), values);
}
