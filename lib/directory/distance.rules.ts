import type { DistanceSource, SearchRequest } from '@/lib/directory/schema';

type AskedDistance = Pick<SearchRequest, 'place' | 'distanceKm' | 'isDistanceForced'>;

const NATIONAL_KM = 60;

/** The areas for which a distance may be stored, nearest first: postcode, sector, outcode. An outcode alone has only itself. */
export function distanceKeys(postcode: string): readonly { area: string; source: DistanceSource }[] {
  const [outcode, incode] = postcode.split(' ');
  if (!outcode || !incode) return [{ area: postcode, source: 'District' }];
  return [
    { area: postcode, source: 'Postcode' },
    { area: `${outcode} ${incode.charAt(0)}`, source: 'Sector' },
    { area: outcode, source: 'District' },
  ];
}

/** The search radius in kilometres and where it comes from: forced, stored, asked for, else the national 60 km (D-005). */
export function distanceInForce({ place, distanceKm, isDistanceForced }: AskedDistance, stored: ReadonlyMap<string, number>): { kilometres: number; source: DistanceSource } {
  if (isDistanceForced && distanceKm !== undefined) return { kilometres: distanceKm, source: 'Override' };
  for (const { area, source } of distanceKeys(place.postcode)) {
    const kilometres = stored.get(area);
    if (kilometres !== undefined) return { kilometres, source };
  }
  return distanceKm === undefined ? { kilometres: NATIONAL_KM, source: 'National' } : { kilometres: distanceKm, source: 'Web Service' };
}
