import type { MinuteOfDay } from '@/lib/platform/time';

// Apart from pattern-form.schema because browsers read it while somebody types: no zod, no time zones.

const HOUR = 60;
const LAST_HOUR = 24;

/** The time of day that was typed: `9`, `09:00`, `9.30`, `0900`, and `24:00` for the end of the day. Null when it is none. */
export function typedMinute(typed: string): MinuteOfDay | null {
  const found = /^(\d{1,2})(?:[:.]?(\d{2}))?$/.exec(typed.trim());
  if (!found) return null;
  const [, hours = '', minutes = '0'] = found;
  const minute = Number(hours) * HOUR + Number(minutes);
  return Number(minutes) < HOUR && minute <= LAST_HOUR * HOUR ? minute : null;
}

/** The whole number that was typed, 0 or more; null when it is none. */
export function typedNumber(typed: string): number | null {
  return /^\d{1,6}$/.test(typed.trim()) ? Number(typed) : null;
}

/** `09:00`; `24:00` at the end of the day. */
export function minuteWords(minute: MinuteOfDay): string {
  const two = (part: number) => String(part).padStart(2, '0');
  return `${two(Math.floor(minute / HOUR))}:${two(minute % HOUR)}`;
}
