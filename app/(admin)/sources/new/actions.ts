'use server';

import { redirect } from 'next/navigation';
import { refused } from '@/components/layout/refusal-words';
import { formCtx } from '@/lib/auth/session';
import { fieldErrors, formValues, type FormState } from '@/lib/platform/form';
import { sourceForm } from '@/lib/registry/source.schema';
import { addSource } from '@/lib/registry/sources.commands';

export async function add(_before: FormState, form: FormData): Promise<FormState> {
  const values = formValues(form);
  const ctx = await formCtx(form, '/sources/new');
  const input = sourceForm.safeParse(values);
  if (!input.success) return { fields: fieldErrors(input.error), values };

  const outcome = await addSource(ctx, input.data);
  if (!outcome.ok) return { refused: refused(outcome.error, ctx), values };
  redirect(`/sources/${outcome.value.sourceId}?saved=added`);
}
