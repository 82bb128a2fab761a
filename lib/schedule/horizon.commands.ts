import type pg from 'pg';
import { z } from 'zod';
import { auditRow } from '@/lib/audit/record';
import type { Ctx, JobActor } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { bankHolidays } from '@/lib/directory/queries';
import { bulk, copyRows } from '@/lib/platform/copy';
import { db } from '@/lib/platform/db';
import { env } from '@/lib/platform/env';
import { newId } from '@/lib/platform/id';
import { parseLocalDate, startOfLondonDay, toDateColumn } from '@/lib/platform/time';
import { londonDate, type LocalDate } from '@/lib/platform/time-words';
import { timeBreak, type CalendarDay, type ClosureNow, type TemplateNow, type WantedSession } from '@/lib/schedule/schema';
import { SESSION_COLUMNS, SESSION_TYPES, sessionJson } from '@/lib/schedule/session-rows.rules';
import { calendarDays, rememberedHours, type HoursOf } from '@/lib/schedule/slots.rules';
import { practitionerKey, unmadeSessions, wantedSlots } from '@/lib/schedule/wanted.rules';

type Template = TemplateNow & { serviceId: string; practitionerKey: string | null; madeUpTo: LocalDate | null };
type Made = { templates: number; sessions: number; slots: number };

// Few enough that whoever changes one of their services waits for a moment only, and that bookings in this process never wait long for their turn.
const CHUNK_TEMPLATES = 20;
const HORIZON_LOCK = 7_305_001;
const breaksColumn = z.array(timeBreak);

/**
 * Makes the sessions and slots of every weekly template from today (London), or the day after it was last made up to, to `upTo`, both included.
 *
 * Safe to repeat, to break off and to run in several processes at once: nothing is made twice. A session that another of the same schedule,
 * or its practitioner's, is in the way of is left out. `onProgress` is told templates; `atOnce`: how many a transaction makes, more than a few
 * only where nobody waits. Audited once a transaction. Throws ForbiddenError without `schedule:extend`.
 */
export async function extendHorizon(
  ctx: Ctx<JobActor>,
  { upTo, onProgress, atOnce = CHUNK_TEMPLATES }: { upTo: LocalDate; onProgress?: (done: number, total: number) => void; atOnce?: number },
): Promise<{ sessions: number; slots: number }> {
  requirePermission(ctx.actor, 'schedule:extend');

  const days = calendarDays({ from: londonDate(ctx.now), to: upTo, holidays: await bankHolidays() });
  const made: Made = { templates: 0, sessions: 0, slots: 0 };
  if (days.length === 0) return made;

  const total = await db.template.count({ where: { OR: [{ madeUpTo: null }, { madeUpTo: { lt: toDateColumn(upTo) } }] } });
  for (;;) {
    const chunk = await bulk(env().DATABASE_URL, (client) => extendChunk(client, ctx, { days, upTo, atOnce }));
    if (!chunk) return { sessions: made.sessions, slots: made.slots };
    made.templates += chunk.templates;
    made.sessions += chunk.sessions;
    made.slots += chunk.slots;
    onProgress?.(Math.min(made.templates, total), total);
  }
}

// COPY and arrays of parameters instead of typed calls: 400,000 slots in seconds instead of minutes.
async function extendChunk(client: pg.Client, ctx: Ctx<JobActor>, { days, upTo, atOnce }: { days: readonly CalendarDay[]; upTo: LocalDate; atOnce: number }): Promise<Made | null> {
  // One process makes a chunk at a time: the next one reads, after this commit, what is left to do.
  await client.query('SELECT pg_advisory_xact_lock($1)', [HORIZON_LOCK]);
  const chosen = await lockedTemplates(client, { upTo, atOnce });
  if (chosen.length === 0) return null;

  const templates = await templatesToMake(client, { ids: chosen, upTo });
  const closures = await closuresFor(client, { serviceIds: templates.map(({ serviceId }) => serviceId), ctx });
  const hoursOf = rememberedHours();
  const sessions = await insertSessions(client, templates.flatMap((template) => sessionsToMake(template, { days, hoursOf })));
  const rows = slotRows(sessions, { closures, hoursOf });
  const slots = await copyRows(client, { table: 'slot', columns: ['id', 'session_id', 'service_id', 'starts_at', 'ends_at', 'place_no', 'kept_back_until', 'offered_from', 'offered_until'], rows });
  await client.query('UPDATE template SET made_up_to = $1 WHERE id = ANY($2::uuid[])', [upTo, templates.map(({ id }) => id)]);
  const made = { templates: templates.length, sessions: sessions.length, slots };
  await recordChunk(client, ctx, { upTo, ...made });
  return made;
}

/** Some templates that are not made up to `upTo`, after locking their services as changes of schedules do: in the order of ids. */
async function lockedTemplates(client: pg.Client, { upTo, atOnce }: { upTo: LocalDate; atOnce: number }): Promise<string[]> {
  const { rows } = await client.query<{ id: string; serviceId: string }>(
    `SELECT template.id, schedule.service_id AS "serviceId"
     FROM template
     JOIN schedule ON schedule.id = template.schedule_id
     WHERE made_up_to IS NULL OR made_up_to < $1
     ORDER BY template.id
     LIMIT $2`,
    [upTo, atOnce],
  );
  await client.query('SELECT id FROM service WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE', [rows.map(({ serviceId }) => serviceId)]);
  return rows.map(({ id }) => id);
}

