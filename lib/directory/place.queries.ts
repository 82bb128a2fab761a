import { normalisePostcode, type NormalisedPostcode } from '@/lib/directory/postcode.schema';
import type { Country, Place } from '@/lib/directory/schema';
import { db } from '@/lib/platform/db';
import type { RefusalOf, UncoveredNation } from '@/lib/platform/errors';
import { ok, refuse, type Result } from '@/lib/platform/result';

type PlaceRefusal = RefusalOf<'postcode-unknown' | 'postcode-not-covered'>;

/** Postcode areas outside Great Britain, for which there are no positions. */
const UNCOVERED: ReadonlyMap<string, UncoveredNation> = new Map([
  ['BT', 'Northern Ireland'],
  ['JE', 'Jersey'],
  ['GY', 'Guernsey'],
  ['IM', 'the Isle of Man'],
]);

/**
 * Where a typed postcode is, in any spacing and case; an outcode alone gives its middle. A postcode without a position of its
 * own gets that of its sector, else of its outcode, and `precision` says so. Refuses with `postcode-not-covered` outside Great
 * Britain and `postcode-unknown` for what is no postcode or does not exist (101).
 */
export async function placeFor(typed: string): Promise<Result<Place, PlaceRefusal>> {
  const postcode = normalisePostcode(typed);
  if (!postcode) return refuse({ code: 'postcode-unknown', postcode: typed.trim() });

  const nation = UNCOVERED.get(/^[A-Z]+/.exec(postcode.text)?.[0] ?? '');
  if (nation) return refuse({ code: 'postcode-not-covered', postcode: postcode.text, nation });

  const place = postcode.kind === 'full' ? await placeOfPostcode(postcode) : await placeOfArea(postcode.text, { postcode: postcode.text, precision: 'outcode' });
  return place ? ok(place) : refuse({ code: 'postcode-unknown', postcode: postcode.text });
}

async function placeOfPostcode({ text, sector, outcode }: Extract<NormalisedPostcode, { kind: 'full' }>): Promise<Place | null> {
  const row = await db.postcode.findUnique({
    where: { postcode: text },
    select: { latitude: true, longitude: true, country: true, icbCode: true },
  });
  if (!row) return null;
  if (row.latitude !== null && row.longitude !== null) {
    return { postcode: text, latitude: row.latitude, longitude: row.longitude, icbCode: row.icbCode, country: countryOf(row.country), precision: 'postcode' };
  }
  const place = (await placeOfArea(sector, { postcode: text, precision: 'sector' })) ?? (await placeOfArea(outcode, { postcode: text, precision: 'outcode' }));
  return place && { ...place, icbCode: row.icbCode ?? place.icbCode, country: countryOf(row.country) };
}

async function placeOfArea(area: string, known: Pick<Place, 'postcode' | 'precision'>): Promise<Place | null> {
  const row = await db.postcodeArea.findUnique({
    where: { area },
    select: { latitude: true, longitude: true, country: true, icbCode: true },
  });
  return row && { ...known, ...row, country: countryOf(row.country) };
}

function countryOf(column: string): Country {
  return column === 'W' || column === 'S' ? column : 'E';
}
