import type { Ctx } from '@/lib/auth/actor';
import { Prisma, type Tx } from '@/lib/platform/db';
import { londonMinute, toDateColumn } from '@/lib/platform/time';
import { londonDate } from '@/lib/platform/time-words';
import type { ScheduleNow, ScheduleState, SessionNow, TemplateNow, Wanted, WantedSession } from '@/lib/schedule/schema';
import { SESSION_COLUMNS, SESSION_TYPES, sessionJson } from '@/lib/schedule/session-rows.rules';

type Change = { before: ScheduleState; after: ScheduleState };

/** Writes schedules that are new or have other facts. */
export async function writeSchedules(tx: Tx, { before, after }: Change): Promise<void> {
  const known = new Map(before.schedules.map((schedule) => [schedule.id, schedule]));
  for (const schedule of after.schedules) {
    const { id, serviceId, ...facts } = schedule;
    if (!known.has(id)) await tx.schedule.create({ data: { id, serviceId, ...facts } });
    else if (known.get(id) !== schedule) await tx.schedule.update({ where: { id }, data: facts });
  }
}

/** Writes templates that are new or changed. All of them are made up to the last day of the state then: its plan has their slots. */
export async function writeTemplates(tx: Tx, { before, after }: Change): Promise<void> {
  const known = new Map(before.templates.map((template) => [template.id, template]));
  const madeUpTo = toDateColumn(after.to);
  for (const template of after.templates) {
    const { id } = template;
    const columns = { ...templateColumns(template), madeUpTo };
    if (!known.has(id)) await tx.template.create({ data: { id, ...columns } });
    else if (known.get(id) !== template) await tx.template.update({ where: { id }, data: { ...templateColumns(template), version: { increment: 1 } } });
  }
  await tx.template.updateMany({
    where: { id: { in: after.templates.map(({ id }) => id) }, OR: [{ madeUpTo: null }, { madeUpTo: { lt: madeUpTo } }] },
    data: { madeUpTo },
  });
}

/** Writes closures that are new, and lifts those that are gone, also for some of their services only. */
export async function writeClosures(tx: Tx, { actor, now }: Ctx, { before, after }: Change): Promise<void> {
  const standing = new Map(after.closures.map((closure) => [closure.id, closure]));
  const known = new Set(before.closures.map(({ id }) => id));
  for (const { serviceIds, ...closure } of after.closures.filter(({ id }) => !known.has(id))) {
    const services = { create: serviceIds.map((serviceId) => ({ serviceId })) };
    await tx.closure.create({ data: { ...closure, createdAt: now, createdById: actor.id, services } });
  }
  for (const { id, serviceIds } of before.closures) {
    const left = standing.get(id)?.serviceIds;
    if (!left) await tx.closure.update({ where: { id }, data: { liftedAt: now } });
    else if (left.length < serviceIds.length) await tx.closureService.deleteMany({ where: { closureId: id, serviceId: { notIn: [...left] } } });
  }
}

/** Writes sessions from today on that are new, changed, wanted again or not wanted any more; one that is over and not wanted stays. */
export async function writeSessions(tx: Tx, { now }: Ctx, { before, after, wanted }: Change & { wanted: Wanted }): Promise<void> {
  const known = new Map(before.sessions.map((session) => [session.id, session]));
  const open = new Map(wanted.sessions.map((session) => [session.id, session]));
  const names = { before: namesOf(before.schedules), after: namesOf(after.schedules) };
  const isChanged = (session: SessionNow) => {
    const old = known.get(session.id);
    return !old || textOf(old, names.before) !== textOf(session, names.after);
  };
  const changed = wanted.sessions.filter((session) => known.has(session.id) && isChanged(session));
  const unwanted = after.sessions
    .filter((session) => known.has(session.id) && !open.has(session.id) && session.date >= londonDate(now) && !isOver(known.get(session.id), now))
    .map((session) => ({ ...session, isCancelled: true }))
    .filter(isChanged);

  // Withdrawn first, then as they shall be: sessions that change hours with one another never overlap on the way.
  await tx.session.updateMany({ where: { id: { in: changed.map(({ id }) => id) } }, data: { status: 'withdrawn' } });
  await withdrawSessions(tx, unwanted);
  await updateSessions(tx, changed);
  await insertSessions(tx, wanted.sessions.filter(({ id }) => !known.has(id)));
}

// Raw, here and below: one statement for what would be a typed call for each of hundreds of sessions.
async function withdrawSessions(tx: Tx, sessions: readonly SessionNow[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE session
    SET status = 'withdrawn', template_id = unwanted.template_id, schedule_id = unwanted.schedule_id, is_adjusted = unwanted.is_adjusted, version = version + 1
    FROM unnest(
      ${sessions.map(({ id }) => id)}::uuid[], ${sessions.map(({ templateId }) => templateId)}::uuid[],
      ${sessions.map(({ scheduleId }) => scheduleId)}::uuid[], ${sessions.map(({ isAdjusted }) => isAdjusted)}::boolean[]
    ) AS unwanted (id, template_id, schedule_id, is_adjusted)
    WHERE session.id = unwanted.id`;
}

async function updateSessions(tx: Tx, sessions: readonly WantedSession[]): Promise<void> {
  if (sessions.length === 0) return;
  const columns = Prisma.raw(SESSION_COLUMNS.map((name) => `${name} = wanted.${name}`).join(', '));
  await tx.$executeRaw`
    UPDATE session
    SET ${columns}, status = 'open', version = version + 1
    FROM ${sessionRows(sessions)}
    WHERE session.id = wanted.id`;
}

async function insertSessions(tx: Tx, sessions: readonly WantedSession[]): Promise<void> {
  if (sessions.length === 0) return;
  const columns = Prisma.raw(SESSION_COLUMNS.join(', '));
  await tx.$executeRaw`
    INSERT INTO session (id, ${columns})
    SELECT id, ${columns}
    FROM ${sessionRows(sessions)}`;
}

function sessionRows(sessions: readonly WantedSession[]): Prisma.Sql {
  return Prisma.sql`jsonb_to_recordset(${sessionJson(sessions)}::jsonb) AS wanted (${Prisma.raw(SESSION_TYPES)})`;
}

function templateColumns({ id: _id, version: _version, breaks, weekdays, validFrom, validTo, ...same }: TemplateNow) {
  return { ...same, breaks: [...breaks], weekdays: [...weekdays], validFrom: toDateColumn(validFrom), validTo: validTo === null ? null : toDateColumn(validTo) };
}

function namesOf(schedules: readonly ScheduleNow[]): ReadonlyMap<string, string | null> {
  return new Map(schedules.map(({ id, practitionerName }) => [id, practitionerName]));
}

/** Everything about a session that is stored, and who is there, to tell whether it changed. */
function textOf(session: SessionNow, names: ReadonlyMap<string, string | null>): string {
  const { templateId, scheduleId, date, opensMinute, closesMinute, breaks, slotMinutes, places, extras, keptBackPercent, releaseMinutes, noticeMinutes, horizonDays, keptBackReleasedAt, isAdjusted, isCancelled } = session;
  return JSON.stringify([
    ...[templateId, scheduleId, date, opensMinute, closesMinute, breaks, slotMinutes, places, extras, keptBackPercent, releaseMinutes, noticeMinutes, horizonDays],
    ...[keptBackReleasedAt, isAdjusted, isCancelled, names.get(scheduleId)],
  ]);
}

function isOver(session: SessionNow | undefined, now: Date): boolean {
  return session !== undefined && session.date === londonDate(now) && session.closesMinute <= londonMinute(now);
}
