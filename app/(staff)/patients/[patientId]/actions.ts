'use server';

import { redirect } from 'next/navigation';
import { refused } from '@/components/layout/refusal-words';
import { formCtx } from '@/lib/auth/session';
import { fieldErrors, formValues, type FormState } from '@/lib/platform/form';
import { openPatient } from '@/lib/registry/access.commands';
import { openPatientRequest } from '@/lib/registry/patient.schema';

export async function giveReason(_before: FormState, form: FormData): Promise<FormState> {
  const values = formValues(form);
  const path = `/patients/${values['patientId'] ?? ''}`;
  const ctx = await formCtx(form, path);
  const input = openPatientRequest.safeParse(values);
  if (!input.success) return { fields: fieldErrors(input.error), values };

  const outcome = await openPatient(ctx, input.data);
  if (!outcome.ok) return { refused: refused(outcome.error, ctx), values };
  redirect(path);
}
