'use server';

import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { refused } from '@/components/layout/refusal-words';
import { formCtx } from '@/lib/auth/session';
import { answerApproval } from '@/lib/crossborder/approval.commands';
import { answerRequest } from '@/lib/crossborder/approval.schema';
import { setDuty } from '@/lib/crossborder/duty.commands';
import { dutyRequest } from '@/lib/crossborder/duty.schema';
import { fieldErrors, formValues, type FormState } from '@/lib/platform/form';
import { outcomeOf } from '@/lib/platform/outcome';

const APPROVALS = '/borders/approvals';

/** The field of words has the name of its question: a page has many. */
export async function answer(_before: FormState, form: FormData): Promise<FormState> {
  const values = formValues(form);
  const ctx = await formCtx(form, APPROVALS);
  const textField = `text-${values['approvalId']}`;
  const input = answerRequest.safeParse({ ...values, text: values[textField] ?? '' });
  if (!input.success) {
    const { text, ...others } = fieldErrors(input.error);
    return { fields: text ? { ...others, [textField]: text } : others, values };
  }

  const outcome = await outcomeOf(ctx, answerApproval(ctx, input.data));
  // Not a redirect: words typed at other questions stay. A reload is no second answer: that is refused.
  if (outcome.ok || outcome.error.code !== 'outcome-unknown') refresh();
  if (!outcome.ok) return { refused: refused(outcome.error, ctx), values };
  return { values: { approvalId: input.data.approvalId, answered: input.data.answer } };
}

export async function startDuty(_before: FormState, form: FormData): Promise<FormState> {
  const values = formValues(form);
  const ctx = await formCtx(form, APPROVALS);
  const input = dutyRequest(ctx.now).safeParse(values);
  if (!input.success) return { fields: fieldErrors(input.error), values };

  await setDuty(ctx, input.data);
  redirect(APPROVALS);
}

export async function endDuty(form: FormData): Promise<void> {
  const ctx = await formCtx(form, APPROVALS);
  await setDuty(ctx, { until: null });
  redirect(APPROVALS);
}
