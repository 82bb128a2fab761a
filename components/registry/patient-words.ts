import { patientCard } from '@/components/call/patient-words';
import { formatNhsNumber } from '@/lib/patient/nhs-number.schema';
import type { Patient } from '@/lib/patient/schema';
import type { Candidate } from '@/lib/platform/errors';
import type { Refused } from '@/lib/platform/form';
import { birthDateWords, clockTime } from '@/lib/platform/time-words';
import type { OpenedPatient, PatientSearch, RegisteredPatient } from '@/lib/registry/patient.schema';

/** That nobody was found, by how it was looked; the number may be new here, the details may be spelt differently. */
export const NOBODY_FOUND: Record<PatientSearch['by'], Refused> = {
  'nhs-number': {
    refusal: { code: 'patient-not-found' },
    title: 'No patient has this NHS number',
    todo: 'Check each digit, or look with last name, date of birth and postcode.',
  },
  details: {
    refusal: { code: 'patient-not-found' },
    title: 'No patient has this last name, date of birth and postcode',
    todo: 'All three must be right: check the spelling, and whether they have moved. The NHS number finds more.',
  },
};

/** One of several patients who could be meant, to be told apart by whoever asks. */
export function candidateOf({ patient, deceasedOn }: RegisteredPatient, now: Date): Candidate {
  const { id, name, about, address } = patientCard(patient, now);
  return { value: id, words: [name, about, numberWords(patient), address, ...(deceasedOn ? [`died ${birthDateWords(deceasedOn)}`] : [])].join(' · ') };
}

/** `NHS 999 747 8347`, or that it is not known. */
export function numberWords({ nhsNumber }: Pick<Patient, 'nhsNumber'>): string {
  return nhsNumber ? `NHS ${formatNhsNumber(nhsNumber)}` : 'no NHS number';
}

/** `You gave a reason at 13:50; it holds until 14:20.` */
export function reasonWords({ reasonAt, holdsUntil }: Pick<OpenedPatient, 'reasonAt' | 'holdsUntil'>): string {
  return `You gave a reason at ${clockTime(reasonAt)}; it holds until ${clockTime(holdsUntil)}.`;
}
