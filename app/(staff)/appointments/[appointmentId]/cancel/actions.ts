'use server';

import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { refused } from '@/components/layout/refusal-words';
import { formCtx } from '@/lib/auth/session';
import { cancelAppointment } from '@/lib/booking/cancel.commands';
import { cancelRequest } from '@/lib/booking/schema';
import { fieldErrors, formValues, type FormState } from '@/lib/platform/form';

export async function cancel(_before: FormState, form: FormData): Promise<FormState> {
  const values = formValues(form);
  const ctx = await formCtx(form, `/appointments/${values['appointmentId'] ?? ''}/cancel`);
  const input = cancelRequest.safeParse(values);
  if (!input.success) return { fields: fieldErrors(input.error), values };

  const outcome = await cancelAppointment(ctx, input.data);
  if (outcome.ok) redirect(`/appointments/${input.data.appointmentId}`);
  refresh(); // The page then has the appointment's present version, for another try.
  return { refused: refused(outcome.error, ctx), values };
}
