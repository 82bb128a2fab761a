import { expect, test } from 'vitest';
import { distanceInForce } from '@/lib/directory/distance.rules';
import type { Place } from '@/lib/directory/schema';

function place(postcode: string): Place {
  return { postcode, latitude: 53.8, longitude: -1.55, icbCode: null, country: 'E', precision: 'postcode' };
}

test.each([
  ['forced', { distanceKm: 7, isDistanceForced: true }, { 'LS1 4AP': 1, 'LS1 4': 2, LS1: 3 }, 7, 'Override'],
  ['postcode', { distanceKm: 7 }, { 'LS1 4AP': 1, 'LS1 4': 2, LS1: 3 }, 1, 'Postcode'],
  ['sector', { distanceKm: 7 }, { 'LS1 4': 2, LS1: 3 }, 2, 'Sector'],
  ['district', { distanceKm: 7 }, { LS1: 3 }, 3, 'District'],
  ['the request', { distanceKm: 7 }, { LS2: 3 }, 7, 'Web Service'],
  ['national', {}, {}, 60, 'National'],
])('D-005: the distance in force is that of %s', (_words, asked, stored, kilometres, source) => {
  expect(distanceInForce({ place: place('LS1 4AP'), ...asked }, new Map(Object.entries(stored)))).toEqual({ kilometres, source });
});

test('D-005: an outcode alone takes the distance stored for it', () => {
  expect(distanceInForce({ place: place('LS1') }, new Map([['LS1', 3]]))).toEqual({ kilometres: 3, source: 'District' });
});
