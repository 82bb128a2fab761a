import type { Patient } from '@/lib/patient/schema';
import { ageOn, localDateFrom } from '@/lib/platform/time';
import type { LocalDate } from '@/lib/platform/time-words';

/** `Tomasz Notreal`, or that nobody knows who it is. */
export function fullName({ givenName, familyName, isUnknown }: Pick<Patient, 'givenName' | 'familyName' | 'isUnknown'>): string {
  return isUnknown ? 'Unknown patient' : `${givenName} ${familyName}`;
}

/** The birth date of somebody who is about `years` old on `today`: as if today were the birthday, so that the age is exactly that. */
export function estimatedBirthDate(years: number, today: LocalDate): LocalDate {
  const [year = 0, month = 1, day = 1] = today.split('-').map(Number);
  // 29 February in a year that has none.
  const date = localDateFrom(year - years, month, day) ?? localDateFrom(year - years, month, day - 1);
  if (!date || ageOn(date, today).years !== years) throw new Error('no birth date makes this age');
  return date;
}
