import { z } from 'zod';
import type { AppointmentSearch } from '@/lib/booking/appointment.schema';
import { typedReference } from '@/lib/booking/reference.rules';
import { nhsNumber } from '@/lib/patient/nhs-number.schema';
import { birthDate, oneLine, requiredLine } from '@/lib/patient/schema';
import { addDays, startOfLondonDay } from '@/lib/platform/time';
import type { LocalDate } from '@/lib/platform/time-words';

/** So many days back is looked at first; all the past only when asked for (U-100). */
export const RECENT_DAYS = 30;

const MAX_NAME = 70;

const reference = oneLine.transform((typed, context) => {
  const found = typedReference(typed);
  if (found) return found;
  context.addIssue({ code: 'custom', message: typed === '' ? 'Enter the reference' : 'A reference looks like ONW-7K3P-92: check each sign with the caller' });
  return z.NEVER;
});

/**
 * How somebody looks for an appointment, from the fields of the form that `by` names; `today` is the date in London. The field
 * `past` is `all` when the whole past is asked for.
 */
export function appointmentSearch(by: string | undefined, today: LocalDate): z.ZodType<AppointmentSearch> {
  const since = z.object({ past: oneLine }).transform(({ past }) => ({ since: past === 'all' ? null : startOfLondonDay(addDays(today, -RECENT_DAYS)) }));
  switch (by) {
    case 'nhs-number':
      return z.intersection(z.object({ by: z.literal('nhs-number'), nhsNumber }), since);
    case 'name':
      return z.intersection(z.intersection(z.object({ by: z.literal('name'), familyName: requiredLine('last name', MAX_NAME) }), birthDate(today)), since);
    default:
      return z.object({ by: z.literal('reference').catch('reference'), reference });
  }
}
