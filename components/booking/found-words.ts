import { patientLine } from '@/components/booking/appointment-summary';
import { STATUSES } from '@/components/booking/status-words';
import type { TagTone } from '@/components/ui/tag';
import type { AppointmentLine, AppointmentSearch } from '@/lib/booking/appointment.schema';
import { birthDateWords, clockTime, dayWords, londonDate, shortDate } from '@/lib/platform/time-words';

/** What a search found, in the words of the server. */
export type Found = {
  title: string;
  /** What to do when it is not what was looked for. */
  todo: string;
  lines: readonly FoundLine[];
  /** The past before the first line was left out and can be asked for. */
  hasPast: boolean;
};

/** `what`: the reference; of a sealed one that it is sealed. */
export type FoundLine = { id: string; what: string; status: { words: string; tone: TagTone }; when: string; where: string; patient: string };

/** What was found; `most` is the number at which the search stops. */
export function foundWords(lines: readonly AppointmentLine[], { search, most, now }: { search: AppointmentSearch; most: number; now: Date }): Found {
  const since = search.by === 'reference' ? null : search.since;
  const from = since ? ` since ${shortDate(londonDate(since), now)}` : '';
  return {
    title: lines.length === 0 ? `No appointment ${aboutWords(search)}${from}` : `${countWords(lines.length, most)}${from}`,
    todo: lines.length === 0 ? NOT_FOUND[search.by] : '',
    lines: lines.map((line) => lineWords(line, now)),
    hasPast: since !== null,
  };
}

const NOT_FOUND: Record<AppointmentSearch['by'], string> = {
  reference: 'Ask for the reference again, sign by sign, or look with the NHS number or the name and date of birth.',
  'nhs-number': 'Check the number with the caller, or look with the name and date of birth: the appointment may have been booked without the number. One that was booked outside Onward is not found here.',
  name: 'Check the spelling and the date with the caller, or look with the NHS number. One that was booked outside Onward is not found here.',
};

function aboutWords(search: AppointmentSearch): string {
  switch (search.by) {
    case 'reference':
      return `has the reference ${search.reference}`;
    case 'nhs-number':
      return 'for this NHS number';
    case 'name':
      return `for this last name and ${birthDateWords(search.birthDate)}`;
  }
}

function countWords(count: number, most: number): string {
  if (count === most) return `The latest ${most} appointments`;
  return count === 1 ? '1 appointment' : `${count} appointments`;
}

function lineWords(line: AppointmentLine, now: Date): FoundLine {
  const { id, status, startsAt, patient } = line;
  const day = dayWords(londonDate(startsAt), now);
  return {
    id,
    what: line.isOpen ? line.reference : 'Sealed appointment',
    status: STATUSES[status],
    when: `${day.charAt(0).toUpperCase()}${day.slice(1)} ${clockTime(startsAt)}`,
    where: line.isOpen ? line.serviceName : 'Not shown',
    patient: patientLine(patient, now),
  };
}
