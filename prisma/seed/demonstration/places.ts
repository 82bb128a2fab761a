import { field } from '../csv';
import { readRecords } from '../files';
import type { Kind, Place } from './plan';

const URGENT_CARE_KINDS: Partial<Record<string, Kind>> = { UTC: 'utc', UCC: 'urgent-care', WIC: 'urgent-care', MIU: 'urgent-care', OOH: 'out-of-hours' };

/** The real places that become services, always in the same order. */
export function realPlaces(): Place[] {
  const hospitals = readRecords('hospitals.csv.gz').filter((row) => field(row, 'ed_evidence') !== '');
  const urgentCare = readRecords('urgent-care-sites.csv.gz').flatMap((row) => {
    const kind = URGENT_CARE_KINDS[field(row, 'type')];
    return kind ? [placeOf(row, { kind, odsCode: field(row, 'ods_code'), name: field(row, 'name') })] : [];
  });
  const centres = new Set(urgentCare.filter(({ kind }) => kind === 'utc').map(({ postcode }) => postcode));
  return [
    ...readRecords('gp-practices.csv.gz').map((row) => placeOf(row, { kind: 'gp-practice', odsCode: field(row, 'ods_code'), name: field(row, 'name') })),
    ...readRecords('pharmacies.csv.gz').map((row) => placeOf(row, { kind: 'pharmacy', odsCode: field(row, 'ods_code'), name: field(row, 'name') })),
    ...urgentCare,
    ...hospitals.map((row) => placeOf(row, { kind: 'emergency', odsCode: field(row, 'parent_ods'), name: `Emergency department, ${field(row, 'name')}` })),
    ...hospitals
      // Invented beside every other hospital that has none of its own in the list.
      .filter((row, index) => index % 2 === 0 && !centres.has(field(row, 'postcode')))
      .map((row) => placeOf(row, { kind: 'co-located-utc', odsCode: field(row, 'parent_ods'), name: `Urgent treatment centre, ${field(row, 'name')}` })),
  ];
}

function placeOf(row: Record<string, string>, named: Pick<Place, 'kind' | 'odsCode' | 'name'>): Place {
  return {
    ...named,
    address: field(row, 'address'),
    postcode: field(row, 'postcode'),
    latitude: Number(field(row, 'lat')),
    longitude: Number(field(row, 'lon')),
    icbCode: field(row, 'icb26'),
  };
}
