import { ODS_CODE } from '@/lib/auth/ods-code.schema';
import { NATIONAL_PATIENT, NHS_NUMBER } from '@/lib/fhir/stu3/appointment-systems';
import { readBirthDate, readNhsNumber } from '@/lib/fhir/stu3/person-in';
import { missing, optionalCode, optionalText, requiredText, within, wrong, type Place } from '@/lib/fhir/stu3/place';
import { targetOf } from '@/lib/fhir/stu3/references';
import type { SentEntry, SentParticipant } from '@/lib/fhir/stu3/registry-schema';
import { bookingRoot, matchExtension, NATIONAL_IDS, ODS_ORGANISATION, PARTICIPATION } from '@/lib/fhir/stu3/registry-systems';
import type { Registration } from '@/lib/registry/api-entry.schema';
import { plainText } from '@/lib/registry/match.rules';

/** Who and what the participants of a body say, and the FHIRPath of the one that says it. */
export type People = Pick<Registration, 'patient' | 'traits' | 'service' | 'holderCode' | 'place'> & { paths: Partial<Record<Kind, string>> };

/** What a participant of an entry can be: the patient, the service with who holds the appointment, or where it is. */
type Kind = 'patient' | 'service' | 'place';

type Reading = { now: Date; root: string };
type Actor = NonNullable<SentParticipant['actor']>;
type Placed = { at: Place; participant: SentParticipant };

/**
 * The participants of an entry: exactly one patient (B-913), at most one service and one place, in any order; `root` is that of the
 * registry. Null when there is no patient to be told; every fault is reported at its element, and so is a participant of any other kind.
 */
export function readPeople(place: Place, { sent, ...reading }: Reading & { sent: SentEntry }): People | null {
  const placed = (sent.participant ?? []).map((participant, index) => ({ at: within(place, `participant[${index}]`), participant }));
  const found: Partial<Record<Kind, Placed>> = {};
  for (const one of placed) {
    const kind = kindOf(one.participant, reading.root);
    checkParticipant(one, kind);
    if (found[kind]) wrong(one.at, { says: 'An entry has one patient, and at most one service and one place', code: 'business-rule' });
    else found[kind] = one;
  }
  const patient = found.patient ? readPatient(found.patient, reading) : missing(within(place, 'participant'));
  const service = readService(found.service, reading);
  const where = found.place ? readPlace(found.place) : null;
  if (!patient) return null;
  const paths = { patient: found.patient?.at.path, service: found.service?.at.path, place: found.place?.at.path };
  return { ...patient, ...service, place: where, paths };
}

function kindOf({ type, actor }: SentParticipant, root: string): Kind {
  const target = actor?.reference ? targetOf(actor.reference, bookingRoot(root)) : null;
  if (target && 'type' in target && target.type === 'HealthcareService') return 'service';
  if (actor?.identifier?.system === ODS_ORGANISATION) return 'service';
  return type?.some(({ coding }) => coding?.some(isLocation)) ? 'place' : 'patient';
}

function isLocation({ system, code }: { system?: string | undefined; code?: string | undefined }): boolean {
  return system === PARTICIPATION && code === 'LOC';
}

function checkParticipant({ at, participant }: Placed, kind: Kind): void {
  // A missing one is put right (B-424).
  optionalCode(within(at, 'status'), { sent: participant.status, codes: ['accepted'] });
  const types = participant.type ?? [];
  const isAsItShould = kind === 'place' ? types.length === 1 && types[0]?.coding?.length === 1 : types.length === 0;
  if (!isAsItShould) wrong(within(at, 'type'), { says: 'Only the place has a type, LOC: the registry keeps no other', code: 'business-rule' });
}

function readPatient({ at, participant }: Placed, reading: Reading): Pick<People, 'patient' | 'traits'> | null {
  const placed = within(at, 'actor');
  const { actor } = participant;
  const patient = actor?.identifier ? readIdentity(placed, actor) : missing(within(placed, 'identifier'));
  const traits = readTraits(placed, { actor, ...reading });
  return patient && { patient, traits };
}

