import type { Hours } from '@/lib/directory/schema';
import { DAY_MINUTES, type MinuteOfDay } from '@/lib/platform/time';
import { ok, refuse, type Result } from '@/lib/platform/result';

/** The last minute that opening may end at: sessions never cross midnight (D-021). */
const LAST_MINUTE = DAY_MINUTES - 1;

/** Most sessions that one day may have. */
const MOST_SESSIONS = 6;

/** Closed all day, as a specified date says it (D-020). */
export const CLOSED_ALL_DAY: Hours = { fromMinute: 0, toMinute: 0 };

/**
 * Reads the sessions of one day as they are typed, `09:00 to 12:30, 13:30 to 18:00`, in order of their start; an empty text is none.
 * Times may be `9`, `9:00`, `9.00` or `0900`, and midnight at the end is 23:59 (D-021). Refuses with what is wrong, in words.
 */
export function parseHours(typed: string): Result<readonly Hours[], string> {
  const parts = typed.split(/[,;&]|\band\b/i).map((part) => part.trim()).filter(Boolean);
  const sessions: Hours[] = [];
  for (const part of parts) {
    const session = parseSession(part);
    if (!session.ok) return session;
    sessions.push(session.value);
  }
  if (sessions.length > MOST_SESSIONS) return refuse(`at most ${MOST_SESSIONS} sessions a day`);
  return inOrder(sessions);
}

/** The sessions of one day as they are typed and read: `09:00 to 12:30, 13:30 to 18:00`. */
export function hoursText(sessions: readonly Hours[]): string {
  return sessions.map(({ fromMinute, toMinute }) => `${clockText(fromMinute)} to ${clockText(toMinute)}`).join(', ');
}

/** Whether these sessions say that a date is closed. */
export function isClosed(sessions: readonly Hours[]): boolean {
  return sessions.some(({ fromMinute, toMinute }) => fromMinute === 0 && toMinute === 0);
}

/** The time of day that was typed: `9`, `9:00`, `9.00` or `0900`, and `24:00` for the end of the day. Null when it is none. */
export function minuteOf(text: string): MinuteOfDay | null {
  const found = /^(\d{1,2})(?:[:.]?(\d{2}))?$/.exec(text.trim());
  if (!found) return null;
  const minute = Number(found[1]) * 60 + Number(found[2] ?? 0);
  return Number(found[2] ?? 0) < 60 && minute <= DAY_MINUTES ? minute : null;
}

/** `09:00`; `24:00` at the end of the day. */
export function clockText(minute: MinuteOfDay): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

function parseSession(part: string): Result<Hours, string> {
  const [from = '', to = '', more] = part.split(/\s*(?:-|–|—|\bto\b|\buntil\b)\s*/i);
  const fromMinute = minuteOf(from);
  const toMinute = minuteOf(to);
  if (more !== undefined || fromMinute === null || toMinute === null || fromMinute === DAY_MINUTES) return refuse(`“${part.slice(0, 30)}” is not a time to a time, such as 09:00 to 17:30`);
  const ends = toMinute === 0 || toMinute === DAY_MINUTES ? LAST_MINUTE : toMinute;
  if (ends <= fromMinute) return refuse(`${clockText(toMinute)} is not after ${clockText(fromMinute)}. Opening past midnight is two days: to 23:59, and from 00:00 on the next`);
  return ok({ fromMinute, toMinute: ends });
}

function inOrder(sessions: readonly Hours[]): Result<readonly Hours[], string> {
  const sorted = sessions.toSorted((one, other) => one.fromMinute - other.fromMinute);
  const overlap = sorted.find((session, index) => session.fromMinute < (sorted[index - 1]?.toMinute ?? 0));
  return overlap ? refuse(`${hoursText([overlap])} overlaps the session before it`) : ok(sorted);
}
