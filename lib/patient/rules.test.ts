import fc from 'fast-check';
import { expect, test } from 'vitest';
import { estimatedBirthDate, fullName } from '@/lib/patient/rules';
import { addDays, ageOn, localDateFrom } from '@/lib/platform/time';
import type { LocalDate } from '@/lib/platform/time-words';

const DAYS_TO_2040 = 6_000;

test('a patient has a name, and an unknown one is called that', () => {
  expect(fullName({ givenName: 'Tomasz', familyName: 'Notreal', isUnknown: false })).toBe('Tomasz Notreal');
  expect(fullName({ givenName: 'Unknown', familyName: 'Unknown', isUnknown: true })).toBe('Unknown patient');
});

test('whoever is about so old today is exactly so old on that day, on any day, at any age from 0 to 129', () => {
  const start = date(2024, 1, 1);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 129 }), fc.integer({ min: 0, max: DAYS_TO_2040 }), (years, days) => {
      const today = addDays(start, days);
      expect(ageOn(estimatedBirthDate(years, today), today).years).toBe(years);
    }),
  );
});

test('on 29 February the birthday of another year is the 28th', () => {
  expect(estimatedBirthDate(40, date(2028, 2, 29))).toBe('1988-02-29');
  expect(estimatedBirthDate(41, date(2028, 2, 29))).toBe('1987-02-28');
});

function date(year: number, month: number, day: number): LocalDate {
  const found = localDateFrom(year, month, day);
  if (!found) throw new Error('no such date');
  return found;
}
