import { field } from '../csv';
import { symptomNumber } from '../directory';
import { readRecords } from '../files';
import type { Random } from '../random';
import type { CapacityPlan, Kind } from './plan';

/** The Directory of Services type of each kind. */
export const TYPE_OF: Record<Kind, number> = {
  'gp-practice': 100,
  pharmacy: 13,
  utc: 135,
  'co-located-utc': 150,
  'urgent-care': 46,
  'out-of-hours': 25,
  emergency: 105,
};

/** How many of each kind can be booked into. */
export const BOOKABLE_SHARE: Record<Kind, number> = {
  'gp-practice': 0.9,
  pharmacy: 0.1,
  utc: 1,
  'co-located-utc': 1,
  'urgent-care': 0.9,
  'out-of-hours': 0.95,
  emergency: 0.65,
};

const LAST_DAY_OF_LIFE = 47_481; // 129 years, the last day included.
const YEAR_DAYS = 365.25;

/** What each type accepts (D-064: every disposition whose list names the type; D-065: symptom pairs by their discriminator's first word). */
export function profiles(): (kind: Kind) => { dispositions: readonly string[]; symptoms: readonly { groupId: number; discriminatorId: number }[] } {
  const dispositions = readRecords('dispositions.csv').map((row) => ({ code: field(row, 'code'), types: field(row, 'demo_service_type_ids').split('|').map(Number) }));
  const names = new Map(readRecords('symptom-discriminators.csv').map((row) => [field(row, 'id'), field(row, 'name')]));
  const pairs = readRecords('symptom-pairs.csv').map((row) => ({
    groupId: symptomNumber(field(row, 'sg')),
    discriminatorId: symptomNumber(field(row, 'sd')),
    firstWord: names.get(field(row, 'sd'))?.split(' ')[0] ?? '',
  }));
  return (kind) => ({
    dispositions: dispositions.filter(({ types }) => types.includes(TYPE_OF[kind])).map(({ code }) => code),
    symptoms: pairs.filter(({ firstWord }) => takes(kind).includes(firstWord)).map(({ groupId, discriminatorId }) => ({ groupId, discriminatorId })),
  });
}

/** Ages in days (D-066): most take everybody, some treatment centres no infants, children's hospitals nobody over 16. */
export function agesOf(kind: Kind, name: string, random: Random): { daysFrom: number; daysTo: number } {
  if (/children/i.test(name) && kind !== 'gp-practice' && kind !== 'pharmacy') return { daysFrom: 0, daysTo: Math.floor(16 * YEAR_DAYS) };
  const hasYoungest = (kind === 'utc' || kind === 'co-located-utc' || kind === 'urgent-care') && random.chance(0.35);
  return { daysFrom: hasYoungest ? Math.ceil(random.pick([1, 2, 5]) * YEAR_DAYS) : 0, daysTo: LAST_DAY_OF_LIFE };
}

/** Some services take referrals from clinicians only (D-014). */
export function rolesOf(kind: Kind, random: Random): readonly string[] {
  const isForClinicians = (kind === 'out-of-hours' && random.chance(0.1)) || (kind === 'urgent-care' && random.chance(0.03));
  return isForClinicians ? ['clinician'] : ['call-handler', 'clinician'];
}

/** A few services are short of room, fewer have none; both reset by themselves, 15 minutes to 5 days from loading (D-029). */
export function capacityOf(random: Random): CapacityPlan | null {
  if (random.chance(0.02)) return { colour: 'amber', note: random.pick(['Longer waits than usual', 'One clinician away']), quarterHours: random.between(8, 192) };
  if (random.chance(0.008)) return { colour: 'red', note: random.pick(['No clinician on site', 'Full: no more patients today']), quarterHours: random.between(4, 96) };
  return null;
}

function takes(kind: Kind): readonly string[] {
  return kind === 'emergency' || kind === 'utc' || kind === 'co-located-utc' ? ['ED', 'PC', 'ALL'] : ['PC'];
}
