'use server';

import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { refused } from '@/components/layout/refusal-words';
import { formCtx } from '@/lib/auth/session';
import { setContacts } from '@/lib/booking/contacts.commands';
import { contactsForm } from '@/lib/patient/contacts.schema';
import { fieldErrors, formValues, type FormState } from '@/lib/platform/form';
import { backFrom } from '../back';

export async function save(_before: FormState, form: FormData): Promise<FormState> {
  const values = formValues(form);
  const callId = values['callId'] ?? '';
  const ctx = await formCtx(form, `/calls/${callId}/contacts`);
  const input = contactsForm.safeParse(values);
  if (!input.success) return { fields: fieldErrors(input.error), values };

  const outcome = await setContacts(ctx, { callId, contacts: input.data });
  refresh(); // The call bar shows them; refused, the call may have ended, or be with another by now.
  if (outcome.ok) redirect(`/calls/${callId}/${backFrom(values['back'])}`);
  return { refused: refused(outcome.error, ctx), values };
}
