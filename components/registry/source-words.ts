import { clockTime, dayWords, londonDate, whenWords } from '@/lib/platform/time-words';
import type { CheckOutcome, Source } from '@/lib/registry/source.schema';

/** How the last try to re-read an entry ended, and what that may mean for whoever looks after the source. */
export const OUTCOME_WORDS: Record<CheckOutcome, string> = {
  confirmed: 'As registered',
  changed: 'Changed there, and here too',
  gone: 'Not there any more: ask the organisation to cancel its entry',
  refused: 'Onward was not let in: ask whether it accepts Onward’s tokens',
  unreachable: 'No answer in time, an error, or a connection that cannot be trusted',
  unreadable: 'The answer was no FHIR appointment that Onward can read',
  'not-allowed': 'At an address that is not read',
};

/** Whether a source is read now, for a tag: `On`, `Off`, or `Resting until 10:05` after it failed. */
export function sourceState({ isOn, restsUntil }: Pick<Source, 'isOn' | 'restsUntil'>, now: Date): { tone: 'green' | 'amber' | 'grey'; words: string } {
  if (!isOn) return { tone: 'grey', words: 'Off' };
  return restsUntil && restsUntil > now ? { tone: 'amber', words: `Resting until ${whenWords(restsUntil, now)}` } : { tone: 'green', words: 'On' };
}

/** `12 to re-read, 3 of them not confirmed`, `12 to re-read`, or `None`. */
export function entriesWords({ current, unconfirmed }: Source['entries']): string {
  if (current === 0) return 'None';
  return unconfirmed > 0 ? `${current} to re-read, ${unconfirmed} of them not confirmed` : `${current} to re-read`;
}

/** When a source answered last: `today 13:50`, `Sat 21 Nov 13:50`, or `Never`. */
export function answeredWords({ readAt }: Pick<Source, 'readAt'>, now: Date): string {
  return readAt ? momentWords(readAt, now) : 'Never';
}

/** `today 13:50` or `Sat 21 Nov 13:50`. */
export function momentWords(at: Date, now: Date): string {
  return `${dayWords(londonDate(at), now)} ${clockTime(at)}`;
}
