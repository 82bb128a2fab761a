import type { HumanName, Practitioner } from 'fhir/r3';
import { headingOf } from '@/lib/fhir/stu3/heading';
import type { ApiPractitioner } from '@/lib/schedule/api-schedule.schema';

const TITLES: readonly string[] = ['dr', 'mr', 'mrs', 'ms', 'miss', 'mx', 'prof', 'professor', 'sister'];
const GENDERS = ['female', 'male', 'other', 'unknown'] as const;

/** Who sees patients, as far as it is stated (B-240): no identifier is known, and a gender that is no code of FHIR is left out. */
export function practitionerResource({ id, name, gender }: ApiPractitioner): Practitioner {
  const code = GENDERS.find((known) => known === gender?.trim().toLowerCase());
  return { ...headingOf('Practitioner', id), name: [humanName(name)], ...(code ? { gender: code } : {}) };
}

/** A name as the service wrote it, and its parts: titles first, the family name last. */
function humanName(text: string): HumanName {
  const words = text.split(/\s+/).filter(Boolean);
  const named = words.findIndex((word) => !TITLES.includes(word.toLowerCase().replace(/\.$/, '')));
  const from = named < 0 ? words.length : named;
  const [prefix, rest] = [words.slice(0, from), words.slice(from)];
  const given = rest.slice(0, -1);
  return {
    text,
    ...(rest.length > 0 ? { family: rest.at(-1) } : {}),
    ...(given.length > 0 ? { given } : {}),
    ...(prefix.length > 0 ? { prefix } : {}),
  };
}
