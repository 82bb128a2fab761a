import { z } from 'zod';
import { nhsNumber, type NhsNumber } from '@/lib/patient/nhs-number.schema';
import { birthDate, requiredLine, typedPostcode, type Patient } from '@/lib/patient/schema';
import type { LocalDate } from '@/lib/platform/time-words';
import { accessReason } from '@/lib/registry/access.schema';

const MAX_NAME = 70;

/** How somebody looks for a patient outside a call: by number, or by all that a patient without one is recognised by. */
export type PatientSearch = { by: 'nhs-number'; nhsNumber: NhsNumber } | { by: 'details'; familyName: string; birthDate: LocalDate; postcode: string };

/** A patient as the register has them, who may have died. */
export type RegisteredPatient = { patient: Patient; deceasedOn: LocalDate | null };

/** A patient at whom somebody may look outside a call, with when they gave the reason and until when it holds. */
export type OpenedPatient = RegisteredPatient & { reasonAt: Date; holdsUntil: Date };

/** The search for a patient, from the fields of the form that `by` names; `today` is the date in London. */
export function patientSearch(by: string | undefined, today: LocalDate): z.ZodType<PatientSearch> {
  if (by !== 'details') return z.object({ by: z.literal('nhs-number').catch('nhs-number'), nhsNumber });
  const name = z.object({ by: z.literal('details'), familyName: requiredLine('last name', MAX_NAME) });
  const home = z.object({ homePostcode: typedPostcode.refine((typed) => typed !== '', 'Enter the home postcode') });
  // In the order of the fields, which is that of the summary of faults.
  return z.intersection(z.intersection(name, birthDate(today)), home).transform(({ homePostcode: postcode, ...search }) => ({ ...search, postcode }));
}

/** What the form sends by which somebody gives a reason to look at one patient. */
export const openPatientRequest = z.intersection(z.object({ patientId: z.uuid() }), accessReason);
