import { OLDEST_YEARS, firstDayOf, lastDayOf } from '@/lib/directory/age.rules';
import type { Gender } from '@/lib/directory/schema';
import { DAY_MINUTES } from '@/lib/platform/time';
import { MINUTE_MS } from '@/lib/platform/time-words';
import { ok, refuse, type Result } from '@/lib/platform/result';

/** A search as it is sent, before anything is known of it; numbers and times are still text. */
export type TypedSearch = {
  age: string;
  ageFormat: string;
  gender?: string;
  searchDistance?: string;
  isDistanceForced?: boolean;
  searchDateTime?: string;
};

/** What the look-ups found: each null when nothing was given for it. */
export type SearchFacts = {
  now: Date;
  isPlaceKnown: boolean;
  isDispositionKnown: boolean | null;
  isSymptomGroupKnown: boolean | null;
  /** How many discriminators were given, and how many of them are valid in the group. */
  discriminators: { given: number; valid: number } | null;
};

export type CheckedSearch = { ageDays: number; ageDaysTo?: number; gender: Gender; at: Date; distanceKm?: number; isDistanceForced: boolean };

/** One fault of a search: the code of the Directory of Services, the field, and what the call handler does (D-045). */
export type SearchFault = { code: number; field: string; message: string };

type AgeFormat = { code: number; from: number; to: number; days: (value: number) => { ageDays: number; ageDaysTo?: number } };

const DAYS_IN_MONTH = 30.4375;
const MOST_DAYS = lastDayOf(OLDEST_YEARS);

/** Adult, child, toddler, neonate and infant, by group (D-002). */
const AGE_GROUPS: readonly { ageDays: number; ageDaysTo: number }[] = [
  { ageDays: firstDayOf(16), ageDaysTo: MOST_DAYS },
  { ageDays: firstDayOf(5), ageDaysTo: lastDayOf(15) },
  { ageDays: firstDayOf(1), ageDaysTo: lastDayOf(4) },
  { ageDays: 0, ageDaysTo: lastDayOf(0) },
];

const AGE_FORMATS: ReadonlyMap<string, AgeFormat> = new Map([
  ['Days', { code: 115, from: 0, to: 31, days: (value: number) => ({ ageDays: value }) }],
  ['Months', { code: 116, from: 1, to: 23, days: (value: number) => ({ ageDays: Math.floor(value * DAYS_IN_MONTH) }) }],
  ['Years', { code: 117, from: 2, to: 129, days: (value: number) => ({ ageDays: firstDayOf(value) }) }],
  ['AgeGroup', { code: 118, from: 1, to: 4, days: (value: number) => AGE_GROUPS[value - 1] ?? { ageDays: 0 } }],
]);

const AGE_MESSAGE = 'Enter the age or date of birth';
const TIME_MESSAGE = 'Enter a date and time from now to 12 months ahead';
const LIST_MESSAGE = 'Choose from the list';
const YEAR_AHEAD_MS = 366 * DAY_MINUTES * MINUTE_MS;

/**
 * Checks a search and turns age into days, rounded down (months of 30.4375, years of 365.25). Refuses with every fault at once,
 * in the order postcode, age format, age, gender, distance, date, symptom group, discriminators, disposition (D-001, D-046).
 */
export function checkSearch(typed: TypedSearch, facts: SearchFacts): Result<CheckedSearch, readonly SearchFault[]> {
  const age = checkAge(typed);
  const gender = genderOf(typed.gender);
  const distance = checkDistance(typed);
  const at = checkTime(typed.searchDateTime, facts.now);
  const faults = [
    facts.isPlaceKnown ? null : fault(101, 'postcode', 'Enter a full postcode that exists'),
    age.ok ? null : age.error,
    gender ? null : fault(106, 'gender', 'Choose a gender'),
    distance.ok ? null : distance.error,
    at.ok ? null : at.error,
    facts.isSymptomGroupKnown === false ? fault(120, 'symptomGroup', LIST_MESSAGE) : null,
    facts.discriminators && facts.discriminators.given > 0 && facts.discriminators.valid === 0 ? fault(104, 'symptomDiscriminators', LIST_MESSAGE) : null,
    facts.isDispositionKnown === false ? fault(121, 'disposition', LIST_MESSAGE) : null,
  ].filter((found) => found !== null);

  if (faults.length > 0 || !age.ok || !gender || !distance.ok || !at.ok) return refuse(faults);
  return ok({ ...age.value, gender, at: at.value, ...distance.value, isDistanceForced: typed.isDistanceForced ?? false });
}

function checkAge({ age, ageFormat }: TypedSearch): Result<{ ageDays: number; ageDaysTo?: number }, SearchFault> {
  const format = AGE_FORMATS.get(ageFormat);
  if (!format) return refuse(fault(119, 'ageFormat', AGE_MESSAGE));
  const value = wholeNumber(age);
  if (value === null) return refuse(fault(114, 'age', AGE_MESSAGE));
  return format.from <= value && value <= format.to ? ok(format.days(value)) : refuse(fault(format.code, 'age', AGE_MESSAGE));
}

function genderOf(gender: string | undefined): Gender | null {
  if (gender === undefined || gender === '') return 'I';
  return gender === 'M' || gender === 'F' || gender === 'I' ? gender : null;
}

function checkDistance({ searchDistance, isDistanceForced }: TypedSearch): Result<{ distanceKm?: number }, SearchFault> {
  const message = 'Enter 1 to 99 km';
  if (!searchDistance) return isDistanceForced ? refuse(fault(113, 'searchDistance', message)) : ok({});
  const distanceKm = wholeNumber(searchDistance);
  return distanceKm !== null && 1 <= distanceKm && distanceKm <= 99 ? ok({ distanceKm }) : refuse(fault(105, 'searchDistance', message));
}

function checkTime(typed: string | undefined, now: Date): Result<Date, SearchFault> {
  if (!typed) return ok(now);
  const at = new Date(typed);
  const ahead = at.getTime() - now.getTime();
  if (Number.isNaN(ahead)) return refuse(fault(108, 'searchDateTime', TIME_MESSAGE));
  if (ahead > YEAR_AHEAD_MS) return refuse(fault(109, 'searchDateTime', TIME_MESSAGE));
  return ahead < -MINUTE_MS ? refuse(fault(110, 'searchDateTime', TIME_MESSAGE)) : ok(at);
}

function wholeNumber(text: string): number | null {
  return /^\d{1,9}$/.test(text.trim()) ? Number(text) : null;
}

function fault(code: number, field: string, message: string): SearchFault {
  return { code, field, message };
}
