'use server';

import { headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { refused } from '@/components/layout/refusal-words';
import { returnPath } from '@/lib/auth/return-path.rules';
import { signInForm } from '@/lib/auth/schema';
import { openSession } from '@/lib/auth/session';
import { signIn } from '@/lib/auth/sign-in.commands';
import { isDemonstration } from '@/lib/platform/env';
import { fieldErrors, formValues, type FormState } from '@/lib/platform/form';
import { newId } from '@/lib/platform/id';
import { readClock } from '@/lib/platform/time';

export async function signInWithPassword(_before: FormState, form: FormData): Promise<FormState> {
  if (!isDemonstration()) notFound();
  const typed = formValues(form);
  // A password is never sent back to the page.
  const values = { email: typed['email'] ?? '' };
  const input = signInForm.safeParse(typed);
  if (!input.success) return { fields: fieldErrors(input.error), values };

  const request = { now: readClock(), requestId: newId() };
  const outcome = await signIn(request, { ...input.data, address: await networkAddress() });
  if (!outcome.ok) return { refused: refused(outcome.error, request), values };
  await openSession(outcome.value.staffId);
  redirect(returnPath(typed['from']));
}

// The last address is the one that the nearest proxy, or Next itself, saw; the ones before it anybody can write.
async function networkAddress(): Promise<string> {
  const forwarded = (await headers()).get('x-forwarded-for') ?? '';
  return forwarded.split(',').at(-1)?.trim() ?? '';
}
