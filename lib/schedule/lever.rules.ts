import { addMinutes, londonMinute, type MinuteOfDay } from '@/lib/platform/time';
import { MINUTE_MS } from '@/lib/platform/time-words';
import type { Extra, SessionPattern } from '@/lib/schedule/schema';
import { minuteWords } from '@/lib/schedule/typed.rules';

const QUARTER = 15;

type Hours = Pick<SessionPattern, 'opensMinute' | 'closesMinute'>;

/** A pause that begins with the present minute, half-open. */
export function pauseFrom(now: Date, minutes: number): { startsAt: Date; endsAt: Date } {
  const startsAt = addMinutes(now, -(now.getTime() % MINUTE_MS) / MINUTE_MS);
  return { startsAt, endsAt: addMinutes(startsAt, minutes) };
}

/** When places are added in a session unless somebody says otherwise: from the next quarter of an hour of the London clock to its end. */
export function usualExtra({ opensMinute, closesMinute }: Hours, now: Date): { fromMinute: MinuteOfDay; toMinute: MinuteOfDay } {
  const next = Math.ceil(londonMinute(now) / QUARTER) * QUARTER;
  return { fromMinute: next < closesMinute ? Math.max(opensMinute, next) : opensMinute, toMinute: closesMinute };
}

/** What is wrong with the times of places to add in a session, by field; empty: nothing. Outside its hours there is nobody to see the patients. */
export function extraFaults({ opensMinute, closesMinute }: Hours, { fromMinute, toMinute }: Extra): Record<string, string> {
  const hours = `The session is from ${minuteWords(opensMinute)} to ${minuteWords(closesMinute)}`;
  return {
    ...(fromMinute < opensMinute || fromMinute >= closesMinute ? { from: `${hours}: choose a time in it` } : {}),
    ...(toMinute > closesMinute || toMinute <= opensMinute ? { to: `${hours}: end by then, or change the session first` } : {}),
  };
}
