import { z } from 'zod';
import { auditRow } from '@/lib/audit/record';
import type { Ctx } from '@/lib/auth/actor';
import { requirePermission, servicesOf } from '@/lib/auth/permissions';
import { servicesOfEdit } from '@/lib/booking/dry-run.queries';
import { lookAt, type Look } from '@/lib/booking/look.queries';
import { daysOfPlan } from '@/lib/booking/proposal.rules';
import type { AffectedLine, AppliedCounts, EditNames, Proposal, ProposalLook } from '@/lib/booking/proposal.schema';
import type { AffectedBooking } from '@/lib/booking/refit.queries';
import { minutesOver } from '@/lib/booking/timeframe.rules';
import { db } from '@/lib/platform/db';
import { isId } from '@/lib/platform/id';
import { ok } from '@/lib/platform/result';
import { addMinutes, DAY_MINUTES, fromDateColumn } from '@/lib/platform/time';
import { scheduleEdit, type ScheduleEdit } from '@/lib/schedule/schema';
import { scheduleNow } from '@/lib/schedule/templates.queries';
import { scheduleName } from '@/lib/schedule/wanted.rules';

/** A proposal as it was kept. */
export type StoredProposal = { id: string; serviceId: string; edit: ScheduleEdit; appliedAt: Date | null };

/** What `applyProposal` audits for each service. */
const changedDetail = z.object({ added: z.number(), reopened: z.number(), withdrawn: z.number(), affected: z.number() });

/** How long a proposal can be looked at and applied, in minutes. */
const KEPT_MINUTES = DAY_MINUTES;

/** A proposal of one of the actor's services that was made within a day, or null. */
export async function storedProposal({ actor, now }: Ctx, id: string): Promise<StoredProposal | null> {
  if (!isId(id)) return null;
  const row = await db.scheduleProposal.findFirst({
    where: { id, serviceId: { in: servicesOf(actor) }, at: { gt: addMinutes(now, -KEPT_MINUTES) } },
    select: { id: true, serviceId: true, edit: true, appliedAt: true },
  });
  return row && { ...row, edit: scheduleEdit.parse(row.edit) };
}

/**
 * A proposal of one of the actor's services, made within a day, with what it would do now, or why it cannot be done any more; null when
 * there is none. The look at each affected patient is audited. Throws ForbiddenError without `schedule:change`.
 */
export async function proposalFor(ctx: Ctx, { serviceId, proposalId }: { serviceId: string; proposalId: string }): Promise<Proposal | null> {
  requirePermission(ctx.actor, 'schedule:change');

  const stored = await storedProposal(ctx, proposalId);
  if (!stored || stored.serviceId !== serviceId || !servicesOfEdit(stored.edit).every((id) => servicesOf(ctx.actor).includes(id))) return null;
  const { id, edit, appliedAt } = stored;
  const about = await namesFor(ctx, edit);
  if (appliedAt) return { id, serviceId, edit, about, applied: await countsOf(stored, appliedAt) };
  const look = await lookAt(db, ctx, edit);
  if (!look.ok) return { id, serviceId, edit, about, applied: null, look };

  await recordLook(ctx, { proposalId, look: look.value });
  return { id, serviceId, edit, about, applied: null, look: ok(shownOf(look.value, about)) };
}

async function countsOf({ id, edit }: StoredProposal, at: Date): Promise<AppliedCounts> {
  const events = await db.auditEvent.findMany({
    where: { type: 'schedule.changed', subject: { in: servicesOfEdit(edit) }, detail: { path: ['proposal'], equals: id } },
    select: { detail: true },
  });
  const details = events.map(({ detail }) => changedDetail.parse(detail));
  const sum = (count: (detail: z.infer<typeof changedDetail>) => number) => details.reduce((total, detail) => total + count(detail), 0);
  return { at, added: sum(({ added, reopened }) => added + reopened), withdrawn: sum(({ withdrawn }) => withdrawn), affected: sum(({ affected }) => affected) };
}

function shownOf({ plan, after, affected, fingerprint }: Look, { names }: EditNames): ProposalLook {
  return { days: daysOfPlan(plan, after.schedules), affected: affected.map((booking) => lineOf(booking, names)), fingerprint };
}

function lineOf({ fit, ...booking }: AffectedBooking, names: EditNames['names']): AffectedLine {
  if (!fit) return { ...booking, fit };
  const { serviceId, startsAt } = fit;
  return {
    ...booking,
    fit: { serviceName: names.get(serviceId) ?? booking.serviceName, isSameService: serviceId === booking.serviceId, startsAt, minutesOver: minutesOver(startsAt, booking.dueAt) },
  };
}

async function recordLook(ctx: Ctx, { proposalId, look }: { proposalId: string; look: Look }): Promise<void> {
  await db.auditEvent.createMany({
    data: look.affected.map(({ appointmentId, patient }) => auditRow(ctx, { type: 'appointment.viewed', subject: appointmentId, patientId: patient.id, detail: { proposal: proposalId } })),
  });
}

async function namesFor({ actor }: Ctx, edit: ScheduleEdit): Promise<EditNames> {
  const ofEdit = { serviceId: { in: servicesOfEdit(edit) } };
  const singles = edit.kind === 'several' ? edit.edits : [edit];
  const named = singles.flatMap((single) => [...('sessionId' in single ? [single.sessionId] : []), ...('templateId' in single ? [single.templateId] : []), ...('closureId' in single ? [single.closureId] : [])]);
  const [services, schedules, templates, sessions, closures] = await Promise.all([
    db.service.findMany({ where: { id: { in: servicesOf(actor) } }, select: { id: true, name: true } }),
    db.schedule.findMany({ where: ofEdit }),
    db.template.findMany({ where: { id: { in: named }, schedule: ofEdit }, select: { id: true, scheduleId: true } }),
    db.session.findMany({ where: { id: { in: named }, schedule: ofEdit }, select: { id: true, scheduleId: true, date: true } }),
    db.closure.findMany({ where: { id: { in: named }, services: { some: ofEdit } }, select: { id: true, startsAt: true, endsAt: true, reason: true } }),
  ]);
  return {
    names: new Map([...services.map(({ id, name }) => [id, name] as const), ...schedules.map((row) => [row.id, scheduleName(scheduleNow(row))] as const)]),
    templates: byId(templates),
    sessions: byId(sessions.map(({ date, ...session }) => ({ ...session, date: fromDateColumn(date) }))),
    closures: byId(closures),
  };
}

function byId<Row extends { id: string }>(rows: readonly Row[]): ReadonlyMap<string, Row> {
  return new Map(rows.map((row) => [row.id, row]));
}
