/** The age that stands for "no upper limit", in years. */
export const OLDEST_YEARS = 129;

const DAYS_IN_YEAR = 365.25;
/** Days by which a range may differ from whole years and still be told in years: birthdays fall on either side of a leap day. */
const NEAR_DAYS = 1;

/** Ages in days, both ends included (D-015). */
export type AgeRange = { daysFrom: number; daysTo: number };

/** The first day of life, counted from 0, at this age in completed years of 365.25 days. */
export function firstDayOf(years: number): number {
  return Math.floor(years * DAYS_IN_YEAR);
}

/** The last day of life at this age in completed years. */
export function lastDayOf(years: number): number {
  return firstDayOf(years + 1) - 1;
}

/** The completed years nearest to a range of days: both ends included. */
export function yearsOf({ daysFrom, daysTo }: AgeRange): { from: number; to: number } {
  return { from: Math.round(daysFrom / DAYS_IN_YEAR), to: Math.max(0, Math.round((daysTo + 1) / DAYS_IN_YEAR) - 1) };
}

/** The range that these completed years are, both ends included. */
export function daysOf({ from, to }: { from: number; to: number }): AgeRange {
  return { daysFrom: firstDayOf(from), daysTo: lastDayOf(to) };
}

/** `every age`, `16 years and over`, `up to 15 years`, `1 to 15 years`; in days where that is not whole years. */
export function ageWords(range: AgeRange): string {
  const { from, to } = yearsOf(range);
  if (!isInYears(range)) return `${range.daysFrom} to ${range.daysTo} days`;
  if (to >= OLDEST_YEARS) return from === 0 ? 'every age' : `${from} ${from === 1 ? 'year' : 'years'} and over`;
  return from === 0 ? `up to ${to} ${to === 1 ? 'year' : 'years'}` : `${from} to ${to} years`;
}

/** Whether a range begins and ends within a day of a birthday. */
export function isInYears(range: AgeRange): boolean {
  const whole = daysOf(yearsOf(range));
  return Math.abs(whole.daysFrom - range.daysFrom) <= NEAR_DAYS && Math.abs(whole.daysTo - range.daysTo) <= NEAR_DAYS;
}
