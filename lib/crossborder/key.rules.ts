import type { Area, Conditions } from '@/lib/crossborder/schema';

/**
 * The same for agreements about the same patients, services, needs and times, whatever the order they were typed in: of one key one version holds on a
 * day. Dates and quota are no part of it.
 */
export function keyOf({ from, to, serviceTypeId, serviceId, dispositions, families, weekdays, fromMinute, toMinute }: Omit<Conditions, 'validFrom' | 'validTo' | 'dailyQuota'>): string {
  const days = weekdays.length === 8 ? [] : weekdays;
  return JSON.stringify([areaKey(from), areaKey(to), serviceTypeId, serviceId, sorted(dispositions), sorted(families), sorted(days), fromMinute, toMinute]);
}

function areaKey(area: Area): string {
  return area.kind === 'any' ? 'any' : `${area.kind} ${area.code}`;
}

function sorted<Value extends string | number>(values: readonly Value[]): Value[] {
  return [...new Set(values)].sort((one, other) => (one < other ? -1 : Number(one > other)));
}
