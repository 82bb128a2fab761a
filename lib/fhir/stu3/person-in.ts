import { missing, within, wrong, type Place } from '@/lib/fhir/stu3/place';
import { nhsNumber } from '@/lib/patient/nhs-number.schema';
import { parseLocalDate } from '@/lib/platform/time';
import { londonDate, type LocalDate } from '@/lib/platform/time-words';

/** Nobody alive is older; PostgreSQL and calendars begin to differ long before. */
const FIRST_BIRTH_DATE = '1850-01-01';

/** An NHS number in a body, at the identifier that it is the value of (B-252, B-836); null, reported, when it is missing or none. */
export function readNhsNumber(at: Place, sent: string | undefined): string | null {
  if (!sent) return missing(within(at, 'value'));
  // Forms forgive spaces and dashes; a body does not (section 12).
  if (/^\d{10}$/.test(sent) && nhsNumber.safeParse(sent).success) return sent;
  return wrong(at, { says: 'The NHS number is not valid: it has ten digits, without spaces, and the last one checks the others', details: 'INVALID_NHS_NUMBER' });
}

/** A birth date (B-258), from 1850 to the London day of `now`; null, reported, when it is missing, partial or none. */
export function readBirthDate(at: Place, { sent, now }: { sent: string | undefined; now: Date }): LocalDate | null {
  if (!sent) return missing(at);
  const date = parseLocalDate(sent);
  if (!date || date < FIRST_BIRTH_DATE) return wrong(at, { says: 'birthDate is not a whole date like 1991-05-20' });
  return date > londonDate(now) ? wrong(at, { says: 'birthDate is in the future' }) : date;
}
