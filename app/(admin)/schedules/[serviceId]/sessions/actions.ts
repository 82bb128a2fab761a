'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { refused } from '@/components/layout/refusal-words';
import { formCtx } from '@/lib/auth/session';
import { proposeEdit } from '@/lib/booking/proposal.commands';
import { fieldErrors, formValues, type FormState } from '@/lib/platform/form';
import { newId } from '@/lib/platform/id';
import { londonDate } from '@/lib/platform/time-words';
import { sessionForm } from '@/lib/schedule/pattern-form.schema';

export async function proposeSession(_before: FormState, form: FormData): Promise<FormState> {
  const values = formValues(form);
  const { serviceId = '', sessionId = '' } = values;
  const ctx = await formCtx(form, `/schedules/${serviceId}/sessions/${sessionId || 'new'}`);
  if (values['intent'] === 'count') return { values };
  const input = sessionForm(londonDate(ctx.now)).safeParse(values);
  if (!input.success) return { fields: fieldErrors(input.error), values };

  const { schedule, date, pattern } = input.data;
  const outcome = await proposeEdit(ctx, {
    serviceId,
    edit: {
      ...{ kind: 'set-session', serviceId, sessionId: sessionId || newId(), date, pattern },
      schedule: schedule.id === null ? { id: newId(), facts: schedule.facts } : schedule,
    },
  });
  if (outcome.ok) redirect(`/schedules/${serviceId}/proposals/${outcome.value.proposalId}`);
  return { refused: refused(outcome.error, ctx), values };
}

const wholeDay = z.object({ kind: z.enum(['cancel-session', 'restore-session']), serviceId: z.string(), sessionId: z.uuid() });

export async function proposeWholeDay(_before: FormState, form: FormData): Promise<FormState> {
  const values = formValues(form);
  const { serviceId = '', sessionId = '' } = values;
  const ctx = await formCtx(form, `/schedules/${serviceId}/sessions/${sessionId}`);
  const edit = wholeDay.safeParse(values);
  if (!edit.success) return { fields: fieldErrors(edit.error), values };

  const outcome = await proposeEdit(ctx, { serviceId, edit: edit.data });
  if (outcome.ok) redirect(`/schedules/${serviceId}/proposals/${outcome.value.proposalId}`);
  return { refused: refused(outcome.error, ctx), values };
}
