import type { AttendanceMark, DayListLine } from '@/lib/booking/day-list.schema';
import { isUndoable } from '@/lib/booking/rules';
import type { AppointmentStatus } from '@/lib/booking/schema';
import { londonDate } from '@/lib/platform/time-words';

/** The order in which a day is counted, from those who are still to come to those who did not. */
const COUNTED = ['booked', 'arrived', 'fulfilled', 'noshow'] as const satisfies readonly AppointmentStatus[];

/**
 * What the day list offers for an appointment at `now`: nothing before its London day, "did not come" once it has begun, and undo while
 * that is possible. What is really allowed is for `decideChange`. Source: docs/rules.md#changes.
 */
export function marksFor({ status, startsAt }: Pick<DayListLine, 'status' | 'startsAt'>, now: Date): AttendanceMark[] {
  const undo: AttendanceMark[] = isUndoable({ status, startsAt }, now) ? ['undo'] : [];
  if (status === 'arrived') return ['fulfil', ...undo];
  if (status !== 'booked' || londonDate(startsAt) > londonDate(now)) return undo;
  return startsAt <= now ? ['arrive', 'no-show'] : ['arrive'];
}

/** How many appointments have each status that a day can have; those with none are left out. */
export function statusCounts(lines: readonly Pick<DayListLine, 'status'>[]): { status: (typeof COUNTED)[number]; count: number }[] {
  return COUNTED.map((status) => ({ status, count: lines.filter((line) => line.status === status).length })).filter(({ count }) => count > 0);
}
