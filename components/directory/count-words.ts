import type { FreshCounts } from '@/lib/directory/client';
import type { CountWords, FreeCount } from '@/lib/directory/schema';
import { durationWords, minutesBetween, whenWords } from '@/lib/platform/time-words';

/** The counts of services as a list shows them, as of `now`. */
export function freshCounts(services: readonly FreeCount[], now: Date): FreshCounts {
  const counts = Object.fromEntries(services.map((service) => [service.id, countWords(service, now)]));
  return { at: now, counts };
}

/** `3 free in time` with `earliest 14:10`; when none is, when the next is and how far off (U-015, U-016). */
export function countWords({ isBookable, freeInTime, earliestInTime, earliestAfter, publicPhone }: FreeCount, now: Date): CountWords {
  if (!isBookable) return { count: 'No booking here', note: publicPhone ? `call ${publicPhone}` : 'refer by telephone' };
  if (earliestInTime) return { count: `${freeInTime} free in time`, note: `earliest ${whenWords(earliestInTime, now)}` };
  if (earliestAfter) return { count: 'None in time', note: `next ${whenWords(earliestAfter, now)}, in ${durationWords(minutesBetween(now, earliestAfter))}` };
  return { count: 'None free', note: 'nothing in the next 7 days' };
}
