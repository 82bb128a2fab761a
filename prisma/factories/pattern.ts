import { localDateFrom } from '@/lib/platform/time';
import type { LocalDate } from '@/lib/platform/time-words';
import type { ScheduleState, SessionNow, SessionPattern, TemplateNow, TemplatePattern } from '@/lib/schedule/schema';
import { newId } from '@/lib/platform/id';

/** A day that exists. */
export function day(year: number, month: number, dayOfMonth: number): LocalDate {
  const date = localDateFrom(year, month, dayOfMonth);
  if (!date) throw new Error('no such day');
  return date;
}

/** 09:00 to 12:00 in 15-minute slots for one, all of them open to calls. */
export function aPattern(given: Partial<SessionPattern> = {}): SessionPattern {
  return {
    ...{ opensMinute: 540, closesMinute: 720, breaks: [], slotMinutes: 15, places: 1 },
    ...{ keptBackPercent: 0, releaseMinutes: 0, noticeMinutes: 0, horizonDays: 56 },
    ...given,
  };
}

/** The same on working days, from the day of the tests on. */
export function aTemplatePattern(given: Partial<TemplatePattern> = {}): TemplatePattern {
  return { ...aPattern(), weekdays: [1, 2, 3, 4, 5], worksHolidays: false, validFrom: day(2026, 11, 24), validTo: null, ...given };
}

/** A template of a schedule, not stored. */
export function aTemplateNow(given: Partial<TemplateNow> & { scheduleId: string }): TemplateNow {
  return { ...aTemplatePattern(), id: newId(), version: 1, ...given };
}

/** A one-off session of a schedule on the day of the tests, not stored. */
export function aSessionNow(given: Partial<SessionNow> & { scheduleId: string }): SessionNow {
  return { ...aPattern(), id: newId(), templateId: null, date: day(2026, 11, 24), isAdjusted: false, isCancelled: false, extras: [], keptBackReleasedAt: null, version: 1, ...given };
}

/** A service with one schedule and nothing in it, for two weeks from the day of the tests. */
export function aState(given: Partial<ScheduleState> = {}): ScheduleState & { scheduleId: string; serviceId: string } {
  const [scheduleId, serviceId] = [newId(), newId()];
  const schedule = { id: scheduleId, serviceId, name: 'Minor illness', channel: null, practitionerRole: null, practitionerName: null, practitionerGender: null };
  return { from: day(2026, 11, 24), to: day(2026, 12, 8), holidays: new Set(), schedules: [schedule], templates: [], sessions: [], closures: [], ...given, scheduleId, serviceId };
}
