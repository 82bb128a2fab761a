import { durationWords } from '@/lib/platform/time-words';
import type { LeadBucket } from '@/lib/reports/utilisation.rules';

const HOURS_A_DAY = 24;

/** `under 1 h`, `4 to 8 h`, `1 to 3 days`, `over 7 days`. */
export function leadWords({ fromHours, toHours }: Pick<LeadBucket, 'fromHours' | 'toHours'>): string {
  if (toHours === null) return `over ${fromHours / HOURS_A_DAY} days`;
  if (fromHours === 0) return `under ${toHours} h`;
  return fromHours < HOURS_A_DAY ? `${fromHours} to ${toHours} h` : `${fromHours / HOURS_A_DAY} to ${toHours / HOURS_A_DAY} days`;
}

/** `3 h 20 min`, or that there is none. */
export function medianWords(minutes: number | null): string {
  return minutes === null ? 'none' : durationWords(Math.round(minutes));
}

/** `1,240`. */
export function countWords(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}
