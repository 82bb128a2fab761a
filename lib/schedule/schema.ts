import type { MinuteOfDay } from '@/lib/platform/time';
import type { LocalDate } from '@/lib/platform/time-words';

/** A weekly pattern in local time (Europe/London). */
export type WeeklyPattern = {
  /** 1 Monday to 7 Sunday. */
  weekdays: readonly number[];
  opensMinute: MinuteOfDay;
  /** After `opensMinute`; 1440 is the end of the day. */
  closesMinute: MinuteOfDay;
  /** Whether it also works on bank holidays. */
  worksHolidays: boolean;
  validFrom: LocalDate;
  /** Last day, included; null: no end. */
  validTo: LocalDate | null;
};

/** What a pattern must know of a day. */
export type CalendarDay = { date: LocalDate; weekday: number; isHoliday: boolean };

/** A stretch of real time, half-open `[opensAt, closesAt)`. */
export type SessionHours = { opensAt: Date; closesAt: Date };

/** Half-open `[startsAt, endsAt)`. */
export type SlotTimes = { startsAt: Date; endsAt: Date };
