'use server';

import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { refused } from '@/components/layout/refusal-words';
import { formCtx } from '@/lib/auth/session';
import { formValues, type FormState } from '@/lib/platform/form';
import { sourceSwitch } from '@/lib/registry/source.schema';
import { switchSource } from '@/lib/registry/sources.commands';

export async function switchTo(_before: FormState, form: FormData): Promise<FormState> {
  const { sourceId, version, to } = sourceSwitch.parse(formValues(form));
  const ctx = await formCtx(form, `/sources/${sourceId}`);
  const outcome = await switchSource(ctx, { sourceId, version, isOn: to === 'on' });
  if (outcome.ok) redirect(`/sources/${sourceId}?saved=${to}`);
  refresh(); // Shown as it is now, and switched from there the next time.
  return { refused: refused(outcome.error, ctx), values: {} };
}
