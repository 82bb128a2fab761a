'use server';

import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { refused } from '@/components/layout/refusal-words';
import { CHOICE_FIELD } from '@/components/schedule/affected-bookings';
import { formCtx } from '@/lib/auth/session';
import { applyProposal } from '@/lib/booking/apply-change.commands';
import { applyForm } from '@/lib/booking/proposal.schema';
import { formValues, type FormState } from '@/lib/platform/form';

export async function apply(_before: FormState, form: FormData): Promise<FormState> {
  const values = formValues(form);
  const { serviceId = '', proposalId = '', fingerprint = '' } = values;
  const path = `/schedules/${serviceId}/proposals/${proposalId}`;
  const ctx = await formCtx(form, path);
  const chosen = Object.entries(values).flatMap(([name, value]): [string, string][] => (name.startsWith(CHOICE_FIELD) ? [[name.slice(CHOICE_FIELD.length), value]] : []));

  const outcome = await applyProposal(ctx, applyForm.parse({ proposalId, fingerprint, choices: Object.fromEntries(chosen) }));
  if (outcome.ok) redirect(path);
  refresh(); // What follows the refusal is what the change would do now.
  return { refused: refused(outcome.error, ctx), values };
}
