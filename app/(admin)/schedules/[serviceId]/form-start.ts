import { scheduleWords } from '@/components/schedule/pattern-words';
import type { ScheduleChoice } from '@/components/schedule/schedule-fields';
import { BREAK_ROWS, factsValues, NEW_SCHEDULE } from '@/lib/schedule/pattern-form.schema';
import type { ScheduleFacts, ScheduleNow, SessionPattern } from '@/lib/schedule/schema';

/** What a form for a pattern begins with. */
export type FormStart = { values: Record<string, string>; breakRows: number };

/** What an empty form begins with: the usual numbers, no hours. */
export const USUAL_VALUES: Record<string, string> = { slotMinutes: '10', places: '1', keptBackPercent: '0', releaseMinutes: '60', noticeMinutes: '0', horizonDays: '56' };

/** The schedules to choose from, and a new one. */
export function choicesOf(schedules: readonly ScheduleNow[]): ScheduleChoice[] {
  return [...schedules.map((schedule) => ({ value: schedule.id, words: scheduleWords(schedule) })), { value: NEW_SCHEDULE, words: 'A new schedule' }];
}

/** The fields of the schedule of an edit: by its id when it exists, else what it is to be. */
export function scheduleValues({ id, facts }: { id: string; facts: ScheduleFacts | null }): Record<string, string> {
  return facts ? { scheduleId: NEW_SCHEDULE, ...factsValues(facts) } : { scheduleId: id };
}

/** As many rows as there are breaks, and never fewer than usual. */
export function breakRowsFor(pattern: SessionPattern): number {
  return Math.max(BREAK_ROWS, pattern.breaks.length);
}

/** A word of an address, or undefined when it was given not at all or several times. */
export function wordOf(query: string | string[] | undefined): string | undefined {
  return typeof query === 'string' ? query : undefined;
}
