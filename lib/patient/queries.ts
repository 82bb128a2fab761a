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
  isUnknown: true,
} as const;

type PatientRow = Omit<Patient, 'birthDate' | 'sex'> & { birthDate: Date; sex: string };

/**
 * The patient with this NHS number, to start a call for. Every outcome is audited, by the patient's id and never by the number.
 *
 * Refuses with `patient-not-found` or `patient-deceased`. Throws ForbiddenError without `patient:find`.
 */
export async function findPatient(ctx: Ctx, nhsNumber: NhsNumber): Promise<Result<Patient, RefusalOf<'patient-not-found' | 'patient-deceased'>>> {
  requirePermission(ctx.actor, 'patient:find');

  const row = await db.patient.findFirst({ where: { nhsNumber }, select: { ...PATIENT_COLUMNS, deceasedOn: true } });
  if (!row) {
    await record(db, ctx, { type: 'patient.not-found' });
    return refuse({ code: 'patient-not-found' });
  }
  await record(db, ctx, { type: 'patient.found', subject: row.id, patientId: row.id, detail: { isDeceased: row.deceasedOn !== null } });
  return row.deceasedOn ? refuse({ code: 'patient-deceased' }) : ok(patientOf(row));
}

/** A row that has PATIENT_COLUMNS as the patient that screens know, and nothing else of the row. */
export function patientOf(row: PatientRow): Patient {
  const { id, nhsNumber, givenName, familyName, addressLine, town, postcode, phone, isUnknown } = row;
  return { id, nhsNumber, givenName, familyName, birthDate: fromDateColumn(row.birthDate), sex: sex.parse(row.sex), addressLine, town, postcode, phone, isUnknown };
}