type TemplateRow = Omit<Template, 'breaks' | 'validFrom' | 'validTo' | 'madeUpTo' | 'practitionerKey'> & {
  breaks: unknown;
  validFrom: string;
  validTo: string | null;
  madeUpTo: string | null;
  practitionerName: string | null;
  odsCode: string;
};

/** Those of the templates that are still to make: read after the locks, because a change that was waited for may have made them. */
async function templatesToMake(client: pg.Client, { ids, upTo }: { ids: readonly string[]; upTo: LocalDate }): Promise<Template[]> {
  const { rows } = await client.query<TemplateRow>(
    `SELECT template.id, schedule_id AS "scheduleId", schedule.service_id AS "serviceId", weekdays, opens_minute AS "opensMinute",
            closes_minute AS "closesMinute", breaks, slot_minutes AS "slotMinutes", places, kept_back_percent AS "keptBackPercent",
            release_minutes AS "releaseMinutes", notice_minutes AS "noticeMinutes", horizon_days AS "horizonDays", works_holidays AS "worksHolidays",
            valid_from::text AS "validFrom", valid_to::text AS "validTo", made_up_to::text AS "madeUpTo", template.version,
            practitioner_name AS "practitionerName", ods_code AS "odsCode"
     FROM template
     JOIN schedule ON schedule.id = template.schedule_id
     JOIN service ON service.id = schedule.service_id
     WHERE template.id = ANY($1::uuid[]) AND (made_up_to IS NULL OR made_up_to < $2)
     ORDER BY template.id`,
    [ids, upTo],
  );
  return rows.map(({ practitionerName, odsCode, ...row }) => ({
    ...row,
    breaks: breaksColumn.parse(row.breaks),
    ...{ validFrom: dateOf(row.validFrom), validTo: dateOrNull(row.validTo), madeUpTo: dateOrNull(row.madeUpTo) },
    practitionerKey: practitionerKey({ practitionerName }, { odsCode }),
  }));
}

async function closuresFor(client: pg.Client, { serviceIds, ctx }: { serviceIds: readonly string[]; ctx: Ctx<JobActor> }): Promise<ClosureNow[]> {
  const { rows } = await client.query<ClosureNow>(
    `SELECT closure.id, kind, starts_at AS "startsAt", ends_at AS "endsAt", reason, array_agg(service_id::text) AS "serviceIds"
     FROM closure
     JOIN closure_service ON closure_id = closure.id
     WHERE lifted_at IS NULL AND ends_at > $1 AND service_id = ANY($2::uuid[])
     GROUP BY closure.id`,
    [startOfLondonDay(londonDate(ctx.now)), serviceIds],
  );
  return rows;
}

function sessionsToMake(template: Template, { days, hoursOf }: { days: readonly CalendarDay[]; hoursOf: HoursOf }): WantedSession[] {
  const { serviceId, practitionerKey, madeUpTo } = template;
  const left = days.filter(({ date }) => madeUpTo === null || date > madeUpTo);
  return unmadeSessions(template, { days: left, mint: newId }).flatMap((session) => {
    const hours = hoursOf(session.date, session.opensMinute, session.closesMinute);
    return hours ? [{ ...session, ...hours, serviceId, practitionerKey }] : [];
  });
}

// A session in the way of which another is, also one of the same day that was changed by hand, is not made.
async function insertSessions(client: pg.Client, sessions: readonly WantedSession[]): Promise<WantedSession[]> {
  const columns = SESSION_COLUMNS.join(', ');
  const { rows } = await client.query<{ id: string }>(
    `INSERT INTO session (id, ${columns})
     SELECT id, ${columns}
     FROM jsonb_to_recordset($1::jsonb) AS made (${SESSION_TYPES})
     ON CONFLICT DO NOTHING
     RETURNING id`,
    [sessionJson(sessions)],
  );
  const inserted = new Set(rows.map((row) => row.id));
  return sessions.filter((session) => inserted.has(session.id));
}

function* slotRows(sessions: readonly WantedSession[], { closures, hoursOf }: { closures: readonly ClosureNow[]; hoursOf: HoursOf }) {
  for (const session of sessions) {
    for (const slot of wantedSlots(session, { closures, hoursOf })) {
      yield [newId(), slot.sessionId, slot.serviceId, slot.startsAt, slot.endsAt, slot.placeNo, slot.keptBackUntil, slot.offeredFrom, slot.offeredUntil];
    }
  }
}

async function recordChunk(client: pg.Client, ctx: Ctx<JobActor>, detail: { upTo: string; templates: number; sessions: number; slots: number }): Promise<void> {
  const row = auditRow(ctx, { type: 'schedule.extended', detail });
  await client.query('INSERT INTO audit_event (at, type, actor_id, roles, request_id, detail) VALUES ($1, $2, $3, $4, $5, $6)', [
    row.at, row.type, row.actorId, row.roles, row.requestId, row.detail,
  ]);
}

function dateOrNull(text: string | null): LocalDate | null {
  return text === null ? null : dateOf(text);
}

function dateOf(text: string): LocalDate {
  const date = parseLocalDate(text);
  if (!date) throw new Error(`Not a date: ${text}`);
  return date;
}
