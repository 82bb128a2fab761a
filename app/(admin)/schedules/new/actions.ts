'use server';

import { redirect } from 'next/navigation';
import { refused } from '@/components/layout/refusal-words';
import { formCtx } from '@/lib/auth/session';
import { createService } from '@/lib/directory/create-service.commands';
import { newService } from '@/lib/directory/profile.schema';
import { fieldErrors, formValues, type FormState } from '@/lib/platform/form';

export async function create(_before: FormState, form: FormData): Promise<FormState> {
  const values = formValues(form);
  const ctx = await formCtx(form, '/schedules/new');
  const input = newService.safeParse(values);
  if (!input.success) return { fields: fieldErrors(input.error), values };

  const outcome = await createService(ctx, input.data);
  if (outcome.ok) redirect(`/schedules/${outcome.value.serviceId}/profile?saved=created`);
  return { refused: refused(outcome.error, ctx), values };
}
