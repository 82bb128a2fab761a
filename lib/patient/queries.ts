import { record } from '@/lib/audit/record';
import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import type { NhsNumber } from '@/lib/patient/nhs-number.schema';
import { sex, type Patient } from '@/lib/patient/schema';
import { db } from '@/lib/platform/db';
import type { RefusalOf } from '@/lib/platform/errors';
import { ok, refuse, type Result } from '@/lib/platform/result';
import { fromDateColumn } from '@/lib/platform/time';

/** What a query selects of a patient for `patientOf`. */
export const PATIENT_COLUMNS = {
  id: true,
  nhsNumber: true,
  givenName: true,
  familyName: true,
  birthDate: true,
  sex: true,
  addressLine: true,
  town: true,
  postcode: true,
  phone: true,
} as const;

type PatientRow = Omit<Patient, 'birthDate' | 'sex'> & { birthDate: Date; sex: string };

/**
 * The patient with this NHS number. Both outcomes are audited, by the patient's id and never by the number.
 *
 * Refuses with `patient-not-found`. Throws ForbiddenError without `patient:find`.
 */
export async function findPatient(ctx: Ctx, nhsNumber: NhsNumber): Promise<Result<Patient, RefusalOf<'patient-not-found'>>> {
  requirePermission(ctx.actor, 'patient:find');

  const row = await db.patient.findFirst({ where: { nhsNumber }, select: PATIENT_COLUMNS });
  if (!row) {
    await record(db, ctx, { type: 'patient.not-found' });
    return refuse({ code: 'patient-not-found' });
  }
  await record(db, ctx, { type: 'patient.found', subject: row.id, patientId: row.id });
  return ok(patientOf(row));
}

/** A row of PATIENT_COLUMNS as the patient that screens know. */
export function patientOf(row: PatientRow): Patient {
  return { ...row, birthDate: fromDateColumn(row.birthDate), sex: sex.parse(row.sex) };
}
