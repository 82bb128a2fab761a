import { slotWords } from '@/components/booking/slot-words';
import { WEEKDAYS } from '@/components/schedule/sum-words';
import { shortDate } from '@/lib/platform/time-words';
import type { ScheduleFacts, SessionPattern, WeeklyPattern } from '@/lib/schedule/schema';
import { minuteWords } from '@/lib/schedule/typed.rules';

/** `Room 2 · In person · Nurse practitioner · Ada Sample (female)`; what is not known is said. */
export function scheduleWords(facts: ScheduleFacts): string {
  const known = slotWords(facts);
  return facts.name ? `${facts.name} · ${known}` : known;
}

/** `every day`, `Mon to Fri`, `Mon, Wed and Fri`. */
export function daysWords(weekdays: readonly number[]): string {
  const days = [...new Set(weekdays)].sort((one, other) => one - other);
  const names = days.map((day) => (WEEKDAYS[day - 1] ?? '').slice(0, 3));
  const [first, last] = [days[0] ?? 0, days.at(-1) ?? 0];
  if (days.length === WEEKDAYS.length) return 'every day';
  if (days.length > 2 && last - first === days.length - 1) return `${names[0]} to ${names.at(-1)}`;
  return listWords(names);
}

/** `09:00–17:00`. */
export function hoursWords({ opensMinute, closesMinute }: Pick<SessionPattern, 'opensMinute' | 'closesMinute'>): string {
  return `${minuteWords(opensMinute)}–${minuteWords(closesMinute)}`;
}

/** `12:00–13:00, 15:00–15:15`, or `none`. */
export function breaksWords({ breaks }: Pick<SessionPattern, 'breaks'>): string {
  return breaks.map(({ fromMinute, toMinute }) => hoursWords({ opensMinute: fromMinute, closesMinute: toMinute })).join(', ') || 'none';
}

/** `10 min, 2 places`. */
export function slotLengthWords({ slotMinutes, places }: Pick<SessionPattern, 'slotMinutes' | 'places'>): string {
  return `${slotMinutes} min, ${places === 1 ? '1 place' : `${places} places`}`;
}

/** `20 %, open to 111 60 min before`, or `none`. */
export function keptBackWords({ keptBackPercent, releaseMinutes }: Pick<SessionPattern, 'keptBackPercent' | 'releaseMinutes'>): string {
  if (keptBackPercent === 0) return 'none';
  return releaseMinutes === 0 ? `${keptBackPercent} %, not opened to 111` : `${keptBackPercent} %, open to 111 ${releaseMinutes} min before`;
}

/** `from Tue 24 Nov`, `Tue 24 Nov to Fri 18 Dec`. */
export function validWords({ validFrom, validTo }: Pick<WeeklyPattern, 'validFrom' | 'validTo'>, now: Date): string {
  return validTo ? `${shortDate(validFrom, now)} to ${shortDate(validTo, now)}` : `from ${shortDate(validFrom, now)}`;
}

/** `Mon`, `Mon and Wed`, `Mon, Wed and Fri`. */
export function listWords(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
