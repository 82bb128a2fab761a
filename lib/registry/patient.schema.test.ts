import { expect, test } from 'vitest';
import { fieldErrors } from '@/lib/platform/form';
import { parseLocalDate } from '@/lib/platform/time';
import { openPatientRequest, patientSearch } from '@/lib/registry/patient.schema';

const TODAY = parseLocalDate('2026-11-24');
const DETAILS = { by: 'details', familyName: ' O’Neill ', birthDay: '5', birthMonth: '4', birthYear: '1961', homePostcode: 'ls1 4ap' };

function faults(values: Record<string, string>): Record<string, string> {
  const parsed = TODAY && patientSearch(values['by'], TODAY).safeParse(values);
  return parsed?.error ? fieldErrors(parsed.error) : {};
}

test('a number, or all the details', () => {
  expect(TODAY && patientSearch('nhs-number', TODAY).parse({ by: 'nhs-number', nhsNumber: '999 000 0018' })).toEqual({ by: 'nhs-number', nhsNumber: '9990000018' });
  expect(TODAY && patientSearch('details', TODAY).parse(DETAILS)).toEqual({ by: 'details', familyName: 'O’Neill', birthDate: '1961-04-05', postcode: 'ls1 4ap' });
});

test('each fault is told at its field, all at once', () => {
  expect(faults({})).toEqual({ nhsNumber: 'Enter the NHS number' });
  expect(faults({ by: 'rubbish', nhsNumber: '12' })).toEqual({ nhsNumber: 'NHS number must have 10 digits: this one has 2' });
  expect(faults({ by: 'details' })).toEqual({ familyName: 'Enter the last name', homePostcode: 'Enter the home postcode', birthDay: 'Enter the date of birth' });
  expect(Object.keys(faults({ ...DETAILS, familyName: 'x'.repeat(10_000), homePostcode: 'x'.repeat(10_000), birthDay: '31' }))).toEqual(['familyName', 'birthDay', 'homePostcode']);
});

test('a reason is for a patient', () => {
  const parsed = openPatientRequest.safeParse({ patientId: 'nobody', why: '' });
  expect(parsed.success ? {} : fieldErrors(parsed.error)).toMatchObject({ why: 'Choose why you need to look' });
  expect(Object.keys(parsed.success ? {} : fieldErrors(parsed.error)).sort()).toEqual(['patientId', 'why']);
});
