import { z } from 'zod';
import { OLDEST_YEARS } from '@/lib/directory/age.rules';

const text = z.string().trim().max(200).catch('');

/** A search to try, as it stands in the address of the page: all of it text, and nothing of it a patient's. */
export const triedSearch = z.object({
  postcode: text,
  disposition: text,
  age: text,
  gender: z.enum(['F', 'M', 'I']).catch('I'),
  role: z.enum(['call-handler', 'clinician']).catch('call-handler'),
  symptomGroup: text,
  day: text,
  time: text,
});
export type TriedSearch = z.infer<typeof triedSearch>;

/** The age in whole years that was typed, or null. */
export function typedYears(age: string): number | null {
  return /^\d{1,3}$/.test(age) && Number(age) <= OLDEST_YEARS ? Number(age) : null;
}

/** The minutes since midnight of a typed `13:50`, or null. */
export function typedMinute(time: string): number | null {
  const found = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(time);
  return found && Number(found[1]) * 60 + Number(found[2]);
}
