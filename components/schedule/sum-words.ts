import { capacitySum } from '@/lib/schedule/sum.rules';
import { typedMinute, typedNumber } from '@/lib/schedule/typed.rules';

// Browsers read this while somebody types: no zod, no dates, and no words that other screens need.

/** Monday first, as weekdays are numbered from 1. */
export const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
const BREAK_FIELD = /^break(\d+)From$/;

/** What the typed pattern offers: `48 slots on Monday, 6 an hour; 9 kept back`. What cannot be counted yet says what is missing. */
export function sumWords(typed: Record<string, string>): string {
  const pattern = patternOf(typed);
  if (!pattern) return 'Enter the hours, the slot length and the places to see how many slots that makes.';

  const { slots, anHour, keptBack } = capacitySum(pattern);
  const hourly = `${anHour} an hour`;
  const kept = keptBack > 0 ? `; ${keptBack} kept back` : '';
  const days = (typed['weekdays'] ?? '').split(',').flatMap((day) => WEEKDAYS[Number(day) - 1] ?? []);
  const [only] = days;
  if (!only) return `${slotsWords(slots)}, ${hourly}${kept}`;
  if (days.length === 1) return `${slotsWords(slots)} on ${only}, ${hourly}${kept}`;
  return `${slotsWords(slots)} a day, ${hourly}${kept}. ${slots * days.length} a week on ${days.length} days`;
}

/** `1 slot`, `48 slots`. */
export function slotsWords(slots: number): string {
  return slots === 1 ? '1 slot' : `${slots} slots`;
}

function patternOf(typed: Record<string, string>) {
  const [opensMinute, closesMinute] = [typedMinute(typed['opensMinute'] ?? ''), typedMinute(typed['closesMinute'] ?? '')];
  const [slotMinutes, places] = [typedNumber(typed['slotMinutes'] ?? ''), typedNumber(typed['places'] ?? '')];
  if (opensMinute === null || closesMinute === null || opensMinute >= closesMinute || !slotMinutes || !places) return null;
  const keptBackPercent = Math.min(100, typedNumber(typed['keptBackPercent'] ?? '') ?? 0);
  return { opensMinute, closesMinute, slotMinutes, places, keptBackPercent, breaks: breaksOf(typed), releaseMinutes: 0, noticeMinutes: 0, horizonDays: 1 };
}

/** The breaks that are typed already; half a break does not count yet. */
function breaksOf(typed: Record<string, string>) {
  return Object.entries(typed).flatMap(([name, from]) => {
    const row = BREAK_FIELD.exec(name)?.[1];
    const [fromMinute, toMinute] = [typedMinute(from), typedMinute(typed[`break${row}To`] ?? '')];
    return row && fromMinute !== null && toMinute !== null && fromMinute < toMinute ? [{ fromMinute, toMinute }] : [];
  });
}
