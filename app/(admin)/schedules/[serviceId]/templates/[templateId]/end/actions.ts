'use server';

import { redirect } from 'next/navigation';
import { refused } from '@/components/layout/refusal-words';
import { formCtx } from '@/lib/auth/session';
import { proposeEdit } from '@/lib/booking/proposal.commands';
import { fieldErrors, formValues, type FormState } from '@/lib/platform/form';
import { londonDate } from '@/lib/platform/time-words';
import { endForm } from '@/lib/schedule/pattern-form.schema';

export async function proposeEnd(_before: FormState, form: FormData): Promise<FormState> {
  const values = formValues(form);
  const { serviceId = '', templateId = '' } = values;
  const ctx = await formCtx(form, `/schedules/${serviceId}/templates/${templateId}/end`);
  const input = endForm(londonDate(ctx.now)).safeParse(values);
  if (!input.success) return { fields: fieldErrors(input.error), values };

  const outcome = await proposeEdit(ctx, { serviceId, edit: { kind: 'end-template', serviceId, templateId, ...input.data } });
  if (outcome.ok) redirect(`/schedules/${serviceId}/proposals/${outcome.value.proposalId}`);
  return { refused: refused(outcome.error, ctx), values };
}
