import { describe, expect, test } from 'vitest';
import { startCall } from '@/lib/booking/call.schema';
import { fieldErrors } from '@/lib/platform/form';
import { londonDate } from '@/lib/platform/time-words';

const FORM = startCall(londonDate(new Date('2026-11-24T10:00:00Z')));
const KNOWN = { nhsNumber: '999 747 8347', callerIs: 'patient', disposition: 'Dx05' };
const DETAILS = { givenName: 'Tomasz', familyName: 'Notreal', birthDay: '2', birthMonth: '3', birthYear: '1984', sex: 'male', homePostcode: 'LS1 4AP', phone: '' };

function faults(values: Record<string, string>): Record<string, string> {
  const parsed = FORM.safeParse(values);
  return parsed.success ? {} : fieldErrors(parsed.error);
}

describe('the form that starts a call', () => {
  test('a number, a caller and a disposition are enough: at home, nothing else', () => {
    expect(FORM.parse(KNOWN)).toEqual({
      patient: { kind: 'known', nhsNumber: '9997478347' },
      caller: null,
      callbackPhone: null,
      postcode: null,
      disposition: 'Dx05',
      practice: null,
      symptomGroup: null,
      discriminators: [],
    });
  });

  test('without a number the details count, and with both the number does', () => {
    expect(FORM.parse({ ...KNOWN, ...DETAILS, nhsNumber: ' ' }).patient).toMatchObject({ kind: 'typed', details: { familyName: 'Notreal', birthDate: '1984-03-02' } });
    expect(FORM.parse({ ...KNOWN, ...DETAILS }).patient.kind).toBe('known');
  });

  test('an unknown patient is an estimated age, a sex and a place; a number counts before that', () => {
    const unknown = { ...KNOWN, nhsNumber: '', patientIs: 'unknown', ageYears: '40', sex: 'female', postcode: 'LS1 4AP' };
    expect(FORM.parse(unknown).patient).toEqual({ kind: 'unknown', details: { ageYears: 40, sex: 'female' } });
    expect(FORM.parse({ ...unknown, ...DETAILS }).patient.kind).toBe('unknown');
    expect(FORM.parse({ ...unknown, nhsNumber: '999 747 8347' }).patient.kind).toBe('known');
    expect(faults({ callerIs: 'patient', disposition: 'Dx05', patientIs: 'unknown' })).toEqual({
      ageYears: 'Enter about how old the patient is: a whole number of years from 0 to 129',
      sex: 'Choose the sex',
      postcode: 'Enter where the patient is: nobody knows where they live',
    });
  });

  test('the patient of an appointment that is to be moved counts before anything typed', () => {
    const movesId = '019abc00-0000-7000-8000-000000000001';
    expect(FORM.parse({ callerIs: 'patient', disposition: 'Dx05', movesId }).patient).toEqual({ kind: 'of-appointment', appointmentId: movesId });
    expect(FORM.parse({ ...KNOWN, ...DETAILS, movesId }).patient.kind).toBe('of-appointment');
  });

  test('somebody else who calls has a name and a relationship', () => {
    expect(FORM.parse({ ...KNOWN, callerIs: 'other', callerName: 'Ada Notreal', callerRelationship: 'Mother' }).caller).toEqual({ name: 'Ada Notreal', relationship: 'Mother' });
    expect(faults({ ...KNOWN, callerIs: 'other' })).toEqual({ callerName: 'Enter the name of the caller', callerRelationship: 'Enter the relationship to the patient' });
  });

  test('an empty form tells every fault at once', () => {
    expect(faults({})).toEqual({
      nhsNumber: 'Enter the NHS number, or the details of the patient',
      callerIs: 'Choose who is calling',
      disposition: 'Enter the disposition, as a code or in words',
    });
  });

  test('half the details tell what is missing of them', () => {
    expect(Object.keys(faults({ callerIs: 'patient', disposition: 'Dx05', givenName: 'Tomasz' })).sort()).toEqual(['birthDay', 'familyName', 'homePostcode', 'sex']);
  });

  test('symptom ids come from a comma list; what is no id is dropped', () => {
    expect(FORM.parse({ ...KNOWN, symptomGroup: '1203', discriminators: '4003, 4052,x,-1,' })).toMatchObject({ symptomGroup: 1203, discriminators: [4003, 4052] });
  });

  test('10,000 characters are refused in words, in whichever field', () => {
    const long = 'x'.repeat(10_000);
    expect(Object.keys(faults({ ...KNOWN, postcode: long, disposition: long, practice: long, callbackPhone: long })).sort()).toEqual(['callbackPhone', 'disposition', 'postcode', 'practice']);
  });
});
