import { newId } from '@/lib/platform/id';
import { field } from '../csv';
import { readRecords } from '../files';
import type { TableLoad } from '../steps';

const SEXES: Partial<Record<string, string>> = { female: 'female', male: 'male' };

/** The synthetic patients: NHS numbers of the range that is never issued, drama telephone numbers. */
export function patientRows(): TableLoad {
  return {
    table: 'patient',
    columns: ['id', 'nhs_number', 'given_name', 'family_name', 'birth_date', 'sex', 'address_line', 'town', 'postcode', 'phone'],
    key: null,
    rows: readRecords('synthetic-patients.csv').map((row) => [
      newId(),
      field(row, 'nhs_number'),
      field(row, 'given_name'),
      field(row, 'family_name'),
      field(row, 'birth_date'),
      SEXES[field(row, 'gender')] ?? 'indeterminate',
      field(row, 'address_line'),
      field(row, 'town'),
      field(row, 'postcode'),
      field(row, 'mobile_phone') || field(row, 'home_phone') || null,
    ]),
  };
}
