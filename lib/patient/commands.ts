import type { Patient } from '@/lib/patient/schema';
import { Prisma } from '@/lib/platform/db';

/**
 * A table expression that writes a patient whom nobody knew, for a statement which has one named `taken`: nothing taken, nothing written. So
 * nobody is registered but with a booking (B-420). Violates `patient_nhs_number` when somebody else was quicker to write a patient with that number.
 */
export function newPatientSql(patient: Omit<Patient, 'isUnknown'>): Prisma.Sql {
  const { id, nhsNumber, givenName, familyName, birthDate, sex, addressLine, town, postcode, phone } = patient;
  return Prisma.sql`
    patient AS (
      INSERT INTO patient (id, nhs_number, given_name, family_name, birth_date, sex, address_line, town, postcode, phone)
      SELECT ${id}::uuid, ${nhsNumber}::char(10), ${givenName}, ${familyName}, ${birthDate}::date, ${sex}, ${addressLine}::text, ${town}::text, ${postcode}, ${phone}::text
      FROM taken
    )`;
}
