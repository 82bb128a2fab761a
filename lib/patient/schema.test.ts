import { describe, expect, test } from 'vitest';
import { patientDetails, unknownDetails } from '@/lib/patient/schema';
import { fieldErrors } from '@/lib/platform/form';
import { londonDate } from '@/lib/platform/time-words';

const TODAY = londonDate(new Date('2026-11-24T10:00:00Z'));
const TYPED = { givenName: 'Tomasz', familyName: 'Notreal', birthDay: '2', birthMonth: '3', birthYear: '1984', sex: 'male', homePostcode: 'ls14ap', phone: '' };

function faults(changed: Record<string, string>): Record<string, string> {
  const parsed = patientDetails(TODAY).safeParse({ ...TYPED, ...changed });
  return parsed.success ? {} : fieldErrors(parsed.error);
}

describe('details of a patient typed in', () => {
  test('what is typed comes out trimmed, as one line, with the date as one value and an empty phone as none', () => {
    expect(patientDetails(TODAY).parse({ ...TYPED, givenName: '  Anna\n\u0000 Maria ' })).toEqual({
      givenName: 'Anna Maria',
      familyName: 'Notreal',
      birthDate: '1984-03-02',
      sex: 'male',
      homePostcode: 'ls14ap',
      phone: null,
    });
  });

  test('all faults are told at once, each at its field', () => {
    const parsed = patientDetails(TODAY).safeParse({});
    expect(parsed.success ? {} : fieldErrors(parsed.error)).toEqual({
      givenName: 'Enter the first name',
      familyName: 'Enter the last name',
      birthDay: 'Enter the date of birth',
      sex: 'Choose the sex',
      homePostcode: 'Enter the home postcode',
    });
  });

  test('a name of 10,000 characters is told to be too long, and script tags are only text', () => {
    expect(faults({ givenName: 'x'.repeat(10_000) })).toEqual({ givenName: 'The first name must have 70 characters or fewer: shorten it' });
    expect(faults({ familyName: '<script>alert(1)</script>' })).toEqual({});
  });

  test.each([
    [{ birthDay: '30', birthMonth: '2' }, /real date/],
    [{ birthDay: 'two' }, /real date/],
    [{ birthYear: '84' }, /real date/],
    [{ birthMonth: '' }, /real date/],
    [{ birthDay: '25', birthMonth: '11', birthYear: '2026' }, /future/],
    [{ birthDay: '23', birthMonth: '11', birthYear: '1896' }, /130 years/],
    [{ birthYear: '0001' }, /130 years/],
  ])('a date of birth of %o is refused', (changed, message) => {
    const found = faults(changed);
    expect(Object.keys(found)).toEqual(['birthDay']);
    expect(found['birthDay']).toMatch(message);
  });

  test.each([
    { birthDay: '24', birthMonth: '11', birthYear: '2026' },
    { birthDay: '24', birthMonth: '11', birthYear: '1896' },
    { birthDay: '29', birthMonth: '02', birthYear: '2024' },
  ])('a date of birth of %o is taken', (changed) => {
    expect(faults(changed)).toEqual({});
  });

  test.each(['07700 900153', '+44 7700 900153', '(01632) 960001', '01632-960-001'])('the phone number %s is taken', (phone) => {
    expect(faults({ phone })).toEqual({});
  });

  test.each(['12', 'ask his wife', '+1 555 0100', '07700 900153 00000'])('the phone number %s is refused', (phone) => {
    expect(faults({ phone })).toEqual({ phone: 'Enter a phone number like 01632 960001 or 07700 900153' });
  });
});

describe('an unknown patient', () => {
  test.each([
    ['0', 0],
    [' 40 ', 40],
    ['129', 129],
  ])('an age of about %s years is taken', (ageYears, expected) => {
    expect(unknownDetails.parse({ ageYears, sex: 'indeterminate' })).toEqual({ ageYears: expected, sex: 'indeterminate' });
  });

  test.each(['', '130', '-1', '4.5', 'forty', '9'.repeat(10_000)])('an age of "%.10s" is refused in words', (ageYears) => {
    const parsed = unknownDetails.safeParse({ ageYears, sex: 'male' });
    expect(parsed.success ? {} : fieldErrors(parsed.error)).toEqual({ ageYears: 'Enter about how old the patient is: a whole number of years from 0 to 129' });
  });

  test('both faults are told at once', () => {
    const parsed = unknownDetails.safeParse({});
    expect(Object.keys(parsed.success ? {} : fieldErrors(parsed.error)).sort()).toEqual(['ageYears', 'sex']);
  });
});
