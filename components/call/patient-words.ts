import type { Patient } from '@/lib/patient/schema';
import { ageOn } from '@/lib/platform/time';
import { birthDateWords, londonDate, type LocalDate } from '@/lib/platform/time-words';

/** `2 years`, `14 months` under two years, `9 days` under a month: as the directory counts ages (D-003). */
export function ageWords(birthDate: LocalDate, now: Date): string {
  const { years, months, days } = ageOn(birthDate, londonDate(now));
  if (years >= 2) return `${years} years`;
  const wholeMonths = years * 12 + months;
  if (wholeMonths >= 1) return `${wholeMonths} ${wholeMonths === 1 ? 'month' : 'months'}`;
  return `${days} ${days === 1 ? 'day' : 'days'}`;
}

/** A patient in words, to be checked with the caller; made on the server, so that browsers need no calendar. */
export type PatientCard = { id: string; name: string; about: string; address: string };

export function patientCard(patient: Patient, now: Date): PatientCard {
  const { id, familyName, givenName, birthDate, sex, addressLine, town, postcode } = patient;
  return {
    id,
    name: `${familyName.toUpperCase()}, ${givenName}`,
    about: [ageWords(birthDate, now), `born ${birthDateWords(birthDate)}`, sexWords(sex)].join(' · '),
    address: [addressLine, town, postcode].filter(Boolean).join(', '),
  };
}

export function sexWords(sex: Patient['sex']): string {
  return sex === 'indeterminate' ? 'sex not known' : sex;
}
