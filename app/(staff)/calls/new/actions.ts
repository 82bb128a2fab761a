'use server';

import { redirect } from 'next/navigation';
import { formCtx } from '@/lib/auth/session';
import { startCall as startCallForm } from '@/lib/booking/call.schema';
import { startCall } from '@/lib/booking/call.commands';
import { findPatient } from '@/lib/patient/queries';
import { nhsNumber } from '@/lib/patient/nhs-number.schema';
import { refused } from '@/components/layout/refusal-words';
import { patientCard, type PatientCard } from '@/components/call/patient-words';
import { fieldErrors, formValues, type FormState } from '@/lib/platform/form';
import { londonDate } from '@/lib/platform/time-words';

export type CallFormState = FormState & {
  /** Found in the register and shown, to be checked with the caller before the call starts. */
  patient?: PatientCard;
};

/**
 * Starts the call; an NHS number that was not looked up yet is looked up first, so that nobody is booked unseen.
 * A look-up is an action here, not a GET form: an NHS number must not stand in a URL.
 */
export async function start(_before: CallFormState, form: FormData): Promise<CallFormState> {
  const values = withPicks(formValues(form));
  const ctx = await formCtx(form, values['movesId'] ? `/calls/new?moves=${values['movesId']}` : '/calls/new');
  const isToBeFound = values['intent'] === 'find' || Boolean(values['nhsNumber']?.trim());
  const patient = isToBeFound ? await lookUp(ctx, values['nhsNumber'] ?? '') : undefined;
  if (patient && 'fields' in patient) return { ...patient, values };
  if (patient && !patient.ok) return { refused: refused(patient.error, ctx), values };

  const found = patient ? { patient: patientCard(patient.value, ctx.now) } : {};
  if (patient && values['checkedPatient'] !== patient.value.id) return { ...found, values };

  const input = startCallForm(londonDate(ctx.now)).safeParse(values);
  if (!input.success) return { fields: fieldErrors(input.error), values, ...found };
  const outcome = await startCall(ctx, input.data);
  if (!outcome.ok) return { refused: refused(outcome.error, ctx), values, ...found };
  redirect(`/calls/${outcome.value.callId}/services`);
}

async function lookUp(ctx: Awaited<ReturnType<typeof formCtx>>, typed: string) {
  const number = nhsNumber.safeParse(typed);
  if (!number.success) return { fields: { nhsNumber: number.error.issues[0]?.message ?? 'Enter the NHS number' } };
  return findPatient(ctx, number.data);
}

// One of several that the typed words could mean, chosen by its button.
function withPicks(values: Record<string, string>): Record<string, string> {
  return {
    ...values,
    ...(values['pickDisposition'] ? { disposition: values['pickDisposition'] } : {}),
    ...(values['pickPractice'] ? { practice: values['pickPractice'] } : {}),
  };
}
