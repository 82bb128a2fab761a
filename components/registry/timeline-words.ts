import { whatOf, whenOf } from '@/components/registry/entry-words';
import { STATUSES } from '@/components/booking/status-words';
import { birthDateWords, londonDate } from '@/lib/platform/time-words';
import type { PatientEntry, Sought } from '@/lib/registry/schema';

/** What became of an appointment, as far as a mark on the timeline tells it. */
export type Look = 'coming' | 'attended' | 'missed' | 'unsaid' | 'ended';

/** The looks in the order of the key. */
export const LOOKS: Record<Look, string> = {
  coming: 'To come',
  attended: 'Arrived or attended',
  missed: 'Did not attend',
  unsaid: 'Past, attendance not stated',
  ended: 'Cancelled, moved or in error',
};

type Shown = Pick<PatientEntry, 'status' | 'startsAt' | 'endsAt'>;

/** Booked and not over is to come; booked and over says nothing about whether anybody came. */
export function lookOf({ status, endsAt }: Shown, now: Date): Look {
  switch (status) {
    case 'booked':
      return endsAt > now ? 'coming' : 'unsaid';
    case 'arrived':
    case 'fulfilled':
      return 'attended';
    case 'noshow':
      return 'missed';
    case 'cancelled':
    case 'moved':
    case 'entered-in-error':
      return 'ended';
  }
}

/** How many entries have each look, in the order of the key; those that none has are left out. */
export function lookCounts(entries: readonly Shown[], now: Date): { look: Look; words: string; count: number }[] {
  const looks = entries.map((entry) => lookOf(entry, now));
  return ALL_LOOKS.map((look) => ({ look, words: LOOKS[look], count: looks.filter((one) => one === look).length })).filter(({ count }) => count > 0);
}

const ALL_LOOKS = ['coming', 'attended', 'missed', 'unsaid', 'ended'] as const;

/** `Tue 24 Nov 09:40, Leeds Dental Access, LS1 3EX: booked`, for whoever points at a mark. */
export function markWords(entry: PatientEntry, now: Date): string {
  return `${whenOf(entry, now)}, ${whatOf(entry)}: ${STATUSES[entry.status].words.toLowerCase()}`;
}

/** What the plot is, for those who hear it: `5 appointments over time, from 3 Nov 2026 to 12 Dec 2026. The table below has each of them.` */
export function plotWords(entries: readonly Pick<PatientEntry, 'startsAt'>[]): string {
  const dates = entries.map(({ startsAt }) => londonDate(startsAt)).sort();
  const [first] = dates;
  const last = dates.at(-1);
  const span = first && last && first !== last ? `, from ${birthDateWords(first)} to ${birthDateWords(last)}` : first ? `, on ${birthDateWords(first)}` : '';
  return `${appointmentsWords(entries.length)} over time${span}. The table below has each of them.`;
}

/** `1 appointment`, `5 appointments`. */
export function appointmentsWords(count: number): string {
  return `${count} ${count === 1 ? 'appointment' : 'appointments'}`;
}

/** That a patient has no appointment at all, how it was looked for, and what to do. */
export function emptyWords({ nhsNumber, isUnknown }: Pick<Sought, 'nhsNumber' | 'isUnknown'>): string {
  if (isUnknown) return 'Nothing was booked for this record, and nothing else was looked for: nobody knows who the patient is.';
  const found = nhsNumber ? 'No appointment with this NHS number is known, past or to come.' : 'No appointment of this patient is known, past or to come. The NHS number would find more.';
  return `${found} Those of organisations that do not register them are not in here: ask the patient.`;
}

/** What to do about appointments that may be somebody else's. */
export function maybeTodo(isInCall: boolean): string {
  const why = 'Last name, date of birth and postcode are the same; an NHS number is missing on one side.';
  return `${why} ${isInCall ? 'Ask the caller before you take them as this patient’s.' : 'In a call somebody can ask, and link them.'}`;
}
