'use server';

import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { refused } from '@/components/layout/refusal-words';
import { formCtx } from '@/lib/auth/session';
import { proposeEdit } from '@/lib/booking/proposal.commands';
import { fieldErrors, formValues, type FormState } from '@/lib/platform/form';
import { newId } from '@/lib/platform/id';
import { closureForm } from '@/lib/schedule/closure-form.schema';
import { servicesShutBy } from '@/lib/schedule/closures.queries';

export async function proposeClosure(_before: FormState, form: FormData): Promise<FormState> {
  const values = formValues(form);
  const { serviceId = '' } = values;
  const ctx = await formCtx(form, `/schedules/${serviceId}/closures/new`);
  const input = closureForm(ctx.now).safeParse(values);
  if (!input.success) return { fields: fieldErrors(input.error), values };

  const outcome = await proposeEdit(ctx, { serviceId, edit: { kind: 'close', closureKind: 'closure', closureId: newId(), ...input.data } });
  if (outcome.ok) redirect(`/schedules/${serviceId}/proposals/${outcome.value.proposalId}`);
  return { refused: refused(outcome.error, ctx), values };
}

export async function proposeLift(_before: FormState, form: FormData): Promise<FormState> {
  const { serviceId = '', closureId = '' } = formValues(form);
  const ctx = await formCtx(form, `/schedules/${serviceId}/closures`);
  const serviceIds = await servicesShutBy(ctx, { serviceId, closureId });
  if (serviceIds.length === 0) {
    refresh(); // Somebody lifted it, or it has ended since.
    return { refused: refused({ code: 'closure-not-found' }, ctx), values: {} };
  }

  const outcome = await proposeEdit(ctx, { serviceId, edit: { kind: 'lift', serviceIds, closureId } });
  if (outcome.ok) redirect(`/schedules/${serviceId}/proposals/${outcome.value.proposalId}`);
  refresh();
  return { refused: refused(outcome.error, ctx), values: {} };
}
