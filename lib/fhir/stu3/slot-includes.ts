import type { Parameter } from '@/lib/fhir/shared/route';

/** What a search for slots can bring besides slots (B-320 to B-325). */
export type Include = 'Schedule' | 'HealthcareService' | 'Practitioner' | 'PractitionerRole' | 'Organization' | 'Location';

const NAMES = ['_include', '_include:iterate', '_include:recurse'];

/** What each value brings, by its spelling in small letters with `:` for `.`: all the spellings of the standard's pages and samples. */
const SPELLINGS = new Map<string, readonly Include[]>([
  ['slot:schedule', ['Schedule']],
  ['schedule:actor', ['HealthcareService', 'Practitioner', 'PractitionerRole']],
  ['schedule:actor:healthcareservice', ['HealthcareService']],
  ['schedule:actor:practitioner', ['Practitioner']],
  ['schedule:actor:practitionerrole', ['PractitionerRole']],
  ['schedule:actor:location', ['Location']],
  ['healthcareservice:organization', ['Organization']],
  ['healthcareservice:providedby', ['Organization']],
  ['healthcareservice:location', ['Location']],
]);

/** Without its parent an include adds nothing (B-333). */
const PARENTS: Partial<Record<Include, Include>> = {
  HealthcareService: 'Schedule',
  Practitioner: 'Schedule',
  PractitionerRole: 'Schedule',
  Organization: 'HealthcareService',
  Location: 'HealthcareService',
};

/** What one parameter asks to include; null when it is none of the includes that are understood (B-331). */
export function includesOf([name, value]: Parameter): readonly Include[] | null {
  return NAMES.includes(name) ? (SPELLINGS.get(value.toLowerCase().replaceAll('.', ':')) ?? null) : null;
}

/** Those that come along a whole chain from the slots (B-330, B-333). */
export function chained(asked: ReadonlySet<Include>): ReadonlySet<Include> {
  return new Set([...asked].filter((include) => isReached(include, asked)));
}

function isReached(include: Include, asked: ReadonlySet<Include>): boolean {
  const parent = PARENTS[include];
  return asked.has(include) && (!parent || isReached(parent, asked));
}
