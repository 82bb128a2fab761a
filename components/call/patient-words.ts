import type { Call } from '@/lib/booking/schema';
import type { Contact } from '@/lib/patient/contacts.schema';
import { fullName } from '@/lib/patient/rules';
import type { Patient } from '@/lib/patient/schema';
import { ageOn } from '@/lib/platform/time';
import { birthDateWords, londonDate, type LocalDate } from '@/lib/platform/time-words';

/** `2 years`, `14 months` under two years, `9 days` under a month: as the directory counts ages (D-003). */
export function ageWords(birthDate: LocalDate, now: Date): string {
  const { years, months, days } = ageOn(birthDate, londonDate(now));
  if (years >= 2) return `${years} years`;
  const wholeMonths = years * 12 + months;
  if (wholeMonths >= 1) return `${wholeMonths} ${wholeMonths === 1 ? 'month' : 'months'}`;
  return `${days} ${days === 1 ? 'day' : 'days'}`;
}

/** A patient in words, to be checked with the caller; made on the server, so that browsers need no calendar. */
export type PatientCard = { id: string; name: string; about: string; address: string };

export function patientCard(patient: Patient, now: Date): PatientCard {
  const { id, addressLine, town, postcode } = patient;
  return {
    id,
    name: listName(patient),
    about: aboutPatient(patient, now).join(' · '),
    address: [addressLine, town, postcode].filter(Boolean).join(', '),
  };
}

/** `NOTREAL, Tomasz`: the family name first, as lists have it. */
export function listName(patient: Pick<Patient, 'givenName' | 'familyName' | 'isUnknown'>): string {
  return patient.isUnknown ? fullName(patient) : `${patient.familyName.toUpperCase()}, ${patient.givenName}`;
}

/** Age, birth date and sex. The age of an unknown patient is an estimate, and the birth date behind it is nobody's. */
export function aboutPatient({ birthDate, sex, isUnknown }: Patient, now: Date): string[] {
  if (isUnknown) return [`about ${ageOn(birthDate, londonDate(now)).years} years`, sexWords(sex)];
  return [ageWords(birthDate, now), `born ${birthDateWords(birthDate)}`, sexWords(sex)];
}

function sexWords(sex: Patient['sex']): string {
  return sex === 'indeterminate' ? 'sex not known' : sex;
}

type Ringing = Pick<Call, 'caller' | 'contacts'>;

/** Who calls, and whom to ring in which order: `ring first: Mother, Ada Notreal, the caller, 07700 900153` (U-148, U-149). */
export function contactsWords({ caller, contacts }: Ringing): string[] {
  const isCallerListed = contacts.some((contact) => isCaller(contact, caller));
  const numbers = contacts.map((contact) => `${contact.rank === 1 ? 'ring first' : 'then'}: ${contactWords(contact, caller)}`);
  return [
    ...(isCallerListed ? [] : [caller ? `caller: ${caller.relationship}, ${caller.name}` : 'caller: the patient']),
    ...(numbers.length > 0 ? numbers : ['no number to ring']),
  ];
}

/** The same where there is no room: whom to ring first, and how many more numbers there are. */
export function firstContactWords({ caller, contacts }: Ringing): string[] {
  const more = contacts.length - 1;
  return [...contactsWords({ caller, contacts: contacts.slice(0, 1) }), ...(more > 0 ? [`${more} more`] : [])];
}

function contactWords(contact: Contact, caller: Call['caller']): string {
  const who = contact.isPatient ? 'the patient' : `${contact.relationship}, ${contact.name}${isCaller(contact, caller) ? ', the caller' : ''}`;
  return contact.isPatient && !caller ? contact.phone : `${who}, ${contact.phone}`;
}

function isCaller({ isPatient, name, relationship }: Contact, caller: Call['caller']): boolean {
  return !isPatient && caller !== null && caller.name === name && caller.relationship === relationship;
}
