import { z } from 'zod';
import { nhsNumber, type NhsNumber } from '@/lib/patient/nhs-number.schema';
import { oneLine, optionalPhone, patientDetails, requiredLine, typedPostcode, unknownDetails, type PatientDetails, type UnknownDetails } from '@/lib/patient/schema';
import type { LocalDate } from '@/lib/platform/time-words';

/** Who the call is about: somebody in the register, details typed in, somebody unknown, or the patient of an appointment that is to be moved. */
export type CallPatient =
  | { kind: 'known'; nhsNumber: NhsNumber }
  | { kind: 'typed'; details: PatientDetails }
  | { kind: 'unknown'; details: UnknownDetails }
  | { kind: 'of-appointment'; appointmentId: string };

const MAX_TYPED = 200;
const DETAIL_FIELDS = ['givenName', 'familyName', 'birthDay', 'birthMonth', 'birthYear', 'sex', 'homePostcode'];

/**
 * The form that starts a call, from flat values; `today` is the date in London. All faults are told at once.
 * The patient of an appointment to move counts before an NHS number, that before "unknown", and that before typed details.
 * An empty postcode means that the patient is at home; of an unknown one it must be typed.
 */
export function startCall(today: LocalDate) {
  return z.intersection(z.intersection(patient(today), caller), need);
}

export type StartCall = z.infer<ReturnType<typeof startCall>>;

const caller = z
  .object({ callerIs: z.enum(['patient', 'other'], 'Choose who is calling'), callerName: oneLine, callerRelationship: oneLine })
  .transform((typed, context) => {
    if (typed.callerIs === 'patient') return { caller: null };
    const other = otherCaller.safeParse({ callerName: typed.callerName, callerRelationship: typed.callerRelationship });
    if (other.success) return { caller: { name: other.data.callerName, relationship: other.data.callerRelationship } };
    other.error.issues.forEach((issue) => context.addIssue({ code: 'custom', path: issue.path, message: issue.message }));
    return z.NEVER;
  });

const otherCaller = z.object({
  callerName: requiredLine('name of the caller', 100),
  callerRelationship: requiredLine('relationship to the patient', 100),
});

const need = z.object({
  callbackPhone: optionalPhone,
  postcode: typedPostcode.transform((typed) => typed || null),
  disposition: requiredLine('disposition, as a code or in words', MAX_TYPED),
  practice: oneLine.pipe(z.string().max(MAX_TYPED, 'That is too long for a practice: enter its code or part of its name')).transform((typed) => typed || null),
  symptomGroup: oneLine.transform((typed) => idsIn(typed)[0] ?? null),
  discriminators: oneLine.transform(idsIn),
});

function patient(today: LocalDate) {
  const details = patientDetails(today);
  return z.looseObject({ movesId: oneLine, nhsNumber: oneLine, patientIs: oneLine, postcode: oneLine }).transform((typed, context): { patient: CallPatient } => {
    const fail = (issues: readonly { path: PropertyKey[]; message: string }[]) => {
      issues.forEach(({ path, message }) => context.addIssue({ code: 'custom', path, message }));
      return z.NEVER;
    };
    if (typed.movesId !== '') return { patient: { kind: 'of-appointment', appointmentId: typed.movesId } };
    if (typed.nhsNumber === '' && typed.patientIs === 'unknown') {
      const found = whoIsUnknown.safeParse(typed);
      return found.success ? { patient: { kind: 'unknown', details: found.data } } : fail(found.error.issues);
    }
    if (typed.nhsNumber === '' && DETAIL_FIELDS.some((field) => Boolean(typed[field]))) {
      const found = details.safeParse(typed);
      return found.success ? { patient: { kind: 'typed', details: found.data } } : fail(found.error.issues);
    }
    if (typed.nhsNumber === '') return fail([{ path: ['nhsNumber'], message: 'Enter the NHS number, or the details of the patient' }]);
    const found = z.object({ nhsNumber }).safeParse(typed);
    return found.success ? { patient: { kind: 'known', nhsNumber: found.data.nhsNumber } } : fail(found.error.issues);
  });
}

const whoIsUnknown = z
  .intersection(unknownDetails, z.object({ postcode: oneLine.refine((typed) => typed !== '', 'Enter where the patient is: nobody knows where they live') }))
  .transform(({ ageYears, sex }): UnknownDetails => ({ ageYears, sex }));

/** Ids of symptom groups and discriminators from a comma list; anything that is no id is dropped. */
function idsIn(typed: string): number[] {
  const parts = typed.split(',').map((part) => part.trim());
  return parts.filter((part) => /^\d{1,9}$/.test(part)).map(Number);
}
