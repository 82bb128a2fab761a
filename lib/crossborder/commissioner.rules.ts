import { NATION_CODES, type Commissioner, type Commissioners, type Found, type HowFound, type Nation, type Origins } from '@/lib/crossborder/schema';

type Place = Origins['home'];

/**
 * The three commissioners of a booking, each with how it was found. Responsible: the board of the GP practice, else of the home postcode, else of
 * the current location, and of somebody of whom nothing is known the host. Contract area: where the caller is, else the board of the organisation that books.
 * A code that `known` does not have finds nobody. Source: domain section 6, docs/rules.md#across-borders.
 */
export function commissionersOf(origins: Origins, known: ReadonlyMap<string, Commissioner>): Commissioners {
  const byCode = (code: string | null) => (code === null ? null : (known.get(code) ?? null));
  const at = (place: Place) => (place === null ? null : byCode(place.icbCode ?? nationCode(place.country)));
  const host = firstOf([['service', byCode(origins.serviceIcb)]]);
  return {
    responsible: firstOf([
      ['gp-practice', byCode(origins.practiceIcb)],
      ['home-postcode', at(origins.home)],
      ['current-location', at(origins.current)],
      ['host', host.commissioner],
    ]),
    host,
    contractArea: firstOf([
      ['current-location', at(origins.current)],
      ['booking-organisation', byCode(origins.organisationIcb)],
    ]),
  };
}

/** Who a code stands for; one that is not known any more stands for itself: what is owed is owed. */
export function namedCommissioner(code: string, known: ReadonlyMap<string, Commissioner>): Commissioner {
  return known.get(code) ?? { code, name: code, regionCode: null };
}

/** The nation whose default holds for patients of a commissioner: all boards are of England. */
export function nationOf({ code }: Commissioner): Nation {
  if (code === NATION_CODES.W) return 'W';
  return code === NATION_CODES.S ? 'S' : 'E';
}

function firstOf(ways: readonly (readonly [how: HowFound, commissioner: Commissioner | null])[]): Found {
  for (const [how, commissioner] of ways) {
    if (commissioner) return { commissioner, how };
  }
  return { commissioner: null, how: 'unknown' };
}

// A postcode of England always has a board; elsewhere than in Wales and Scotland nobody is known to pay.
function nationCode(country: string): string | null {
  return country === 'W' || country === 'S' ? NATION_CODES[country] : null;
}
