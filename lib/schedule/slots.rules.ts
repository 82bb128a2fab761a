import { addDays, addMinutes, DAY_MINUTES, londonInstant, weekday, type MinuteOfDay } from '@/lib/platform/time';
import type { LocalDate } from '@/lib/platform/time-words';
import type { CalendarDay, SessionHours, SessionNow, SlotTimes, WeeklyPattern } from '@/lib/schedule/schema';
import { stretchesOf } from '@/lib/schedule/sum.rules';

/** Tells the real hours of local times on a date. */
export type HoursOf = (date: LocalDate, opensMinute: MinuteOfDay, closesMinute: MinuteOfDay) => SessionHours | null;

/** A slot time and how many places it has: first those of the pattern, then the extra ones. */
export type PlacedTimes = SlotTimes & { places: number };

/**
 * Whether the pattern has a session on this day: its weekday, within its valid dates, and a bank holiday only when it works on those.
 * Source: docs/rules.md#slots.
 */
export function worksOn(pattern: WeeklyPattern, { date, weekday, isHoliday }: CalendarDay): boolean {
  if (isHoliday && !pattern.worksHolidays) return false;
  if (date < pattern.validFrom || (pattern.validTo !== null && date > pattern.validTo)) return false;
  return pattern.weekdays.includes(weekday);
}

/** The days from `from` to `to`, both included, as patterns must know them. */
export function calendarDays({ from, to, holidays }: { from: LocalDate; to: LocalDate; holidays: ReadonlySet<LocalDate> }): CalendarDay[] {
  const days: CalendarDay[] = [];
  for (let date = from; date <= to; date = addDays(date, 1)) days.push({ date, weekday: weekday(date), isHoliday: holidays.has(date) });
  return days;
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

/** `sessionHours` that works out each answer once: thousands of sessions share few hours, and turning wall time into instants is what takes long. */
export function rememberedHours(): HoursOf {
  const known = new Map<string, SessionHours | null>();
  return (date, opensMinute, closesMinute) => {
    const key = `${date} ${opensMinute} ${closesMinute}`;
    const remembered = known.get(key);
    if (remembered !== undefined) return remembered;
    const hours = sessionHours(date, opensMinute, closesMinute);
    known.set(key, hours);
    return hours;
  };
}

/** The slots of a stretch: one after another in real time from its opening; one that would end after its close is not made. */
export function slotTimes({ opensAt, closesAt }: SessionHours, slotMinutes: number): SlotTimes[] {
  const slots: SlotTimes[] = [];
  let startsAt = opensAt;
  for (let endsAt = addMinutes(startsAt, slotMinutes); endsAt <= closesAt; endsAt = addMinutes(startsAt, slotMinutes)) {
    slots.push({ startsAt, endsAt });
    startsAt = endsAt;
  }
  return slots;
}

/**
 * The slots of a session with its places, in order. After a break the next begins at its end; breaks become instants as session hours do.
 * Extra places are for slots that begin in their time. Closures are not looked at. Source: docs/rules.md#slots.
 */
export function placedTimes(session: Pick<SessionNow, 'date' | 'opensMinute' | 'closesMinute' | 'breaks' | 'slotMinutes' | 'places' | 'extras'>, hoursOf: HoursOf): PlacedTimes[] {
  const { date, slotMinutes, places } = session;
  const extras = session.extras.flatMap(({ fromMinute, toMinute, places }) => {
    const hours = hoursOf(date, fromMinute, toMinute);
    return hours ? [{ ...hours, places }] : [];
  });
  return stretchesOf(session).flatMap(({ fromMinute, toMinute }) => {
    const hours = hoursOf(date, fromMinute, toMinute);
    if (!hours) return [];
    return slotTimes(hours, slotMinutes).map((times) => {
      const extra = extras.filter(({ opensAt, closesAt }) => opensAt <= times.startsAt && times.startsAt < closesAt);
      return { ...times, places: extra.reduce((sum, more) => sum + more.places, places) };
    });
  });
}

function firstInstantFrom(date: LocalDate, minute: MinuteOfDay): Date {
  for (let shown = minute; shown <= DAY_MINUTES; shown += 1) {
    const instant = londonInstant(date, shown);
    if (instant) return instant;
  }
  throw new Error(`No midnight after ${date}`);
}
