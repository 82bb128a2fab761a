import type { TagTone } from '@/components/ui/tag';
import type { AttemptResult, ContactOutcome, ContactTask, TaskStep } from '@/lib/notify/contact.schema';
import type { Contact } from '@/lib/patient/contacts.schema';
import { clockTime, dayWords, durationWords, londonDate, minutesBetween, whenWords } from '@/lib/platform/time-words';

export const ATTEMPTS: Record<AttemptResult, string> = {
  reached: 'Reached',
  'no-answer': 'No answer',
  'left-message': 'Left a message',
  'wrong-number': 'Wrong number',
};

export const OUTCOMES: Record<ContactOutcome, { words: string; tone: TagTone }> = {
  told: { words: 'Told', tone: 'green' },
  rebooked: { words: 'Rebooked', tone: 'green' },
  refitted: { words: 'Has a place again', tone: 'green' },
  'not-needed': { words: 'Not needed', tone: 'grey' },
  'gave-up': { words: 'Given up', tone: 'amber' },
};

type Happened = Pick<ContactTask, 'cause' | 'reason' | 'appointment' | 'instead'>;

/** What was done to the appointment: `Moved from 10:00 to 11:20: staff training`. */
export function happenedWords({ cause, reason, appointment, instead }: Happened, now: Date): string {
  const at = whenWords(appointment.startsAt, now);
  const why = reason ? `: ${reason}` : '';
  switch (cause) {
    case 'moved':
      return `${instead ? `Moved from ${at} to ${insteadWords(appointment, instead, now)}` : `Moved from ${at}`}${why}`;
    case 'cancelled':
      return `Cancelled${why}`;
    case 'orphaned':
      return `No place any more ${/^\d/.test(at) ? 'at ' : ''}${at}${why}`;
  }
}

/** How soon it is: `in 40 min`, `began 10 min ago`; nothing from a day away on. */
export function untilWords(startsAt: Date, now: Date): string {
  const minutes = minutesBetween(now, startsAt);
  if (Math.abs(minutes) >= 24 * 60) return '';
  return minutes >= 0 ? `in ${durationWords(minutes)}` : `began ${durationWords(minutesBetween(startsAt, now))} ago`;
}

/** `Not rung yet`, `Rung once: no answer 10:20`, `Rung 3 times, last: left a message yesterday 16:05`. */
export function attemptsWords({ count, last }: ContactTask['attempts'], now: Date): string {
  if (!last) return 'Not rung yet';
  const came = `${ATTEMPTS[last.result].toLowerCase()} ${whenWords(last.at, now)}`;
  return count === 1 ? `Rung once: ${came}` : `Rung ${count} times, last: ${came}`;
}

/** Whose number it is: `Mother, Ada Notreal`. */
export function whoseWords({ isPatient, name, relationship }: Contact): string {
  return isPatient ? 'the patient' : [relationship, name].filter(Boolean).join(', ');
}

/** One step of what was done for somebody. */
export function stepWords(step: TaskStep): string {
  if (step.kind === 'attempt') return `Rang: ${ATTEMPTS[step.result].toLowerCase()}`;
  return { added: 'Put on the list', changed: 'Changed again', taken: 'Taken', 'given-back': 'Given back', settled: 'Settled' }[step.kind];
}

function insteadWords(from: Happened['appointment'], to: Happened['appointment'], now: Date): string {
  const isSameDay = londonDate(from.startsAt) === londonDate(to.startsAt);
  const at = isSameDay ? clockTime(to.startsAt) : `${dayWords(londonDate(to.startsAt), now)} ${clockTime(to.startsAt)}`;
  return to.serviceName === from.serviceName ? at : `${at} at ${to.serviceName}`;
}
