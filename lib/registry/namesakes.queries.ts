import { db } from '@/lib/platform/db';
import { toDateColumn } from '@/lib/platform/time';
import type { LocalDate } from '@/lib/platform/time-words';
import { plainText } from '@/lib/registry/match.rules';

type Details = { familyName: string; birthDate: LocalDate; postcode?: string };

/** More people than England has with one birth date. */
const MOST_BORN_ON_A_DAY = 5_000;

/**
 * The ids of the patients with this family name and birth date, and with this postcode where one is given, as the registry compares them: without
 * regard to case, accents, spaces and signs. Unknown patients are among them. Neither permission nor audit is looked at here.
 */
export async function namesakes({ familyName, birthDate, postcode }: Details): Promise<string[]> {
  // The birth date has the index; the names of one day are few enough to compare here.
  const born = await db.patient.findMany({ where: { birthDate: toDateColumn(birthDate) }, take: MOST_BORN_ON_A_DAY, select: { id: true, familyName: true, postcode: true } });
  const isSame = (one: string, other: string) => plainText(one) === plainText(other);
  return born.filter((patient) => isSame(patient.familyName, familyName) && (postcode === undefined || isSame(patient.postcode, postcode))).map(({ id }) => id);
}
