'use server';

import { redirect } from 'next/navigation';
import { refused } from '@/components/layout/refusal-words';
import type { Ctx } from '@/lib/auth/actor';
import { formCtx } from '@/lib/auth/session';
import { proposeEdit } from '@/lib/booking/proposal.commands';
import { fieldErrors, formValues, type FormState } from '@/lib/platform/form';
import { londonDate } from '@/lib/platform/time-words';
import { mondayOf } from '@/lib/schedule/calendar.rules';
import { copyForm, type CopiedDay } from '@/lib/schedule/copy-form.schema';
import { sessionDays } from '@/lib/schedule/session.queries';

export async function proposeCopy(_before: FormState, form: FormData): Promise<FormState> {
  const values = formValues(form);
  const { serviceId = '' } = values;
  const ctx = await formCtx(form, `/schedules/${serviceId}/copy`);
  const input = copyForm(londonDate(ctx.now)).safeParse(values);
  if (!input.success) return { fields: fieldErrors(input.error), values };

  const days = values['what'] === 'week' ? await withSessions(ctx, { serviceId, days: input.data }) : input.data;
  const outcome = await proposeEdit(ctx, { serviceId, edit: { kind: 'copy-days', serviceId, days } });
  if (outcome.ok) redirect(`/schedules/${serviceId}/proposals/${outcome.value.proposalId}`);
  return { refused: refused(outcome.error, ctx), values };
}

// Hardly any week has sessions on all its days; one that has none at all is refused as it is.
async function withSessions(ctx: Ctx, { serviceId, days }: { serviceId: string; days: CopiedDay[] }): Promise<CopiedDay[]> {
  const [first] = days;
  if (!first) return days;
  const worked = new Set((await sessionDays(ctx, { serviceId, from: mondayOf(first.from), days: 7 })).map(({ date }) => date));
  const copied = days.filter(({ from }) => worked.has(from));
  return copied.length > 0 ? copied : days;
}
