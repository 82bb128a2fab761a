'use server';

import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { refused } from '@/components/layout/refusal-words';
import type { Ctx } from '@/lib/auth/actor';
import { formCtx } from '@/lib/auth/session';
import { agreementTarget, declineForm } from '@/lib/crossborder/agreement-form.schema';
import { agreeTo, cloneAgreement, declineAgreement, newVersion, proposeAgreement, takeBack, withdrawAgreement } from '@/lib/crossborder/agreement.commands';
import type { Refusal } from '@/lib/platform/errors';
import { fieldErrors, formValues, type FormState } from '@/lib/platform/form';

const STEPS = { propose: proposeAgreement, 'take-back': takeBack, agree: agreeTo, withdraw: withdrawAgreement, 'new-version': newVersion, clone: cloneAgreement } as const;
const MAKES_A_DRAFT = new Set(['new-version', 'clone']);

export async function take(_before: FormState, form: FormData): Promise<FormState> {
  const values = formValues(form);
  const target = agreementTarget.parse(values);
  const ctx = await formCtx(form, pathOf(target));
  const step = Object.entries(STEPS).find(([name]) => name === values['step']);
  if (!step) return { values };
  const [name, command] = step;
  const outcome = await command(ctx, target);
  if (!outcome.ok) return refusedState(ctx, { refusal: outcome.error, values });
  redirect(MAKES_A_DRAFT.has(name) ? `${pathOf(outcome.value)}/edit` : `${pathOf(target)}?done=${name}`);
}

export async function decline(_before: FormState, form: FormData): Promise<FormState> {
  const values = formValues(form);
  const target = agreementTarget.parse(values);
  const ctx = await formCtx(form, pathOf(target));
  const input = declineForm.safeParse(values);
  if (!input.success) return { fields: fieldErrors(input.error), values };

  const outcome = await declineAgreement(ctx, input.data);
  if (!outcome.ok) return refusedState(ctx, { refusal: outcome.error, values });
  redirect(`${pathOf(target)}?done=decline`);
}

function refusedState(ctx: Ctx, { refusal, values }: { refusal: Refusal; values: Record<string, string> }): FormState {
  // What stands now is shown beside what was refused.
  refresh();
  return { refused: refused(refusal, ctx), values };
}

function pathOf({ id, version }: { id: string; version: number }): string {
  return `/borders/agreements/${id}/${version}`;
}
