'use server';

import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { refused } from '@/components/layout/refusal-words';
import { formCtx } from '@/lib/auth/session';
import { agreementChoices, resolveAgreement } from '@/lib/crossborder/agreement-content.queries';
import { agreementForm, agreementTarget } from '@/lib/crossborder/agreement-form.schema';
import { changeDraft, createAgreement } from '@/lib/crossborder/agreement.commands';
import { fieldErrors, formValues } from '@/lib/platform/form';
import { londonDate } from '@/lib/platform/time-words';
import type { AgreementFormState } from './form-state';
import { lookAtTyped } from './look';
import { putIn, successorsFor } from './successors';

export async function save(_before: AgreementFormState, form: FormData): Promise<AgreementFormState> {
  const values = formValues(form);
  const target = agreementTarget.parse(values);
  const id = target.id || null;
  const ctx = await formCtx(form, id ? `/borders/agreements/${id}/${target.version}/edit` : '/borders/agreements/new');
  const put = putIn(values);
  if (put) return { ...put, look: await lookAtTyped(ctx, { id, values: put.values }) };
  const look = await lookAtTyped(ctx, { id, values });
  if (values['intent'] === 'check') return { values, look };
  const input = agreementForm(londonDate(ctx.now), await agreementChoices()).safeParse(values);
  if (!input.success) return { fields: fieldErrors(input.error), values, look };

  const content = await resolveAgreement(input.data);
  const outcome = content.ok ? await (id ? changeDraft(ctx, { ...target, content: content.value }) : createAgreement(ctx, content.value)) : content;
  if (outcome.ok) redirect(`/borders/agreements/${outcome.value.id}/${outcome.value.version}?done=saved`);
  // What stands now becomes what the form saves over the next time.
  if (outcome.error.code === 'agreement-changed') refresh();
  return { refused: refused(outcome.error, ctx), successors: await successorsFor(outcome.error, values), values, look };
}
