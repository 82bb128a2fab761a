import { record } from '@/lib/audit/record';
import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { ownService, ownServices } from '@/lib/directory/own-service.queries';
import { csvText } from '@/lib/platform/csv';
import { db } from '@/lib/platform/db';
import { toDateColumn } from '@/lib/platform/time';
import { clockTime, londonDate, type LocalDate } from '@/lib/platform/time-words';
import { slotStateAt } from '@/lib/schedule/calendar.rules';
import type { ServicePatterns } from '@/lib/schedule/csv.rules';
import { PATTERN_COLUMNS, patternCells } from '@/lib/schedule/csv.schema';
import { templatesOf } from '@/lib/schedule/templates.queries';

/** More slots than a day of one service has. */
const MOST_SLOTS = 20_000;

const SLOT_COLUMNS = ['date', 'from', 'to', 'schedule', 'channel', 'practitioner_role', 'practitioner_name', 'place', 'state', 'kept_back_until'];

/** The schedules of all services of the actor's, each with those of its weekly patterns that are not over on the day of `ctx.now`. */
export async function patternsOf(ctx: Ctx): Promise<ServicePatterns[]> {
  const today = londonDate(ctx.now);
  const services = await ownServices(ctx);
  return Promise.all(
    services.map(async ({ id, dosId, odsCode }) => {
      const schedules = await templatesOf(ctx, id);
      return {
        ...{ serviceId: id, dosId, odsCode },
        schedules: schedules.map(({ id: scheduleId, serviceId: _, templates, ...facts }) => ({ id: scheduleId, facts, templates: templates.filter(({ validTo }) => validTo === null || validTo >= today) })),
      };
    }),
  );
}

/** The weekly patterns of all services of the actor's as CSV, those that are over left out: imported again, it changes nothing. Audited. Throws ForbiddenError without `schedule:read`. */
export async function patternsCsv(ctx: Ctx): Promise<string> {
  requirePermission(ctx.actor, 'schedule:read');

  const services = await patternsOf(ctx);
  const rows = services.flatMap(({ dosId, schedules }) => schedules.flatMap(({ facts, templates }) => templates.map((pattern) => patternCells({ dosId, facts, pattern }))));
  await record(db, ctx, { type: 'schedule.exported', detail: { what: 'patterns', services: services.map(({ serviceId }) => serviceId), rows: rows.length } });
  return csvText(PATTERN_COLUMNS, rows);
}

/** A file to start from: the header of `patternsCsv` and one pattern of the actor's first service, from today on. */
export async function examplePatternsCsv(ctx: Ctx): Promise<string> {
  requirePermission(ctx.actor, 'schedule:read');

  const [service] = await ownServices(ctx);
  const example = patternCells({
    dosId: service?.dosId ?? '',
    facts: { name: 'Minor injuries', channel: 'in-person', practitionerRole: 'Nurse practitioner', practitionerName: null, practitionerGender: null },
    pattern: {
      ...{ weekdays: [1, 2, 3, 4, 5], worksHolidays: false, validFrom: londonDate(ctx.now), validTo: null },
      ...{ opensMinute: 540, closesMinute: 1020, breaks: [{ fromMinute: 720, toMinute: 780 }], slotMinutes: 15, places: 2 },
      ...{ keptBackPercent: 25, releaseMinutes: 60, noticeMinutes: 0, horizonDays: 56 },
    },
  });
  return csvText(PATTERN_COLUMNS, [example]);
}

/**
 * The slots of one London day of a service of the actor's as CSV, by time, then place; nothing of it tells of a patient. Audited.
 * Null when the service is another's or there is none. Throws ForbiddenError without `schedule:read`.
 */
export async function slotsCsv(ctx: Ctx, { serviceId, date }: { serviceId: string; date: LocalDate }): Promise<string | null> {
  requirePermission(ctx.actor, 'schedule:read');
  if (!(await ownService(ctx, serviceId))) return null;

  const slots = await db.slot.findMany({
    where: { session: { date: toDateColumn(date), schedule: { serviceId } }, status: { not: 'withdrawn' } },
    orderBy: [{ startsAt: 'asc' }, { sessionId: 'asc' }, { placeNo: 'asc' }, { id: 'asc' }],
    take: MOST_SLOTS,
    select: {
      ...{ startsAt: true, endsAt: true, placeNo: true, status: true, heldUntil: true, keptBackUntil: true, orphanedAt: true },
      session: { select: { schedule: { select: { name: true, channel: true, practitionerRole: true, practitionerName: true } } } },
    },
  });
  await record(db, ctx, { type: 'schedule.exported', subject: serviceId, detail: { what: 'slots', date, rows: slots.length } });
  const rows = slots.map(({ startsAt, endsAt, placeNo, session: { schedule }, ...slot }) => [
    ...[date, clockTime(startsAt), clockTime(endsAt), schedule.name ?? '', schedule.channel ?? '', schedule.practitionerRole ?? '', schedule.practitionerName ?? ''],
    ...[String(placeNo), slotStateAt(slot, ctx.now), slot.keptBackUntil ? clockTime(slot.keptBackUntil) : ''],
  ]);
  return csvText(SLOT_COLUMNS, rows);
}
