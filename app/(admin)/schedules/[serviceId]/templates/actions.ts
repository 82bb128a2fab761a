'use server';

import { redirect } from 'next/navigation';
import { refused } from '@/components/layout/refusal-words';
import { formCtx } from '@/lib/auth/session';
import { proposeEdit } from '@/lib/booking/proposal.commands';
import { fieldErrors, formValues, type FormState } from '@/lib/platform/form';
import { newId } from '@/lib/platform/id';
import { londonDate } from '@/lib/platform/time-words';
import { templateForm } from '@/lib/schedule/pattern-form.schema';

export async function proposeTemplate(_before: FormState, form: FormData): Promise<FormState> {
  const values = formValues(form);
  const { serviceId = '', templateId = '' } = values;
  const ctx = await formCtx(form, `/schedules/${serviceId}/templates/${templateId || 'new'}`);
  if (values['intent'] === 'count') return { values };
  const today = londonDate(ctx.now);
  const input = templateForm(today).safeParse(values);
  if (!input.success) return { fields: fieldErrors(input.error), values };

  const { schedule, pattern } = input.data;
  // One that has not begun yet may begin on another day; one that has is another from the first day on.
  const from = templateId && values['hasBegun'] !== 'yes' ? today : pattern.validFrom;
  const outcome = await proposeEdit(ctx, {
    serviceId,
    edit: {
      ...{ kind: 'set-template', serviceId, templateId: templateId || newId(), nextTemplateId: newId(), pattern, from },
      schedule: schedule.id === null ? { id: newId(), facts: schedule.facts } : schedule,
    },
  });
  if (outcome.ok) redirect(`/schedules/${serviceId}/proposals/${outcome.value.proposalId}`);
  return { refused: refused(outcome.error, ctx), values };
}
