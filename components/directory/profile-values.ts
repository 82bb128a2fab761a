import { OLDEST_YEARS, yearsOf } from '@/lib/directory/age.rules';
import { hoursText } from '@/lib/directory/hours.rules';
import type { Profile } from '@/lib/directory/profile.queries';
import { OPENING_DAYS } from '@/lib/directory/profile.schema';

/** The fields of a form of the profile as they stand, by name. */
type Values = Record<string, string>;

/** What a service accepts, for its form. */
export function acceptsValues({ dispositions, genders, roles, ages }: Profile): Values {
  const values: Values = { dispositions: dispositions.map(({ code }) => code).join(), genders: genders.join(), roles: roles.join() };
  for (const [index, range] of ages.entries()) {
    const { from, to } = yearsOf(range);
    values[`ageFrom${index + 1}`] = String(from);
    values[`ageTo${index + 1}`] = to >= OLDEST_YEARS ? '' : String(to);
  }
  return values;
}

/** The symptoms of a service, for its form. */
export function symptomValues({ symptoms }: Profile): Values {
  return { symptoms: symptoms.map(({ groupId, discriminatorId }) => `${groupId}-${discriminatorId}`).join() };
}

/** The opening hours of a service, for its form: a text a day. */
export function hoursValues({ isOpenAllHours, onlyIfOpenMinutes, hours }: Profile): Values {
  const values: Values = { isOpenAllHours: isOpenAllHours ? 'yes' : '', onlyIfOpenMinutes: onlyIfOpenMinutes === null ? '' : String(onlyIfOpenMinutes) };
  OPENING_DAYS.forEach((_, index) => {
    values[`day${index + 1}`] = hoursText(hours.filter(({ day }) => day === index + 1));
  });
  return values;
}

/** The settings of booking, for their form. */
export function bookingValues({ isBookable, isBookingOnly, holdMinutes, cancelBy, refusesFrom }: Profile): Values {
  return { isBookable: isBookable ? 'yes' : 'no', isBookingOnly: isBookingOnly ? 'yes' : '', holdMinutes: String(holdMinutes), cancelBy, refusesFrom: refusesFrom.join(', ') };
}

/** The texts of a service, for their form. */
export function wordsValues({ words }: Profile): Values {
  return Object.fromEntries(Object.entries(words).map(([name, value]) => [name, value ?? '']));
}

/** Name and address of a service, for their form. */
export function placeValues({ name, address, postcode }: Profile): Values {
  return { name, address, postcode };
}
