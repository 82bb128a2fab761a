import type { SentOtherwise } from '@/lib/booking/appointment.schema';
import type { SentPatient } from '@/lib/booking/submission.schema';
import type { Patient } from '@/lib/patient/schema';
import { parseLocalDate } from '@/lib/platform/time';
import { plainText } from '@/lib/registry/match.rules';

/**
 * What another system sent of a patient that is not what is known here, or null when it means the same: names without regard to case, accents,
 * spaces and signs, and further given names are no difference. The register is not changed by what was sent, so somebody should look.
 */
export function sentOtherwise({ name, birthDate }: SentPatient, known: Pick<Patient, 'givenName' | 'familyName' | 'birthDate'>): SentOtherwise | null {
  const given = name.given.join(' ');
  const isNamedSo = plainText(name.family) === plainText(known.familyName) && plainText(given).startsWith(plainText(known.givenName));
  if (isNamedSo && birthDate === known.birthDate) return null;
  return { name: isNamedSo ? null : `${name.family.toUpperCase()}, ${given}`, birthDate: birthDate === known.birthDate ? null : parseLocalDate(birthDate) };
}
