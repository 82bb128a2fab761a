import { describe, expect, test } from 'vitest';
import { ageWords, contactsWords, firstContactWords, patientCard } from '@/components/call/patient-words';
import type { Contact } from '@/lib/patient/contacts.schema';
import type { Patient } from '@/lib/patient/schema';
import { localDateFrom } from '@/lib/platform/time';
import type { LocalDate } from '@/lib/platform/time-words';

const NOW = new Date('2026-11-24T10:00:00Z');
const MOTHER = { name: 'Ada Notreal', relationship: 'Mother' };
const OF_MOTHER: Contact = { rank: 1, isPatient: false, ...MOTHER, phone: '07700 900153' };
const OWN: Contact = { rank: 2, isPatient: true, name: null, relationship: null, phone: '01632 960001' };

function date(year: number, month: number, day: number): LocalDate {
  const found = localDateFrom(year, month, day);
  if (!found) throw new Error('no such date');
  return found;
}

function patient(given: Partial<Patient>): Patient {
  const names = { id: 'a-patient', nhsNumber: null, givenName: 'Tomasz', familyName: 'Notreal', birthDate: date(1984, 3, 2), sex: 'male' } as const;
  return { ...names, addressLine: null, town: 'Leeds', postcode: 'LS1 4AP', phone: null, isUnknown: false, ...given };
}

describe('a patient in words', () => {
  test('name, age first, birth date, sex and home', () => {
    expect(patientCard(patient({}), NOW)).toEqual({ id: 'a-patient', name: 'NOTREAL, Tomasz', about: '42 years · born 2 Mar 1984 · male', address: 'Leeds, LS1 4AP' });
  });

  test('an unknown one is never given a name or a birth date, and the age is an estimate', () => {
    const unknown = patient({ givenName: 'Unknown', familyName: 'Unknown', birthDate: date(1986, 11, 24), sex: 'indeterminate', isUnknown: true });
    expect(patientCard(unknown, NOW)).toMatchObject({ name: 'Unknown patient', about: 'about 40 years · sex not known' });
  });

  test.each([
    [date(2024, 11, 6), '2 years'],
    [date(2025, 9, 24), '14 months'],
    [date(2026, 11, 15), '9 days'],
  ])('D-003: born on %s is %s', (birthDate, words) => {
    expect(ageWords(birthDate, NOW)).toBe(words);
  });
});

describe('whom to ring', () => {
  test('U-148, U-149: the first by name and relationship, the others after it in their order', () => {
    expect(contactsWords({ caller: MOTHER, contacts: [OF_MOTHER, OWN] })).toEqual(['ring first: Mother, Ada Notreal, the caller, 07700 900153', 'then: the patient, 01632 960001']);
  });

  test('where there is no room, the first alone, and how many more', () => {
    expect(firstContactWords({ caller: MOTHER, contacts: [OF_MOTHER, OWN] })).toEqual(['ring first: Mother, Ada Notreal, the caller, 07700 900153', '1 more']);
    expect(firstContactWords({ caller: null, contacts: [{ ...OWN, rank: 1 }] })).toEqual(['caller: the patient', 'ring first: 01632 960001']);
    expect(firstContactWords({ caller: null, contacts: [] })).toEqual(['caller: the patient', 'no number to ring']);
  });

  test('a caller whose number is not among them is named before them', () => {
    expect(contactsWords({ caller: MOTHER, contacts: [{ ...OWN, rank: 1 }] })).toEqual(['caller: Mother, Ada Notreal', 'ring first: the patient, 01632 960001']);
  });

  test('a patient who calls and has one number', () => {
    expect(contactsWords({ caller: null, contacts: [{ ...OWN, rank: 1 }] })).toEqual(['caller: the patient', 'ring first: 01632 960001']);
  });

  test('no number is said to be missing', () => {
    expect(contactsWords({ caller: null, contacts: [] })).toEqual(['caller: the patient', 'no number to ring']);
  });
});
