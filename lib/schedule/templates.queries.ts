import { z } from 'zod';
import type { Ctx } from '@/lib/auth/actor';
import { isAdminOf, requirePermission } from '@/lib/auth/permissions';
import { db } from '@/lib/platform/db';
import { fromDateColumn } from '@/lib/platform/time';
import { scheduleEdit, scheduleFacts, timeBreak, type Break, type ScheduleEdit, type ScheduleFacts, type ScheduleNow, type TemplateNow } from '@/lib/schedule/schema';

/** A schedule of a service with its weekly patterns. */
export type ScheduleWithTemplates = ScheduleNow & { templates: readonly TemplateNow[] };

const MOST_SCHEDULES = 200;
const MOST_TEMPLATES = 500;

const SCHEDULE = { id: true, serviceId: true, name: true, channel: true, practitionerRole: true, practitionerName: true, practitionerGender: true } as const;
const TEMPLATE = {
  ...{ id: true, scheduleId: true, version: true, weekdays: true, opensMinute: true, closesMinute: true, breaks: true, slotMinutes: true, places: true },
  ...{ keptBackPercent: true, releaseMinutes: true, noticeMinutes: true, horizonDays: true, worksHolidays: true, validFrom: true, validTo: true },
} as const;

const breaksColumn = z.array(timeBreak);

/**
 * The schedules of one of the actor's services in the order of their making, each with its weekly patterns by first day, then hour; ended ones
 * too. None of another's service. Throws ForbiddenError without `schedule:read`.
 */
export async function templatesOf(ctx: Ctx, serviceId: string): Promise<ScheduleWithTemplates[]> {
  requirePermission(ctx.actor, 'schedule:read');
  if (!isAdminOf(ctx.actor, serviceId)) return [];

  const rows = await db.schedule.findMany({
    where: { serviceId },
    select: { ...SCHEDULE, templates: { select: TEMPLATE, orderBy: [{ validFrom: 'asc' }, { opensMinute: 'asc' }, { id: 'asc' }], take: MOST_TEMPLATES } },
    orderBy: { id: 'asc' },
    take: MOST_SCHEDULES,
  });
  return rows.map(({ templates, ...schedule }) => ({ ...scheduleNow(schedule), templates: templates.map(templateNow) }));
}

/** The schedules of one of the actor's services in the order of their making, to choose from. Throws ForbiddenError without `schedule:read`. */
export async function schedulesOf(ctx: Ctx, serviceId: string): Promise<ScheduleNow[]> {
  requirePermission(ctx.actor, 'schedule:read');
  if (!isAdminOf(ctx.actor, serviceId)) return [];

  const rows = await db.schedule.findMany({ where: { serviceId }, select: SCHEDULE, orderBy: { id: 'asc' }, take: MOST_SCHEDULES });
  return rows.map(scheduleNow);
}

/** A weekly pattern of one of the actor's services with its schedule; null when there is none. Throws ForbiddenError without `schedule:read`. */
export async function templateOf(ctx: Ctx, { serviceId, templateId }: { serviceId: string; templateId: string }): Promise<(TemplateNow & { schedule: ScheduleNow }) | null> {
  requirePermission(ctx.actor, 'schedule:read');
  if (!isAdminOf(ctx.actor, serviceId) || !z.uuid().safeParse(templateId).success) return null;

  const row = await db.template.findFirst({ where: { id: templateId, schedule: { serviceId } }, select: { ...TEMPLATE, schedule: { select: SCHEDULE } } });
  return row && { ...templateNow(row), schedule: scheduleNow(row.schedule) };
}

/** An edit that was proposed for one of the actor's services, for its form to show again; null when there is none. Throws ForbiddenError without `schedule:read`. */
export async function proposedEdit(ctx: Ctx, { serviceId, proposalId }: { serviceId: string; proposalId: string | undefined }): Promise<ScheduleEdit | null> {
  requirePermission(ctx.actor, 'schedule:read');
  if (!isAdminOf(ctx.actor, serviceId) || !z.uuid().safeParse(proposalId).success) return null;

  const row = await db.scheduleProposal.findFirst({ where: { id: proposalId, serviceId }, select: { edit: true } });
  return row && scheduleEdit.parse(row.edit);
}

type ScheduleRow = Omit<ScheduleNow, 'channel'> & { channel: string | null };

/** A row of a schedule as the model has it; the database has no other channels. */
export function scheduleNow({ id, serviceId, ...facts }: ScheduleRow): ScheduleNow {
  const parsed: ScheduleFacts = scheduleFacts.parse(facts);
  return { id, serviceId, ...parsed };
}

/** The breaks of a JSON column. */
export function breaksOf(column: unknown): Break[] {
  return breaksColumn.parse(column);
}

type TemplateRow = Omit<TemplateNow, 'validFrom' | 'validTo' | 'breaks'> & { validFrom: Date; validTo: Date | null; breaks: unknown };

function templateNow(row: TemplateRow): TemplateNow {
  const { id, scheduleId, version, weekdays, opensMinute, closesMinute, slotMinutes, places, keptBackPercent, releaseMinutes, noticeMinutes, horizonDays, worksHolidays } = row;
  return {
    ...{ id, scheduleId, version, weekdays, opensMinute, closesMinute, slotMinutes, places, keptBackPercent, releaseMinutes, noticeMinutes, horizonDays, worksHolidays },
    breaks: breaksOf(row.breaks),
    validFrom: fromDateColumn(row.validFrom),
    validTo: row.validTo && fromDateColumn(row.validTo),
  };
}
