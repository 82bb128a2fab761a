import { aService } from '@/prisma/factories/service';
import { freeSlotsInARow } from '@/prisma/factories/slot';
import { db } from '@/lib/platform/db';
import { addMinutes, readClock } from '@/lib/platform/time';

/** A real postcode that hardly any other test gets: services made there are the nearest of their type. */
export async function anEnglishPostcode() {
  const from = randomPostcode();
  const found = await db.postcode.findFirst({
    where: { postcode: { gte: from }, latitude: { not: null }, icbCode: { not: null }, quality: 10, country: 'E' },
    orderBy: { postcode: 'asc' },
  });
  if (!found?.latitude || !found.longitude) throw new Error(`no postcode after ${from}`);
  return { postcode: found.postcode, latitude: found.latitude, longitude: found.longitude, icbCode: found.icbCode };
}

type WorldOptions = { slots?: number; startsInMinutes?: number; slotMinutes?: number; name?: string; handlerInstructions?: string };

/** An urgent treatment centre of the test's own at a postcode of its own, with free slots soon. */
export async function aServiceNearby({ slots = 4, startsInMinutes = 30, slotMinutes = 10, ...given }: WorldOptions = {}) {
  const place = await anEnglishPostcode();
  const service = await aService({ ...place, ...given });
  const startsAt = addMinutes(wholeMinute(), startsInMinutes);
  const made = slots > 0 ? await freeSlotsInARow(slots, { serviceId: service.id, startsAt, minutes: slotMinutes }) : [];
  return { postcode: place.postcode, service, slots: made };
}

/** The next whole minute, at which slots begin. */
export function wholeMinute(): Date {
  const now = readClock();
  return new Date(Math.ceil(now.getTime() / 60_000) * 60_000);
}

// Areas of England with postcodes by the thousand.
const AREAS = ['B', 'BS', 'CV', 'DE', 'EX', 'GL', 'HU', 'IP', 'LE', 'LN', 'NE', 'NG', 'NR', 'OX', 'PE', 'PL', 'S', 'SO', 'TA', 'YO'];

function randomPostcode(): string {
  const area = AREAS[Math.floor(Math.random() * AREAS.length)];
  const letter = () => String.fromCharCode(65 + Math.floor(Math.random() * 26));
  return `${area}${Math.floor(Math.random() * 9) + 1} ${Math.floor(Math.random() * 10)}${letter()}${letter()}`;
}
