import type { SentTelecom } from '@/lib/booking/submission.schema';
import type { ContactPoints, ContainedPatient } from '@/lib/fhir/stu3/appointment-schema';
import { TELECOM_SYSTEMS, TELECOM_USES } from '@/lib/fhir/stu3/appointment-systems';
import { optionalCode, requiredCode, requiredText, within, wrong, type Place } from '@/lib/fhir/stu3/place';

/** Those that somebody can be rung on: ranks are about them. */
const NUMBERS: readonly (string | undefined)[] = ['phone', 'sms'];
/** Ranks are kept as small integers. */
const MAX_RANK = 32_767;

/** The contact points of a patient or a third party at this place (B-260, B-261); those with a fault are reported and left out. */
export function readTelecom(place: Place, telecom: ContactPoints = []): SentTelecom[] {
  return telecom.flatMap((point, index) => {
    const at = within(place, `telecom[${index}]`);
    const system = requiredCode(within(at, 'system'), { sent: point.system, codes: TELECOM_SYSTEMS });
    const value = requiredText(within(at, 'value'), point.value);
    const use = optionalCode(within(at, 'use'), { sent: point.use, codes: TELECOM_USES });
    const rank = readRank(within(at, 'rank'), point.rank);
    return system && value ? { system, value, use, rank } : [];
  });
}

/**
 * Reports what is wrong with the order in which numbers are to be rung (B-262): once there is any, each has a rank and exactly one
 * of them all, the patient's and those of third parties, has rank 1.
 */
export function checkRanks(place: Place, { telecom, contact = [] }: ContainedPatient): void {
  const numbers = [...numbersOf(place, telecom), ...contact.flatMap((person, index) => numbersOf(within(place, `contact[${index}]`), person.telecom))];
  if (numbers.length === 0) return;

  const unranked = numbers.filter(({ rank }) => rank === undefined);
  for (const { at } of unranked) wrong(at, { says: 'Every contact number needs a rank', code: 'business-rule' });
  const firsts = numbers.filter(({ rank }) => rank === 1).length;
  if (firsts !== 1) wrong(place, { says: `Exactly one contact number must have rank 1: ${firsts} have`, code: 'business-rule' });
}

function numbersOf(place: Place, telecom: ContactPoints = []): { at: Place; rank: number | undefined }[] {
  return telecom.flatMap(({ system, rank }, index) => (NUMBERS.includes(system) ? { at: within(place, `telecom[${index}].rank`), rank } : []));
}

function readRank(at: Place, rank: number | undefined): number | null {
  if (rank === undefined) return null;
  if (Number.isInteger(rank) && rank > 0 && rank <= MAX_RANK) return rank;
  return wrong(at, { says: `rank must be a whole number from 1 to ${MAX_RANK}` });
}