function readIdentity(at: Place, { identifier = {}, reference, display }: Actor): Registration['patient'] | null {
  const placed = within(at, 'identifier');
  const national = reference?.startsWith(NATIONAL_PATIENT) ? reference.slice(NATIONAL_PATIENT.length).replace(/^Patient\//, '') : null;
  const isSame = reference === undefined || (identifier.system === NHS_NUMBER && national === identifier.value);
  if (!isSame) wrong(within(at, 'reference'), { says: `The patient is named by the identifier: leave the reference out, or send ${NATIONAL_PATIENT} and the same NHS number`, code: 'business-rule' });
  if (identifier.system === NHS_NUMBER) {
    const nhsNumber = readNhsNumber(placed, identifier.value);
    return nhsNumber === null ? null : { by: 'nhs-number', nhsNumber };
  }
  const system = requiredText(within(placed, 'system'), identifier.system);
  if (system?.startsWith(NATIONAL_IDS)) return wrong(within(placed, 'system'), { says: `Of the national identifiers only the NHS number names a patient, ${NHS_NUMBER}` });
  const value = requiredText(within(placed, 'value'), identifier.value);
  const shown = requiredText(within(at, 'display'), display);
  return system && value && shown ? { by: 'local', system, value, display: shown } : null;
}

function readTraits(at: Place, { actor, now, root }: Reading & { actor: Actor | undefined }): Registration['traits'] {
  const extensions = actor?.extension ?? [];
  const index = extensions.findIndex(({ url }) => url === matchExtension(root));
  if (index < 0) return null;
  const placed = within(at, `extension[${index}]`);
  const inner = extensions[index]?.extension ?? [];
  const part = (name: string) => inner.find(({ url }) => url === name);
  const partAt = (name: string) => within(placed, `extension.where(url='${name}')`);
  const familyName = readRecognisable(partAt('family'), part('family')?.valueString);
  const birthDate = readBirthDate(partAt('birthDate'), { sent: part('birthDate')?.valueDate, now });
  const postcode = readRecognisable(partAt('postcode'), part('postcode')?.valueString);
  return familyName && birthDate && postcode ? { familyName, birthDate, postcode } : null;
}

// Without a letter or a digit, everybody of that birth date and postcode would be the same.
function readRecognisable(at: Place, sent: string | undefined): string | null {
  const text = optionalText(at, sent);
  if (text !== null && plainText(text) !== '') return text;
  return wrong(at, { says: 'The extension takes family, birthDate and postcode, each with something to go by', code: 'required' });
}

function readService(found: Placed | undefined, { root }: Reading): Pick<People, 'service' | 'holderCode'> {
  if (!found) return { service: null, holderCode: null };
  const at = within(found.at, 'actor');
  const { reference, identifier, display } = found.participant.actor ?? {};
  const dosId = readDosId(within(at, 'reference'), { reference, root });
  const name = optionalText(within(at, 'display'), display);
  const holderCode = identifier ? readHolder(within(at, 'identifier'), identifier) : null;
  return { service: dosId || name ? { dosId, name } : null, holderCode };
}

function readDosId(at: Place, { reference, root }: { reference: string | undefined; root: string }): string | null {
  if (reference === undefined) return null;
  const target = targetOf(reference, bookingRoot(root));
  if (target && 'type' in target && target.type === 'HealthcareService') return target.id;
  return wrong(at, { says: 'The reference to a service is HealthcareService/ and its DoS service id', code: 'business-rule' });
}

function readHolder(at: Place, { system, value }: NonNullable<Actor['identifier']>): string | null {
  if (system !== ODS_ORGANISATION) return wrong(within(at, 'system'), { says: `The identifier beside a service is the ODS code of who holds the appointment, ${ODS_ORGANISATION}`, code: 'business-rule' });
  const code = requiredText(within(at, 'value'), value)?.toUpperCase();
  if (code === undefined) return null;
  return ODS_CODE.test(code) ? code : wrong(within(at, 'value'), { says: 'This is not an ODS code' });
}

function readPlace({ at, participant: { actor = {} } }: Placed): string | null {
  const placed = within(at, 'actor');
  if (actor.reference !== undefined || actor.identifier) wrong(placed, { says: 'A place has a display, and neither reference nor identifier', code: 'business-rule' });
  return requiredText(within(placed, 'display'), actor.display);
}
