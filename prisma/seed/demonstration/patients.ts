import { patientRow } from '@/prisma/factories/rows';
import { field } from '../csv';
import { readRecords } from '../files';
import { copyOf, type TableLoad } from '../steps';

/** One who is marked deceased, to show what is refused then: by NHS number, with the date. */
export const DECEASED_PATIENT = { nhsNumber: '9999994717', on: new Date('2026-02-14T00:00:00Z') };

const SEXES: Partial<Record<string, string>> = { female: 'female', male: 'male' };

/** The synthetic patients: NHS numbers of the range that is never issued, drama telephone numbers. */
export function patientRows(): TableLoad {
  return copyOf(
    'patient',
    readRecords('synthetic-patients.csv').map((row) =>
      patientRow({
        nhsNumber: field(row, 'nhs_number'),
        givenName: field(row, 'given_name'),
        familyName: field(row, 'family_name'),
        birthDate: new Date(`${field(row, 'birth_date')}T00:00:00Z`),
        sex: SEXES[field(row, 'gender')] ?? 'indeterminate',
        addressLine: field(row, 'address_line'),
        town: field(row, 'town'),
        postcode: field(row, 'postcode'),
        phone: field(row, 'mobile_phone') || field(row, 'home_phone') || null,
        deceasedOn: field(row, 'nhs_number') === DECEASED_PATIENT.nhsNumber ? DECEASED_PATIENT.on : null,
      }),
    ),
  );
}
