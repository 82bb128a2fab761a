import { aService } from '@/prisma/factories/service';
import { freeSlotsInARow } from '@/prisma/factories/slot';
import { db } from '@/lib/platform/db';
import { addDays, addMinutes, readClock, startOfLondonDay } from '@/lib/platform/time';
import { londonDate } from '@/lib/platform/time-words';

/** A real postcode that no other test has: services made there are the nearest of their type. */
export async function anEnglishPostcode(): Promise<Place> {
  const [place] = await db.$queryRaw<Place[]>`
    SELECT postcode, latitude, longitude, icb_code AS "icbCode"
    FROM postcode TABLESAMPLE SYSTEM (0.1)
    WHERE country = 'E' AND quality = 10 AND latitude IS NOT NULL AND icb_code IS NOT NULL AND postcode ~ ${AREAS}
      AND NOT EXISTS (SELECT FROM service WHERE service.postcode = postcode.postcode)
    ORDER BY random()
    LIMIT 1`;
  return place ?? anEnglishPostcode();
}

type Place = { postcode: string; latitude: number; longitude: number; icbCode: string };

type WorldOptions = { slots?: number; startsInMinutes?: number; slotMinutes?: number; name?: string; handlerInstructions?: string };

/** An urgent treatment centre of the test's own at a postcode of its own, with free slots soon. */
export async function aServiceNearby({ slots = 4, startsInMinutes = 30, slotMinutes = 10, ...given }: WorldOptions = {}) {
  const place = await anEnglishPostcode();
  const service = await aService({ ...place, ...given });
  const startsAt = within(addMinutes(wholeMinute(), startsInMinutes), slots * slotMinutes);
  const made = slots > 0 ? await freeSlotsInARow(slots, { serviceId: service.id, startsAt, minutes: slotMinutes }) : [];
  return { postcode: place.postcode, service, slots: made };
}

/** This moment, or the midnight after it when so many minutes from it on are not all of one London day: no session is on two. */
export function within(startsAt: Date, minutes: number): Date {
  const midnight = startOfLondonDay(addDays(londonDate(startsAt), 1));
  return addMinutes(startsAt, minutes) > midnight ? midnight : startsAt;
}

/** The next whole minute, at which slots begin. */
export function wholeMinute(): Date {
  const now = readClock();
  return new Date(Math.ceil(now.getTime() / 60_000) * 60_000);
}

// Areas of England with postcodes by the thousand.
const AREAS = '^(B|BS|CV|DE|EX|GL|HU|IP|LE|LN|NE|NG|NR|OX|PE|PL|S|SO|TA|YO)[0-9]';
