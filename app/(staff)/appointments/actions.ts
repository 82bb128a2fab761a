'use server';

import { redirect } from 'next/navigation';
import { foundWords, type Found } from '@/components/booking/found-words';
import { formCtx } from '@/lib/auth/session';
import { findAppointments, MAX_FOUND } from '@/lib/booking/find.queries';
import { appointmentSearch } from '@/lib/booking/find.schema';
import { fieldErrors, formValues, type FormState } from '@/lib/platform/form';
import { londonDate } from '@/lib/platform/time-words';

export type FindState = FormState & { found?: Found };

/** An action, although it only reads: a name or an NHS number must not stand in a URL. */
export async function find(_before: FindState, form: FormData): Promise<FindState> {
  const ctx = await formCtx(form, '/appointments');
  const values = formValues(form);
  const input = appointmentSearch(values['by'], londonDate(ctx.now)).safeParse(values);
  if (!input.success) return { fields: fieldErrors(input.error), values };

  const lines = await findAppointments(ctx, input.data);
  const [first] = lines;
  if (input.data.by === 'reference' && first) redirect(`/appointments/${first.id}`);
  return { found: foundWords(lines, { search: input.data, most: MAX_FOUND, now: ctx.now }), values };
}
