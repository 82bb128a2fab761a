import { z } from 'zod';
import { bankHolidays } from '@/lib/directory/queries';
import type { Tx } from '@/lib/platform/db';
import { addDays, fromDateColumn, startOfLondonDay, toDateColumn } from '@/lib/platform/time';
import type { LocalDate } from '@/lib/platform/time-words';
import { extraPlaces, timeBreak, type ClosureNow, type ScheduleNow, type ScheduleState, type SessionNow, type SlotNow, type TemplateNow } from '@/lib/schedule/schema';

type Of = { serviceIds: readonly string[]; from: LocalDate; to: LocalDate };

/** How many days before `from` sessions are read, so that a week gone by can be copied. */
const COPIED_DAYS = 35;

const PATTERN = {
  id: true,
  scheduleId: true,
  opensMinute: true,
  closesMinute: true,
  breaks: true,
  slotMinutes: true,
  places: true,
  keptBackPercent: true,
  releaseMinutes: true,
  noticeMinutes: true,
  horizonDays: true,
  version: true,
} as const;
const breaksColumn = z.array(timeBreak);
const extrasColumn = z.array(extraPlaces);
const channelColumn = z.enum(['in-person', 'telephone', 'video']).nullable();

/**
 * What decides about the slots of these services from `from` to `to`, both included: with every session of theirs in those days and in the
 * five weeks before, which can be copied, and with all their templates, and with closures that only begin later.
 */
export async function stateFor(tx: Tx, { serviceIds, from, to }: Of): Promise<ScheduleState> {
  const schedules = await schedulesOf(tx, serviceIds);
  const ids = schedules.map(({ id }) => id);
  return {
    from,
    to,
    holidays: await bankHolidays(),
    schedules,
    templates: await templatesOf(tx, ids),
    sessions: await sessionsIn(tx, { ids, from: addDays(from, -COPIED_DAYS), to }),
    closures: await closuresOf(tx, { serviceIds, from }),
  };
}

/** Their slots in those days, withdrawn ones too, in the order of ids. */
export async function slotsFor(tx: Tx, { serviceIds, from, to }: Of): Promise<SlotNow[]> {
  // Raw: tens of thousands of rows before an answer, which typed calls with their two joins take twice as long for.
  return tx.$queryRaw<SlotNow[]>`
    SELECT slot.id, session.schedule_id AS "scheduleId", slot.service_id AS "serviceId", slot.session_id AS "sessionId", slot.place_no AS "placeNo",
      slot.status, slot.orphaned_at IS NOT NULL AS "isOrphaned", appointment.id AS "appointmentId", slot.starts_at AS "startsAt", slot.ends_at AS "endsAt",
      slot.kept_back_until AS "keptBackUntil", slot.offered_from AS "offeredFrom", slot.offered_until AS "offeredUntil"
    FROM schedule
    JOIN session ON session.schedule_id = schedule.id
    JOIN slot ON slot.session_id = session.id
    LEFT JOIN appointment ON appointment.slot_id = slot.id AND appointment.released_at IS NULL AND slot.status = 'busy'
    WHERE schedule.service_id = ANY(${serviceIds}::uuid[])
      AND session.date BETWEEN ${from}::date AND ${to}::date
    ORDER BY slot.id`;
}

/** Closures that are not lifted and end after `from` begins, of any of these services; with all that each shuts. */
export async function closuresOf(tx: Tx, { serviceIds, from }: { serviceIds: readonly string[]; from: LocalDate }): Promise<ClosureNow[]> {
  const rows = await tx.closure.findMany({
    where: { liftedAt: null, endsAt: { gt: startOfLondonDay(from) }, services: { some: { serviceId: { in: [...serviceIds] } } } },
    select: { id: true, kind: true, startsAt: true, endsAt: true, reason: true, services: { select: { serviceId: true }, orderBy: { serviceId: 'asc' } } },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
  });
  return rows.map(({ services, kind, ...row }) => ({ ...row, kind: kind === 'pause' ? 'pause' : 'closure', serviceIds: services.map(({ serviceId }) => serviceId) }));
}

async function schedulesOf(tx: Tx, serviceIds: readonly string[]): Promise<ScheduleNow[]> {
  const rows = await tx.schedule.findMany({
    where: { serviceId: { in: [...serviceIds] } },
    select: { id: true, serviceId: true, name: true, channel: true, practitionerRole: true, practitionerName: true, practitionerGender: true },
    orderBy: { id: 'asc' },
  });
  return rows.map((row) => ({ ...row, channel: channelColumn.parse(row.channel) }));
}

async function templatesOf(tx: Tx, ids: string[]): Promise<TemplateNow[]> {
  const rows = await tx.template.findMany({
    where: { scheduleId: { in: ids } },
    select: { ...PATTERN, weekdays: true, worksHolidays: true, validFrom: true, validTo: true },
    orderBy: { id: 'asc' },
  });
  return rows.map((row) => ({
    ...row,
    breaks: breaksColumn.parse(row.breaks),
    validFrom: fromDateColumn(row.validFrom),
    validTo: row.validTo === null ? null : fromDateColumn(row.validTo),
  }));
}

async function sessionsIn(tx: Tx, { ids, from, to }: { ids: string[]; from: LocalDate; to: LocalDate }): Promise<SessionNow[]> {
  const rows = await tx.session.findMany({
    where: { scheduleId: { in: ids }, date: { gte: toDateColumn(from), lte: toDateColumn(to) } },
    select: { ...PATTERN, templateId: true, date: true, isAdjusted: true, status: true, extras: true, keptBackReleasedAt: true },
    orderBy: { id: 'asc' },
  });
  return rows.map(({ status, ...row }) => ({
    ...row,
    date: fromDateColumn(row.date),
    breaks: breaksColumn.parse(row.breaks),
    extras: extrasColumn.parse(row.extras),
    isCancelled: status === 'withdrawn',
  }));
}
