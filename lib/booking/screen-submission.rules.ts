import type { SentPatient, SentTelecom, SentThirdParty, Submission } from '@/lib/booking/submission.schema';
import type { Contact } from '@/lib/patient/contacts.schema';
import type { Patient } from '@/lib/patient/schema';

/** What the screens know of a booking that was made on them. */
type Known = {
  patient: Omit<Patient, 'id'>;
  /** Those of the call that booked it. */
  contacts: readonly Contact[];
  /** The request for care that was sent with it, if any. */
  referral: { id: string; sentAt: Date } | null;
};

const GENDERS = { female: 'female', male: 'male', indeterminate: 'other' } as const;

// Callers' numbers are looked up in the register before a call begins.
const VERIFIED = { system: 'https://fhir.hl7.org.uk/STU3/CodeSystem/CareConnect-NHSNumberVerificationStatus-1', code: '01', display: 'Number present and verified' } as const;

const URGENT_CARE_REPORT = { system: 'urn:oid:2.16.840.1.113883.2.1.3.2.4.18.17', code: 'POCD_MT200001GB02', display: 'Integrated Urgent Care Report' } as const;
const CLINICAL_DOCUMENT = 'application/hl7-v3+xml';

/**
 * A booking that was made on the screens, as another system would have sent it: the patient as the register has them, the numbers of the
 * call with their ranks, and its referral as the clinical document. Nothing is made up: what nobody stated is
 * left out, and an unknown patient keeps the name that says so (B-250 to B-274, B-505).
 */
export function submissionOf({ patient, contacts, referral }: Known): Submission {
  return {
    patient: sentPatient(patient, contacts),
    document: referral && { id: referral.id, type: URGENT_CARE_REPORT, contentType: CLINICAL_DOCUMENT, language: 'en', indexedAt: referral.sentAt.toISOString() },
    language: null,
    incomingReferral: null,
  };
}

function sentPatient(patient: Known['patient'], contacts: readonly Contact[]): SentPatient {
  const { nhsNumber, givenName, familyName, sex, birthDate, addressLine, town, postcode, phone } = patient;
  const own = contacts.filter(({ isPatient }) => isPatient).map(phoneOf);
  return {
    nhsNumber,
    verification: nhsNumber === null ? null : VERIFIED,
    name: { prefix: [], given: [givenName], family: familyName },
    gender: GENDERS[sex],
    birthDate,
    addresses: [{ use: 'home', lines: addressLine === null ? [] : [addressLine], town, district: null, postcode }],
    telecom: contacts.length === 0 && phone !== null ? [phoneOf({ phone, rank: 1 })] : own,
    thirdParties: contacts.filter(({ isPatient }) => !isPatient).map(thirdPartyOf),
  };
}

function phoneOf({ phone, rank }: Pick<Contact, 'phone' | 'rank'>): SentTelecom {
  return { system: 'phone', value: phone, use: null, rank };
}

// The screens have the name in one line: which part of it is the family's, nobody knows.
function thirdPartyOf(contact: Contact): SentThirdParty {
  const { name, relationship } = contact;
  return {
    relationships: relationship === null ? [] : [{ coding: null, text: relationship }],
    name: { prefix: [], given: [], family: name ?? '' },
    telecom: [phoneOf(contact)],
    address: null,
  };
}
