'use server';

import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { refused } from '@/components/layout/refusal-words';
import { formCtx } from '@/lib/auth/session';
import { saveProfile } from '@/lib/directory/profile.commands';
import { profileChange, profileTarget } from '@/lib/directory/profile.schema';
import { fieldErrors, formValues, type FormState } from '@/lib/platform/form';

export async function save(_before: FormState, form: FormData): Promise<FormState> {
  const values = formValues(form);
  const target = profileTarget.parse(values);
  const isDate = values['section']?.startsWith('date') ?? false;
  const profile = `/schedules/${target.serviceId}/profile`;
  const ctx = await formCtx(form, `${profile}/${isDate ? 'dates' : values['section']}`);
  const input = profileChange.safeParse(values);
  if (!input.success) return { fields: fieldErrors(input.error), values };

  const outcome = await saveProfile(ctx, { ...target, change: input.data });
  if (outcome.ok) redirect(`${profile}${isDate ? '/dates' : ''}?saved=${input.data.section}`);
  const { error } = outcome;
  if (error.code === 'organisation-unknown') return { fields: { refusesFrom: refused(error, ctx).title }, values };
  refresh(); // What stands now becomes what the form saves over the next time.
  return { refused: refused(error, ctx), values };
}
