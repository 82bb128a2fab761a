import type { DayOfPlan } from '@/lib/booking/proposal.schema';
import { londonDate } from '@/lib/platform/time-words';
import type { ScheduleNow, SlotPlan } from '@/lib/schedule/schema';
import { scheduleName } from '@/lib/schedule/wanted.rules';

type Touched = { serviceId: string; scheduleId: string; startsAt: Date };
type Count = Exclude<keyof DayOfPlan, 'date' | 'serviceId' | 'schedules'>;

/** What a plan does, by London day and service, in the order of days. */
export function daysOfPlan(plan: SlotPlan, schedules: readonly ScheduleNow[]): DayOfPlan[] {
  const names = new Map(schedules.map((schedule) => [schedule.id, scheduleName(schedule)]));
  const days = new Map<string, DayOfPlan>();
  const added = [...plan.added, ...plan.reopened.map(({ wanted }) => wanted)];
  countInto(days, names, { as: 'added', slots: added });
  countInto(days, names, { as: 'keptBack', slots: added.filter(({ keptBackUntil }) => keptBackUntil !== null) });
  countInto(days, names, { as: 'changed', slots: plan.kept.map(({ wanted }) => wanted) });
  countInto(days, names, { as: 'withdrawn', slots: plan.withdrawn });
  countInto(days, names, { as: 'affected', slots: plan.orphaned });
  countInto(days, names, { as: 'refitted', slots: plan.refitted.map(({ wanted }) => wanted) });
  return [...days.values()].sort((one, other) => one.date.localeCompare(other.date) || one.serviceId.localeCompare(other.serviceId));
}

function countInto(days: Map<string, DayOfPlan>, names: ReadonlyMap<string, string>, { as, slots }: { as: Count; slots: readonly Touched[] }): void {
  for (const { serviceId, scheduleId, startsAt } of slots) {
    const date = londonDate(startsAt);
    const key = `${date} ${serviceId}`;
    const day = days.get(key) ?? { date, serviceId, schedules: [], added: 0, keptBack: 0, changed: 0, withdrawn: 0, affected: 0, refitted: 0 };
    const name = names.get(scheduleId) ?? scheduleName(undefined);
    days.set(key, { ...day, [as]: day[as] + 1, schedules: day.schedules.includes(name) ? day.schedules : [...day.schedules, name] });
  }
}
