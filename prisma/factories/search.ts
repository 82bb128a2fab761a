import { dispositionByCode } from '@/lib/directory/queries';
import type { Place, SearchRequest } from '@/lib/directory/schema';
import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { addMinutes } from '@/lib/platform/time';
import { A_TUESDAY_AT_TEN } from './staff';

export type Spot = { latitude: number; longitude: number };

let spots = 0;

/** A place that no service of another test is near: more than 60 km away from every other. */
export function aSpot(): Spot {
  spots += 1;
  return { latitude: 30 + 2 * (spots % 20), longitude: -170 + 5 * Math.floor(spots / 20) };
}

export function north({ latitude, longitude }: Spot, kilometres: number): Spot {
  return { latitude: latitude + kilometres / 111.32, longitude };
}

export function placeAt(spot: Spot, given: Partial<Place> = {}): Place {
  return { postcode: 'TT1 1TT', ...spot, icbCode: null, country: 'E', precision: 'postcode', ...given };
}

/** The search of a call handler for an adult with Dx05, due in two hours. */
export async function aSearch(spot: Spot, given: Partial<SearchRequest> = {}): Promise<SearchRequest> {
  return {
    place: placeAt(spot),
    ageDays: 15_000,
    gender: 'I',
    disposition: await dispositionByCode('Dx05'),
    symptomGroup: null,
    discriminators: [],
    practiceCode: null,
    role: 'call-handler',
    at: A_TUESDAY_AT_TEN,
    dueAt: addMinutes(A_TUESDAY_AT_TEN, 120),
    ...given,
  };
}

/** What somebody said of a service's capacity, with a note. */
export async function setCapacity(serviceId: string, colour: string, { minutesAgo, resetsAfter }: { minutesAgo: number; resetsAfter: number | null }): Promise<void> {
  const at = addMinutes(A_TUESDAY_AT_TEN, -minutesAgo);
  await db.capacityState.create({
    data: { id: newId(), serviceId, colour, note: `${colour} test note`, setBy: 'test', at, resetsAt: resetsAfter === null ? null : addMinutes(at, resetsAfter) },
  });
}
