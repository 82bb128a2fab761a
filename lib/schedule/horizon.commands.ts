import type pg from 'pg';
import { auditRow } from '@/lib/audit/record';
import type { Ctx, JobActor } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { bankHolidays } from '@/lib/directory/queries';
import { bulk, copyRows } from '@/lib/platform/copy';
import { db } from '@/lib/platform/db';
import { env } from '@/lib/platform/env';
import { newId } from '@/lib/platform/id';
import { addDays, parseLocalDate, toDateColumn, weekday } from '@/lib/platform/time';
import { londonDate, type LocalDate } from '@/lib/platform/time-words';
import type { CalendarDay, SessionHours, WeeklyPattern } from '@/lib/schedule/schema';
import { sessionHours, slotTimes, worksOn } from '@/lib/schedule/slots.rules';

type Template = WeeklyPattern & { id: string; scheduleId: string; serviceId: string; slotMinutes: number; places: number; madeUpTo: LocalDate | null };
type Session = SessionHours & { id: string; date: LocalDate; template: Template };
type Made = { templates: number; sessions: number; slots: number };

const CHUNK_TEMPLATES = 400;
const HORIZON_LOCK = 7_305_001;

/**
 * Makes the sessions and slots of every weekly template from today (London), or the day after it was last made up to, to `upTo`, both included.
 *
 * Safe to repeat, to break off and to run in several processes at once: nothing is made twice. A session that another of
 * the same schedule is in the way of is left out. `onProgress` is told templates. Audited once a chunk. Throws ForbiddenError without `schedule:extend`.
 */
export async function extendHorizon(
  ctx: Ctx<JobActor>,
  { upTo, onProgress }: { upTo: LocalDate; onProgress?: (done: number, total: number) => void },
): Promise<{ sessions: number; slots: number }> {
  requirePermission(ctx.actor, 'schedule:extend');

  const days = calendar(londonDate(ctx.now), upTo, await bankHolidays());
  const made: Made = { templates: 0, sessions: 0, slots: 0 };
  if (days.length === 0) return made;

  const total = await db.template.count({ where: { OR: [{ madeUpTo: null }, { madeUpTo: { lt: toDateColumn(upTo) } }] } });
  for (;;) {
    const chunk = await bulk(env().DATABASE_URL, (client) => extendChunk(client, ctx, { days, upTo }));
    if (chunk.templates === 0) return { sessions: made.sessions, slots: made.slots };
    made.templates += chunk.templates;
    made.sessions += chunk.sessions;
    made.slots += chunk.slots;
    onProgress?.(Math.min(made.templates, total), total);
  }
}

// COPY and arrays of parameters instead of typed calls: 400,000 slots in seconds instead of minutes.
async function extendChunk(client: pg.Client, ctx: Ctx<JobActor>, { days, upTo }: { days: readonly CalendarDay[]; upTo: LocalDate }): Promise<Made> {
  // One process makes a chunk at a time: the next one reads, after this commit, what is left to do.
  await client.query('SELECT pg_advisory_xact_lock($1)', [HORIZON_LOCK]);
  const templates = await templatesToMake(client, upTo);
  if (templates.length === 0) return { templates: 0, sessions: 0, slots: 0 };

  const sessions = await insertSessions(client, sessionsOf(templates, days));
  const slots = await copyRows(client, { table: 'slot', columns: ['id', 'session_id', 'service_id', 'starts_at', 'ends_at', 'place_no'], rows: slotRows(sessions) });
  await client.query('UPDATE template SET made_up_to = $1 WHERE id = ANY($2::uuid[])', [upTo, templates.map((template) => template.id)]);
  await recordChunk(client, ctx, { upTo, templates: templates.length, sessions: sessions.length, slots });
  return { templates: templates.length, sessions: sessions.length, slots };
}

function calendar(from: LocalDate, upTo: LocalDate, holidays: ReadonlySet<LocalDate>): CalendarDay[] {
  const days: CalendarDay[] = [];
  for (let date = from; date <= upTo; date = addDays(date, 1)) days.push({ date, weekday: weekday(date), isHoliday: holidays.has(date) });
  return days;
}

type TemplateRow = Omit<Template, 'validFrom' | 'validTo' | 'madeUpTo'> & { validFrom: string; validTo: string | null; madeUpTo: string | null };

async function templatesToMake(client: pg.Client, upTo: LocalDate): Promise<Template[]> {
  const { rows } = await client.query<TemplateRow>(
    `SELECT template.id, schedule_id AS "scheduleId", schedule.service_id AS "serviceId", weekdays,
            opens_minute AS "opensMinute", closes_minute AS "closesMinute", slot_minutes AS "slotMinutes", places, works_holidays AS "worksHolidays",
            valid_from::text AS "validFrom", valid_to::text AS "validTo", made_up_to::text AS "madeUpTo"
     FROM template
     JOIN schedule ON schedule.id = template.schedule_id
     WHERE made_up_to IS NULL OR made_up_to < $1
     ORDER BY template.id
     LIMIT $2
     FOR UPDATE OF template`,
    [upTo, CHUNK_TEMPLATES],
  );
  return rows.map((row) => ({ ...row, validFrom: dateOf(row.validFrom), validTo: dateOrNull(row.validTo), madeUpTo: dateOrNull(row.madeUpTo) }));
}

function sessionsOf(templates: readonly Template[], days: readonly CalendarDay[]): Session[] {
  // Thousands of templates share few hours, and turning wall time into instants is what takes long.
  const known = new Map<string, SessionHours | null>();
  return templates.flatMap((template) =>
    days
      .filter((day) => (template.madeUpTo === null || day.date > template.madeUpTo) && worksOn(template, day))
      .flatMap(({ date }) => {
        const key = `${date} ${template.opensMinute} ${template.closesMinute}`;
        const hours = known.get(key) ?? sessionHours(date, template.opensMinute, template.closesMinute);
        known.set(key, hours);
        return hours ? [{ id: newId(), date, template, ...hours }] : [];
      }),
  );
}

async function insertSessions(client: pg.Client, sessions: readonly Session[]): Promise<Session[]> {
  const { rows } = await client.query<{ id: string }>(
    `INSERT INTO session (id, template_id, schedule_id, date, opens_at, closes_at, slot_minutes, places)
     SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::date[], $5::timestamptz[], $6::timestamptz[], $7::smallint[], $8::smallint[])
     ON CONFLICT DO NOTHING
     RETURNING id`,
    [
      sessions.map((session) => session.id),
      sessions.map((session) => session.template.id),
      sessions.map((session) => session.template.scheduleId),
      sessions.map((session) => session.date),
      sessions.map((session) => session.opensAt),
      sessions.map((session) => session.closesAt),
      sessions.map((session) => session.template.slotMinutes),
      sessions.map((session) => session.template.places),
    ],
  );
  const inserted = new Set(rows.map((row) => row.id));
  return sessions.filter((session) => inserted.has(session.id));
}

function* slotRows(sessions: readonly Session[]) {
  for (const session of sessions) {
    for (const { startsAt, endsAt } of slotTimes(session, session.template.slotMinutes)) {
      for (let place = 1; place <= session.template.places; place += 1) yield [newId(), session.id, session.template.serviceId, startsAt, endsAt, place];
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
