import type { Capacity } from '@/lib/directory/schema';
import { addDays, addMinutes, startOfLondonDay } from '@/lib/platform/time';
import { londonDate, MINUTE_MS } from '@/lib/platform/time-words';

/** The latest thing that was said of a service's capacity. */
export type CapacityState = { colour: string; resetsAt: Date | null };

/** How far ahead amber and red are set to end, in minutes, and in what steps (D-029). */
export const RESET_MINUTES = { step: 15, fewest: 15, most: 120 * 60 } as const;

const SOON_MINUTES = [30, 60, 120, 240];
const DAYS_AHEAD = [1, 2, 3, 4, 5];

/**
 * The capacity in force at `at`. Green is High, amber Low, red None (D-028); without a state it is green, and from the
 * reset time on it is green again without anybody acting (D-029).
 */
export function capacityAt(latest: CapacityState | null, at: Date): Capacity {
  if (!latest?.resetsAt || latest.resetsAt <= at) return 'High';
  return latest.colour === 'red' ? 'None' : 'Low';
}

/** The end of the London day: when amber and red end unless somebody says otherwise. */
export function endOfDay(now: Date): Date {
  return startOfLondonDay(addDays(londonDate(now), 1));
}

/** The times to choose from at which amber or red ends: some soon, on the quarter hour, and the ends of today and of the next days; earliest first (D-029). */
export function resetTimes(now: Date): Date[] {
  const soon = SOON_MINUTES.map((minutes) => nextStep(addMinutes(now, minutes)));
  const midnights = DAYS_AHEAD.map((days) => startOfLondonDay(addDays(londonDate(now), days)));
  const times = [...soon, ...midnights].filter((time) => addMinutes(now, RESET_MINUTES.fewest) <= time && time <= addMinutes(now, RESET_MINUTES.most));
  return [...new Map(times.map((time) => [time.getTime(), time])).values()].sort((one, other) => one.getTime() - other.getTime());
}

function nextStep(instant: Date): Date {
  const step = RESET_MINUTES.step * MINUTE_MS;
  return addMinutes(instant, (Math.ceil(instant.getTime() / step) * step - instant.getTime()) / MINUTE_MS);
}
