import type { Place } from './plan';

/** Which GP practices each out-of-hours service is commissioned for: every practice goes to the nearest of its board, else to the nearest. */
export function commissionedPractices(places: readonly Place[]): ReadonlyMap<Place, readonly string[]> {
  const services = places.filter(({ kind }) => kind === 'out-of-hours');
  const found = new Map<Place, string[]>();
  for (const practice of places.filter(({ kind }) => kind === 'gp-practice')) {
    const ofBoard = services.filter(({ icbCode }) => icbCode === practice.icbCode);
    const [nearest] = nearestFirst(practice, ofBoard.length > 0 ? ofBoard : services);
    if (nearest) found.set(nearest, [...(found.get(nearest) ?? []), practice.odsCode]);
  }
  return found;
}

/** The ODS codes of the ten nearest practices, for a service that is limited to them (D-010). */
export function tenNearestPractices(service: Place, places: readonly Place[]): string[] {
  const practices = places.filter(({ kind }) => kind === 'gp-practice');
  return nearestFirst(service, practices)
    .slice(0, 10)
    .map(({ odsCode }) => odsCode);
}

function nearestFirst(from: Place, places: readonly Place[]): Place[] {
  return places
    .map((place) => ({ place, apart: apart(from, place) }))
    .toSorted((a, b) => a.apart - b.apart)
    .map(({ place }) => place);
}

// Good enough to compare: degrees of longitude are shorter than those of latitude by this factor in England.
function apart(a: Place, b: Place): number {
  return Math.hypot(a.latitude - b.latitude, (a.longitude - b.longitude) * 0.6);
}
