import type { Ctx } from '@/lib/auth/actor';
import type { CallPatient, StartCall } from '@/lib/booking/call.schema';
import { dueAt, isSearchable } from '@/lib/directory/disposition.rules';
import { placeFor } from '@/lib/directory/place.queries';
import { bankHolidays, resolveDisposition, resolvePractice, symptomGroups } from '@/lib/directory/queries';
import type { Disposition, Place } from '@/lib/directory/schema';
import { findPatient } from '@/lib/patient/queries';
import { estimatedBirthDate } from '@/lib/patient/rules';
import type { Patient } from '@/lib/patient/schema';
import { db } from '@/lib/platform/db';
import type { Refusal } from '@/lib/platform/errors';
import { isId, newId } from '@/lib/platform/id';
import { ok, refuse, type Result } from '@/lib/platform/result';
import { londonDate } from '@/lib/platform/time-words';

/** Everything that was typed to start a call, found. */
export type CallFacts = {
  patient: CallerPatient;
  place: Place;
  isAtHome: boolean;
  disposition: Disposition;
  dueAt: Date | null;
  practiceCode: string | null;
  symptomGroup: number | null;
  discriminators: number[];
};

type CallerPatient = FoundPatient & { postcode: string };

type FoundPatient = {
  id: string;
  kind: CallPatient['kind'];
  /** Of their home as the directory spells it; null while an unknown patient has only the place where they are. */
  postcode: string | null;
  phone: string | null;
  /** The appointment that the call is opened to move. */
  movesId: string | null;
  /** Of a patient who is in no register: the row is made with the call, and belongs to it. */
  newRow: Pick<Patient, 'givenName' | 'familyName' | 'birthDate' | 'sex' | 'isUnknown'> | null;
};

const REGISTERED = { movesId: null, newRow: null };
const NOBODY_KNOWS = 'Unknown';

/**
 * Finds what the form that starts a call speaks of. Symptom groups that do not exist, and discriminators that are not valid
 * in the group, are left out.
 *
 * Refuses with `patient-not-found`, `patient-deceased`, `appointment-not-found`, `postcode-unknown`, `postcode-not-covered`,
 * `disposition-unknown`, `disposition-ambiguous`, `disposition-not-bookable` (D-055), `practice-unknown` or
 * `practice-ambiguous`. Throws ForbiddenError without `patient:find`.
 */
export async function callFacts(ctx: Ctx, input: StartCall): Promise<Result<CallFacts, Refusal>> {
  const patient = await patientFor(ctx, input.patient);
  if (!patient.ok) return patient;
  const where = await placeOf(patient.value, input.postcode);
  if (!where.ok) return where;
  const disposition = await resolveDisposition(input.disposition);
  if (!disposition.ok) return disposition;
  if (!isSearchable(disposition.value)) return refuse({ code: 'disposition-not-bookable', disposition: disposition.value.code });
  const practice = input.practice === null ? ok({ code: null }) : await resolvePractice(input.practice);
  if (!practice.ok) return practice;

  return ok({
    ...where.value,
    disposition: disposition.value,
    dueAt: dueAt(disposition.value, ctx.now, await bankHolidays()),
    practiceCode: practice.value.code,
    ...(await symptomsOf(input)),
  });
}

async function patientFor(ctx: Ctx, patient: CallPatient): Promise<Result<FoundPatient, Refusal>> {
  switch (patient.kind) {
    case 'known': {
      const found = await findPatient(ctx, patient.nhsNumber);
      return found.ok ? ok({ ...REGISTERED, kind: 'known', id: found.value.id, postcode: found.value.postcode, phone: found.value.phone }) : found;
    }
    case 'typed': {
      const { homePostcode, phone, ...details } = patient.details;
      return ok({ kind: 'typed', id: newId(), postcode: homePostcode, phone, movesId: null, newRow: { ...details, isUnknown: false } });
    }
    case 'unknown': {
      const { ageYears, sex } = patient.details;
      const birthDate = estimatedBirthDate(ageYears, londonDate(ctx.now));
      const newRow = { givenName: NOBODY_KNOWS, familyName: NOBODY_KNOWS, birthDate, sex, isUnknown: true };
      return ok({ kind: 'unknown', id: newId(), postcode: null, phone: null, movesId: null, newRow });
    }
    case 'of-appointment':
      return patientOfAppointment(ctx, patient.appointmentId);
  }
}

/** The patient of an appointment that can still be moved (U-115): booked, and not begun. */
async function patientOfAppointment({ now }: Ctx, id: string): Promise<Result<FoundPatient, Refusal>> {
  const found = isId(id)
    ? await db.appointment.findFirst({
        where: { id, status: 'booked', startsAt: { gt: now } },
        select: { patient: { select: { id: true, postcode: true, phone: true, deceasedOn: true } } },
      })
    : null;
  if (!found) return refuse({ code: 'appointment-not-found' });
  const { deceasedOn, ...patient } = found.patient;
  return deceasedOn ? refuse({ code: 'patient-deceased' }) : ok({ ...patient, kind: 'of-appointment', movesId: id, newRow: null });
}

/** Where the patient is, and with a home postcode that was typed in spelt as the directory spells it. */
async function placeOf(patient: FoundPatient, postcode: string | null): Promise<Result<Pick<CallFacts, 'patient' | 'place' | 'isAtHome'>, Refusal>> {
  if (patient.postcode === null) {
    const here = await placeFor(postcode ?? '');
    return here.ok ? ok({ patient: { ...patient, postcode: here.value.postcode }, place: here.value, isAtHome: false }) : here;
  }
  const home = await placeFor(patient.postcode);
  // Somebody from Belfast who is in Leeds is seen in Leeds; but a home that is no postcode at all was mistyped.
  const isHomeNeeded = postcode === null || (patient.newRow !== null && !home.ok && home.error.code === 'postcode-unknown');
  if (isHomeNeeded && !home.ok) return home;

  const settled = { ...patient, postcode: home.ok ? home.value.postcode : patient.postcode };
  const here = postcode === null ? home : await placeFor(postcode);
  if (!here.ok) return here;
  return ok({ patient: settled, place: here.value, isAtHome: home.ok && home.value.postcode === here.value.postcode });
}

async function symptomsOf({ symptomGroup, discriminators }: StartCall): Promise<Pick<CallFacts, 'symptomGroup' | 'discriminators'>> {
  const group = symptomGroup === null ? undefined : (await symptomGroups()).find(({ id }) => id === symptomGroup);
  const valid = new Set(group?.discriminators.map(({ id }) => id));
  return { symptomGroup: group?.id ?? null, discriminators: [...new Set(discriminators)].filter((id) => valid.has(id)) };
}
