import type { WantedSession } from '@/lib/schedule/schema';

// Sessions for statements that write hundreds at once: one list of columns for changes of schedules and for the horizon.

const COLUMNS: readonly (readonly [name: string, type: string, of: (session: WantedSession) => unknown])[] = [
  ['template_id', 'uuid', ({ templateId }) => templateId],
  ['schedule_id', 'uuid', ({ scheduleId }) => scheduleId],
  ['date', 'date', ({ date }) => date],
  ['opens_at', 'timestamptz', ({ opensAt }) => opensAt],
  ['closes_at', 'timestamptz', ({ closesAt }) => closesAt],
  ['opens_minute', 'smallint', ({ opensMinute }) => opensMinute],
  ['closes_minute', 'smallint', ({ closesMinute }) => closesMinute],
  ['breaks', 'jsonb', ({ breaks }) => breaks],
  ['slot_minutes', 'smallint', ({ slotMinutes }) => slotMinutes],
  ['places', 'smallint', ({ places }) => places],
  ['extras', 'jsonb', ({ extras }) => extras],
  ['kept_back_percent', 'smallint', ({ keptBackPercent }) => keptBackPercent],
  ['release_minutes', 'integer', ({ releaseMinutes }) => releaseMinutes],
  ['notice_minutes', 'integer', ({ noticeMinutes }) => noticeMinutes],
  ['horizon_days', 'smallint', ({ horizonDays }) => horizonDays],
  ['kept_back_released_at', 'timestamptz', ({ keptBackReleasedAt }) => keptBackReleasedAt],
  ['is_adjusted', 'boolean', ({ isAdjusted }) => isAdjusted],
  ['practitioner_key', 'text', (session) => session.practitionerKey],
];

/** The columns of a session that its plan decides, besides `id`. */
export const SESSION_COLUMNS: readonly string[] = COLUMNS.map(([name]) => name);

/** `id` and those columns as `jsonb_to_recordset` declares them. */
export const SESSION_TYPES = ['id uuid', ...COLUMNS.map(([name, type]) => `${name} ${type}`)].join(', ');

/** Sessions as `jsonb_to_recordset` reads them. */
export function sessionJson(sessions: readonly WantedSession[]): string {
  return JSON.stringify(sessions.map((session) => Object.fromEntries<unknown>([['id', session.id], ...COLUMNS.map(([name, , of]): [string, unknown] => [name, of(session)])])));
}
