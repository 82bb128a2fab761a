import type { Hours, OpeningPattern } from '@/lib/directory/schema';
import type { LocalDate } from '@/lib/platform/time-words';

/** Day 1 to 8, from and to minute, as the database tells them. */
export type HoursRow = readonly [day: number, fromMinute: number, toMinute: number];
export type SpecifiedRow = readonly [date: LocalDate, fromMinute: number, toMinute: number];

/** An opening pattern from rows; null means that there are none. */
export function patternFrom({ isOpenAllHours, hours, specified }: { isOpenAllHours: boolean; hours: readonly HoursRow[] | null; specified: readonly SpecifiedRow[] | null }): OpeningPattern {
  return { isOpenAllHours, days: grouped(hours ?? []), exceptions: grouped(specified ?? []) };
}

function grouped<Key>(rows: readonly (readonly [Key, number, number])[]): ReadonlyMap<Key, readonly Hours[]> {
  const groups = new Map<Key, Hours[]>();
  for (const [key, fromMinute, toMinute] of rows) {
    const group = groups.get(key);
    if (group) group.push({ fromMinute, toMinute });
    else groups.set(key, [{ fromMinute, toMinute }]);
  }
  return groups;
}
