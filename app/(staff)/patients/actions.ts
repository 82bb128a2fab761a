'use server';

import { redirect } from 'next/navigation';
import { refused } from '@/components/layout/refusal-words';
import { candidateOf, NOBODY_FOUND } from '@/components/registry/patient-words';
import { formCtx } from '@/lib/auth/session';
import type { Candidate } from '@/lib/platform/errors';
import { fieldErrors, formValues, type FormState } from '@/lib/platform/form';
import { londonDate } from '@/lib/platform/time-words';
import { openPatient } from '@/lib/registry/access.commands';
import { accessReason } from '@/lib/registry/access.schema';
import { findPatients } from '@/lib/registry/patient.queries';
import { patientSearch } from '@/lib/registry/patient.schema';

export type FindPatientState = FormState & {
  /** Several who could be meant. */
  found?: readonly Candidate[];
};

/** A look-up is an action, not a GET form: a name or an NHS number must not stand in a URL. One of several who were found is the field `patientId`. */
export async function find(_before: FindPatientState, form: FormData): Promise<FindPatientState> {
  const { patientId: chosen, ...values } = formValues(form);
  const ctx = await formCtx(form, '/patients');
  const search = patientSearch(values['by'], londonDate(ctx.now)).safeParse(values);
  const reason = accessReason.safeParse(values);
  if (!search.success || !reason.success) return { fields: { ...(search.error && fieldErrors(search.error)), ...(reason.error && fieldErrors(reason.error)) }, values };

  const found = await findPatients(ctx, search.data);
  const patient = found.length === 1 ? found[0]?.patient : found.find((one) => one.patient.id === chosen)?.patient;
  if (found.length === 0) return { refused: NOBODY_FOUND[search.data.by], values };
  if (!patient) return { found: found.map((one) => candidateOf(one, ctx.now)), values };

  const outcome = await openPatient(ctx, { patientId: patient.id, ...reason.data });
  if (!outcome.ok) return { refused: refused(outcome.error, ctx), values };
  redirect(`/patients/${patient.id}`);
}
