import type { SentName, SentPatient, SentTelecom, SentThirdParty } from '@/lib/booking/submission.schema';
import type { Contact } from '@/lib/patient/contacts.schema';
import type { Patient, Sex } from '@/lib/patient/schema';
import { parseLocalDate } from '@/lib/platform/time';

const SEXES = { female: 'female', male: 'male', other: 'indeterminate', unknown: 'indeterminate' } as const satisfies Record<SentPatient['gender'], Sex>;

/** The kinds of telecom that somebody can be rung by; the others stay in what was sent. */
const NUMBERS: readonly string[] = ['phone', 'sms'];

/** Ranks are kept in a small integer column. */
const MAX_RANK = 32_767;

/** A patient whom nobody knew before, as the system that books for them does. Throws when the birth date is no date: the door checks it. */
export function newPatientOf(id: string, sent: SentPatient): Omit<Patient, 'isUnknown'> {
  const { nhsNumber, name, gender, addresses } = sent;
  const birthDate = parseLocalDate(sent.birthDate);
  const address = addresses[0];
  if (!birthDate || !address) throw new Error('a door let through a patient without a birth date or an address');
  return {
    ...{ id, nhsNumber, givenName: name.given.join(' '), familyName: name.family, birthDate, sex: SEXES[gender] },
    ...{ addressLine: [...address.lines, ...(address.district ? [address.district] : [])].join(', ') || null, town: address.town, postcode: address.postcode },
    phone: ringable(sent.telecom).sort((one, other) => rankOf(one) - rankOf(other))[0]?.value ?? null,
  };
}

/** The numbers to ring about a patient, the patient's own and those of third parties, with the ranks that were sent (U-140 to U-144, B-260 to B-262). */
export function sentContacts({ telecom, thirdParties }: SentPatient): Contact[] {
  const own = ringable(telecom).map((number) => ({ rank: rankOf(number), isPatient: true, name: null, relationship: null, phone: number.value }));
  return [...own, ...thirdParties.flatMap(contactsOf)];
}

function contactsOf(thirdParty: SentThirdParty): Contact[] {
  const [name, relationship] = [nameOf(thirdParty.name), relationshipOf(thirdParty)];
  return ringable(thirdParty.telecom).map((number) => ({ rank: rankOf(number), isPatient: false, name, relationship, phone: number.value }));
}

function relationshipOf({ relationships }: SentThirdParty): string {
  const [first] = relationships;
  return first?.text ?? first?.coding?.display ?? first?.coding?.code ?? 'Not stated';
}

function nameOf({ prefix, given, family }: SentName): string {
  return [...prefix, ...given, family].filter((part) => part !== '').join(' ');
}

function ringable(telecom: readonly SentTelecom[]): SentTelecom[] {
  return telecom.filter(({ system }) => NUMBERS.includes(system));
}

// Without a rank a number comes after those that have one.
function rankOf({ rank }: SentTelecom): number {
  return Math.min(rank ?? MAX_RANK, MAX_RANK);
}
