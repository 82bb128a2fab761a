import { randomOf, type Random } from '../random';
import { openingExceptions, openingHours } from './opening';
import { publicPhone, serviceWords, staffPhone } from './people';
import { realPlaces } from './places';
import { commissionedPractices, tenNearestPractices } from './practices';
import type { Place, ServicePlan } from './plan';
import { agesOf, BOOKABLE_SHARE, capacityOf, profiles, rolesOf, TYPE_OF } from './profile';
import { weeklyPatterns } from './patterns';

const LONDON_BOARDS = new Set(['QKK', 'QMF', 'QWE', 'Z9B2Z']);
const SEED_STEP = 0x9e3779b1; // Keeps the seeds of neighbours far apart.

/** Every service of the demonstration: real names and places, everything else invented. The same seed gives the same services. */
export function composeServices(seed: number): ServicePlan[] {
  const places = realPlaces();
  const commissioned = commissionedPractices(places);
  const profileOf = profiles();
  return places.map((place, index) => {
    // A stream of its own for each: one more place in a file does not change all that follow.
    const random = randomOf(seed + Math.imul(index + 1, SEED_STEP));
    const isRestricted = place.kind === 'urgent-care' && random.chance(0.06);
    return {
      ...place,
      ...profileOf(place.kind),
      ...bookingOf(place, random),
      ...serviceWords(place.kind, random),
      dosId: `999${String(index + 1).padStart(7, '0')}`,
      typeId: TYPE_OF[place.kind],
      publicPhone: publicPhone(LONDON_BOARDS.has(place.icbCode), random),
      staffPhone: staffPhone(random),
      website: random.chance(0.7) ? `https://www.example.com/${place.odsCode.toLowerCase()}` : null,
      isRestricted,
      practices: isRestricted ? tenNearestPractices(place, places) : (commissioned.get(place) ?? []),
      areas: (place.kind === 'urgent-care' || place.kind === 'utc') && random.chance(0.08) ? [place.icbCode] : [],
      genders: ['M', 'F', 'I'],
      referralRoles: rolesOf(place.kind, random),
      ages: agesOf(place.kind, place.name, random),
      capacity: capacityOf(random),
    };
  });
}

function bookingOf(place: Place, random: Random) {
  const isBookable = random.chance(BOOKABLE_SHARE[place.kind]);
  const openings = openingHours(place.kind, random);
  const isOnlyIfOpen = place.kind === 'pharmacy' && random.chance(0.04);
  return {
    isBookable,
    isBookingOnly: isBookable && place.kind !== 'emergency' && random.chance(0.1),
    holdMinutes: random.chance(0.05) ? 10 : 5,
    isOpenAllHours: place.kind === 'emergency',
    isOnlyIfOpen,
    onlyIfOpenMinutes: isOnlyIfOpen && random.chance(0.5) ? 15 : 30,
    openings,
    exceptions: openingExceptions(place.kind, isBookable, random),
    schedules: isBookable ? weeklyPatterns(place.kind, openings, random) : [],
  };
}
