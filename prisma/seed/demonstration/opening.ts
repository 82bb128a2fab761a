import type { Random } from '../random';
import type { DateHours, DayHours, Kind } from './plan';

const WORKING_DAYS = [1, 2, 3, 4, 5];
const WEEKEND = [6, 7];
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const HOLIDAY = 8;
const at = (hours: number, minutes = 0) => hours * 60 + minutes;
const LAST_MINUTE = at(23, 59);

/** Invented opening hours (D-067); none for an emergency department, which is open all hours. */
export function openingHours(kind: Kind, random: Random): DayHours[] {
  switch (kind) {
    case 'gp-practice':
      return practiceHours(random);
    case 'pharmacy':
      return pharmacyHours(random);
    case 'utc':
    case 'co-located-utc':
      return on([...EVERY_DAY, HOLIDAY], at(8), at(random.chance(0.7) ? 22 : 20));
    case 'urgent-care':
      return [...on(WORKING_DAYS, at(9), at(18)), ...(random.chance(0.75) ? on(WEEKEND, at(9), at(18)) : []), ...(random.chance(0.5) ? on([HOLIDAY], at(10), at(16)) : [])];
    case 'out-of-hours':
      return [...on(WORKING_DAYS, at(0), at(8)), ...on(WORKING_DAYS, at(18, 30), LAST_MINUTE), ...on([...WEEKEND, HOLIDAY], at(0), LAST_MINUTE)];
    case 'emergency':
      return [];
  }
}

/** A few specified dates: places nobody books close for a day, treatment centres stay open longer (D-020). */
export function openingExceptions(kind: Kind, isBookable: boolean, random: Random): DateHours[] {
  const daysAhead = random.between(1, 13);
  if ((kind === 'pharmacy' || kind === 'gp-practice') && !isBookable && random.chance(0.04)) {
    return [{ daysAhead, fromMinute: 0, toMinute: 0, reason: random.pick(['Staff training', 'Refurbishment', 'Closed at short notice']) }];
  }
  if (kind === 'utc' && random.chance(0.15)) return [{ daysAhead, fromMinute: at(7), toMinute: at(23), reason: 'Longer hours on a busy day' }];
  return [];
}

function practiceHours(random: Random): DayHours[] {
  const closes = at(18, random.chance(0.7) ? 30 : 0);
  const week = random.chance(0.15) ? [...on(WORKING_DAYS, at(8), at(12, 30)), ...on(WORKING_DAYS, at(13, 30), closes)] : on(WORKING_DAYS, at(8), closes);
  return random.chance(0.1) ? [...week, ...on([6], at(9), at(12))] : week;
}

function pharmacyHours(random: Random): DayHours[] {
  if (random.chance(0.12)) return [...on([1, 2, 3, 4, 5, 6], at(7), at(22)), ...on([7], at(10), at(17)), ...on([HOLIDAY], at(10), at(16))];
  return [...on(WORKING_DAYS, at(9), at(18)), ...on([6], at(9), at(random.chance(0.3) ? 17 : 13))];
}

function on(days: readonly number[], fromMinute: number, toMinute: number): DayHours[] {
  return days.map((day) => ({ day, fromMinute, toMinute }));
}
