'use server';

import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { refused } from '@/components/layout/refusal-words';
import { formCtx } from '@/lib/auth/session';
import { callFor } from '@/lib/booking/call.queries';
import { fieldErrors, formValues, type FormState } from '@/lib/platform/form';
import { linkEntry, unlinkEntry } from '@/lib/registry/link.commands';
import { linkRequest } from '@/lib/registry/schema';
import { callPageFrom } from './back';

export async function link(_before: FormState, form: FormData): Promise<FormState> {
  return say(form, linkEntry);
}

export async function unlink(_before: FormState, form: FormData): Promise<FormState> {
  return say(form, unlinkEntry);
}

async function say(form: FormData, command: typeof linkEntry): Promise<FormState> {
  const values = formValues(form);
  const callId = values['callId'] ?? '';
  const ctx = await formCtx(form, `/calls/${callId}/same-person?entry=${values['entryId'] ?? ''}`);
  const input = linkRequest.safeParse(values);
  if (!input.success) return { fields: fieldErrors(input.error), values };

  // Whose it is said to be is the call's patient, whatever the form says.
  const call = await callFor(ctx, callId);
  if (!call?.isMine) redirect(`/calls/${callId}/services`);
  const outcome = await command(ctx, { ...input.data, patient: call.patient });
  if (outcome.ok) redirect(callPageFrom(callId, values['back']));
  refresh(); // The page shows the entry as it is now.
  return { refused: refused(outcome.error, ctx), values };
}
