import { addMinutes, DAY_MINUTES, londonInstant, type MinuteOfDay } from '@/lib/platform/time';
import type { LocalDate } from '@/lib/platform/time-words';
import type { CalendarDay, SessionHours, SlotTimes, WeeklyPattern } from '@/lib/schedule/schema';

/**
 * Whether the pattern has a session on this day: its weekday, within its valid dates, and a bank holiday only when it works on those.
 * Source: docs/rules.md#slots.
 */
export function worksOn(pattern: WeeklyPattern, { date, weekday, isHoliday }: CalendarDay): boolean {
  if (isHoliday && !pattern.worksHolidays) return false;
  if (date < pattern.validFrom || (pattern.validTo !== null && date > pattern.validTo)) return false;
  return pattern.weekdays.includes(weekday);
}

/**
 * The real hours of a session with these local times, or null when the spring change skips all of it.
 * A time within the skipped hour counts as the end of that hour; of a time shown twice in October the first is meant,
 * so a session from 01:00 to 02:00 on that day has two hours, and sessions that meet by the clock never overlap.
 * Source: docs/rules.md#slots.
 */
export function sessionHours(date: LocalDate, opensMinute: MinuteOfDay, closesMinute: MinuteOfDay): SessionHours | null {
  const opensAt = firstInstantFrom(date, opensMinute);
  const closesAt = firstInstantFrom(date, closesMinute);
  return opensAt < closesAt ? { opensAt, closesAt } : null;
}

/** The slots of a session: one after another in real time from its opening; one that would end after its close is not made. */
export function slotTimes({ opensAt, closesAt }: SessionHours, slotMinutes: number): SlotTimes[] {
  const slots: SlotTimes[] = [];
  let startsAt = opensAt;
  for (let endsAt = addMinutes(startsAt, slotMinutes); endsAt <= closesAt; endsAt = addMinutes(startsAt, slotMinutes)) {
    slots.push({ startsAt, endsAt });
    startsAt = endsAt;
  }
  return slots;
}

function firstInstantFrom(date: LocalDate, minute: MinuteOfDay): Date {
  for (let shown = minute; shown <= DAY_MINUTES; shown += 1) {
    const instant = londonInstant(date, shown);
    if (instant) return instant;
  }
  throw new Error(`No midnight after ${date}`);
}
