import type { SentAddress, SentName, SentPatient, SentThirdParty } from '@/lib/booking/submission.schema';
import type { Address, Concept, ContainedPatient, Name } from '@/lib/fhir/stu3/appointment-schema';
import { ADDRESS_USES, NHS_NUMBER, VERIFICATION, VERIFICATION_EXTENSION } from '@/lib/fhir/stu3/appointment-systems';
import { readBirthDate, readNhsNumber } from '@/lib/fhir/stu3/person-in';
import { missing, optionalCode, optionalText, requiredCode, requiredText, textsOf, within, wrong, type Place } from '@/lib/fhir/stu3/place';
import { checkRanks, readTelecom } from '@/lib/fhir/stu3/telecom-in';

const GENDERS = ['male', 'female', 'other', 'unknown'] as const;
// Number present and verified; present, not traced; trace required; attempted, no match; to be resolved; in progress; not present; postponed.
const VERIFICATIONS = ['01', '02', '03', '04', '05', '06', '07', '08'] as const;

/**
 * The contained Patient as it was sent (B-250 to B-263), at its place; `now` bounds the birth date. Null when something that the
 * patient cannot be told without is missing or wrong; every fault is reported at its element.
 */
export function readPatient(place: Place, { patient, now }: { patient: ContainedPatient; now: Date }): SentPatient | null {
  const identity = readIdentity(place, patient);
  const name = readPatientName(place, patient);
  const gender = requiredCode(within(place, 'gender'), { sent: patient.gender, codes: GENDERS });
  const birthDate = readBirthDate(within(place, 'birthDate'), { sent: patient.birthDate, now });
  const addresses = readAddresses(place, patient);
  const telecom = readTelecom(place, patient.telecom);
  const thirdParties = (patient.contact ?? []).flatMap((contact, index) => readThirdParty(within(place, `contact[${index}]`), contact) ?? []);
  checkRanks(place, patient);

  if (!identity || !name || !gender || !birthDate || addresses.length === 0) return null;
  return { ...identity, name, gender, birthDate, addresses, telecom, thirdParties };
}

// The NHS number, or nothing: an id of the sender's own would be taken for one that Onward knows (B-251).
function readIdentity(place: Place, { identifier = [] }: ContainedPatient): Pick<SentPatient, 'nhsNumber' | 'verification'> | null {
  const [first] = identifier;
  if (!first) return { nhsNumber: null, verification: null };

  const at = within(place, 'identifier[0]');
  if (identifier.length > 1) wrong(within(place, 'identifier[1]'), { says: 'A patient has one identifier, the NHS number, or none' });
  if (!first.system) missing(within(at, 'system'));
  else if (first.system !== NHS_NUMBER) return wrong(within(at, 'system'), { says: `The identifier of a patient must be an NHS number, of the system ${NHS_NUMBER}` });
  optionalCode(within(at, 'use'), { sent: first.use, codes: ['official'] });

  const number = readNhsNumber(at, first.value);
  const verification = readVerification(at, first.extension);
  return number && verification ? { nhsNumber: number, verification } : null;
}

function readVerification(at: Place, extensions: NonNullable<ContainedPatient['identifier']>[number]['extension'] = []): SentPatient['verification'] {
  const index = extensions.findIndex(({ url }) => url === VERIFICATION_EXTENSION);
  const coding = extensions[index]?.valueCodeableConcept?.coding?.[0];
  if (!coding) return wrong(within(at, 'extension'), { says: `The extension ${VERIFICATION_EXTENSION} is required with an NHS number`, code: 'required' });

  const placed = within(at, `extension[${index}].valueCodeableConcept.coding[0]`);
  const code = requiredCode(within(placed, 'code'), { sent: coding.code, codes: VERIFICATIONS });
  const system = optionalCode(within(placed, 'system'), { sent: coding.system ?? VERIFICATION, codes: [VERIFICATION] });
  return code && system ? { system, code, display: optionalText(within(placed, 'display'), coding.display) } : null;
}

function readPatientName(place: Place, { name: names = [] }: ContainedPatient): SentName | null {
  const index = Math.max(0, names.findIndex(({ use }) => use === 'official'));
  const name = names[index];
  if (!name) return missing(within(place, 'name'));

  const at = within(place, `name[${index}]`);
  const family = requiredText(within(at, 'family'), name.family);
  const given = textsOf(within(at, 'given'), name.given);
  if (given.length === 0) missing(within(at, 'given'));
  return family && given.length > 0 ? { prefix: textsOf(within(at, 'prefix'), name.prefix), given, family } : null;
}

function readAddresses(place: Place, { address: addresses = [] }: ContainedPatient): SentAddress[] {
  if (addresses.length === 0) missing(within(place, 'address'));
  return addresses.flatMap((address, index) => {
    const at = within(place, `address[${index}]`);
    const postcode = requiredText(within(at, 'postalCode'), address.postalCode);
    return postcode ? { ...readAddress(at, address), postcode } : [];
  });
}

function readAddress(at: Place, { use, line, city, district }: Address): Omit<SentAddress, 'postcode'> {
  return {
    use: optionalCode(within(at, 'use'), { sent: use, codes: ADDRESS_USES }),
    lines: textsOf(within(at, 'line'), line),
    town: optionalText(within(at, 'city'), city),
    district: optionalText(within(at, 'district'), district),
  };
}

// Relationship and name are required of a third party (B-261); an address may lack its postcode.
function readThirdParty(at: Place, contact: NonNullable<ContainedPatient['contact']>[number]): SentThirdParty | null {
  const relationships = (contact.relationship ?? []).flatMap((concept, index) => readRelationship(within(at, `relationship[${index}]`), concept) ?? []);
  if (!contact.relationship?.length) missing(within(at, 'relationship'));
  const name = readContactName(within(at, 'name'), contact.name);
  const telecom = readTelecom(at, contact.telecom);
  const placed = within(at, 'address');
  const postcode = optionalText(within(placed, 'postalCode'), contact.address?.postalCode) ?? '';
  const address = contact.address ? { ...readAddress(placed, contact.address), postcode } : null;
  return name && relationships.length > 0 ? { relationships, name, telecom, address } : null;
}

function readRelationship(at: Place, concept: Concept): SentThirdParty['relationships'][number] | null {
  const sent = concept.coding?.[0];
  const placed = within(at, 'coding[0]');
  const code = optionalText(within(placed, 'code'), sent?.code);
  const words = optionalText(within(at, 'text'), concept.text);
  if (!code && !words) return missing(at);
  const system = optionalText(within(placed, 'system'), sent?.system);
  return { coding: code ? { system, code, display: optionalText(within(placed, 'display'), sent?.display) } : null, text: words };
}

function readContactName(at: Place, name: Name | undefined): SentName | null {
  const family = optionalText(within(at, 'family'), name?.family) ?? optionalText(within(at, 'text'), name?.text);
  const given = textsOf(within(at, 'given'), name?.given);
  if (!family && given.length === 0) return missing(at);
  return { prefix: textsOf(within(at, 'prefix'), name?.prefix), given, family: family ?? '' };
}
