import { z } from 'zod';
import { ageOn, localDateFrom } from '@/lib/platform/time';
import type { LocalDate } from '@/lib/platform/time-words';

export const sex = z.enum(['female', 'male', 'indeterminate'], 'Choose the sex');
export type Sex = z.infer<typeof sex>;

export type Patient = {
  id: string;
  /** Ten digits without spaces, or null when it is not known. */
  nhsNumber: string | null;
  givenName: string;
  familyName: string;
  birthDate: LocalDate;
  sex: Sex;
  addressLine: string | null;
  town: string | null;
  postcode: string;
  phone: string | null;
  /** Nobody knows who it is: the names say nothing, and the birth date is today's less an estimated age. */
  isUnknown: boolean;
};

const MAX_NAME = 70;
const MAX_POSTCODE = 10;
const OLDEST_YEARS = 130;

/** Typed text as one line: a missing field is empty, control characters and runs of spaces become one space, ends are trimmed. */
export const oneLine = z
  .string()
  .default('')
  .transform((typed) => typed.replace(/[\p{Cc}\s]+/gu, ' ').trim());

/** One line that must be there and has at most `max` characters; `what` begins the messages, in lower case. */
export function requiredLine(what: string, max: number) {
  return oneLine.pipe(z.string().min(1, `Enter the ${what}`).max(max, `The ${what} must have ${max} characters or fewer: shorten it`));
}

/** A postcode as typed. Whether there is such a place is for the directory to say. */
export const typedPostcode = oneLine.pipe(z.string().max(MAX_POSTCODE, 'That is too long for a postcode: enter one like LS1 4AP'));

/** A phone number in any common British spelling, or null when nothing was typed. Spaces are kept as typed. */
export const optionalPhone = oneLine
  .refine((typed) => typed === '' || /^(\+44|0)\d{9,10}$/.test(typed.replace(/[\s().-]/g, '')), 'Enter a phone number like 01632 960001 or 07700 900153')
  .transform((typed) => typed || null);

/**
 * A patient's details typed in, from flat form fields; `today` is the date in London.
 * Birth dates run from 130 years ago to today; their faults are told at the field `birthDay`.
 */
export function patientDetails(today: LocalDate) {
  const rest = z.object({
    givenName: requiredLine('first name', MAX_NAME),
    familyName: requiredLine('last name', MAX_NAME),
    sex,
    homePostcode: typedPostcode.refine((typed) => typed !== '', 'Enter the home postcode'),
    phone: optionalPhone,
  });
  return z.intersection(rest, birthDate(today));
}

export type PatientDetails = z.infer<ReturnType<typeof patientDetails>>;

export const OLDEST_AGE = OLDEST_YEARS - 1;

/** What is known of an unknown patient, from flat form fields: an estimated age in years, 0 to 129, and the sex. */
export const unknownDetails = z.object({
  ageYears: oneLine
    .refine((typed) => /^\d{1,3}$/.test(typed) && Number(typed) <= OLDEST_AGE, `Enter about how old the patient is: a whole number of years from 0 to ${OLDEST_AGE}`)
    .transform(Number),
  sex,
});

export type UnknownDetails = z.infer<typeof unknownDetails>;

/** The fields `birthDay`, `birthMonth` and `birthYear` as one date, from 130 years before `today` to `today`; faults are told at `birthDay`. */
export function birthDate(today: LocalDate) {
  return z.object({ birthDay: oneLine, birthMonth: oneLine, birthYear: oneLine }).transform((typed, context) => {
    const date = dateOf(typed.birthDay, typed.birthMonth, typed.birthYear);
    if (date && date <= today && !isTooLongAgo(date, today)) return { birthDate: date };
    const isEmpty = typed.birthDay + typed.birthMonth + typed.birthYear === '';
    context.addIssue({ code: 'custom', path: ['birthDay'], message: isEmpty ? 'Enter the date of birth' : dateFault(date, today) });
    return z.NEVER;
  });
}

function dateOf(day: string, month: string, year: string): LocalDate | null {
  if (!/^\d{1,2}$/.test(day) || !/^\d{1,2}$/.test(month) || !/^\d{4}$/.test(year)) return null;
  return localDateFrom(Number(year), Number(month), Number(day));
}

function isTooLongAgo(date: LocalDate, today: LocalDate): boolean {
  const age = ageOn(date, today);
  return age.years > OLDEST_YEARS || (age.years === OLDEST_YEARS && age.months + age.days > 0);
}

function dateFault(date: LocalDate | null, today: LocalDate): string {
  if (!date) return 'Date of birth must be a real date with a year of 4 digits, like 27 3 1984';
  if (date > today) return 'Date of birth cannot be in the future: check the year';
  return `Date of birth cannot be more than ${OLDEST_YEARS} years ago: check the year`;
}
