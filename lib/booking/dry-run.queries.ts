import type { Ctx } from '@/lib/auth/actor';
import type { Tx } from '@/lib/platform/db';
import type { Refusal } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { ok, type Result } from '@/lib/platform/result';
import { addDays, fromDateColumn } from '@/lib/platform/time';
import { londonDate, type LocalDate } from '@/lib/platform/time-words';
import { editState } from '@/lib/schedule/edit.rules';
import { planSlots } from '@/lib/schedule/plan.rules';
import { HORIZON_DAYS, type ScheduleEdit, type ScheduleState, type SingleEdit, type SlotPlan, type Wanted } from '@/lib/schedule/schema';
import { slotsFor, stateFor } from '@/lib/schedule/state.queries';
import { wantedOf } from '@/lib/schedule/wanted.rules';

/** What an edit would do: the schedules before and after it, and what leads from one to the other. */
export type DryRun = { serviceIds: readonly string[]; before: ScheduleState; after: ScheduleState; wanted: Wanted; plan: SlotPlan };

/** London days, both included. */
type Days = { from: LocalDate; to: LocalDate };

/** The services of an edit, each once; the one whose page it was made on is the first. */
export function servicesOfEdit(edit: ScheduleEdit): string[] {
  return [...new Set(singleEdits(edit).flatMap((single) => ('serviceIds' in single ? single.serviceIds : [single.serviceId])))];
}

/**
 * What an edit would do to the slots of its services as they are now; nothing is written. In a transaction that holds the locks of
 * the services, it is what applying it does. Refuses with everything that makes the edit impossible.
 */
export async function dryRun(tx: Tx, ctx: Ctx, edit: ScheduleEdit): Promise<Result<DryRun, Refusal>> {
  const serviceIds = servicesOfEdit(edit);
  const of = { serviceIds, ...(await daysOf(tx, ctx, edit)) };
  const before = await stateFor(tx, of);
  const after = editState(before, edit, { now: ctx.now, mint: newId });
  if (!after.ok) return after;

  const services = await tx.service.findMany({ where: { id: { in: serviceIds } }, select: { id: true, odsCode: true, name: true } });
  const wanted = wantedOf(after.value, { services: new Map(services.map((service) => [service.id, service])), mint: newId });
  if (!wanted.ok) return wanted;
  const plan = planSlots(await slotsFor(tx, of), wanted.value, ctx.now);
  return plan.ok ? ok({ serviceIds, before, after: after.value, wanted: wanted.value, plan: plan.value }) : plan;
}

function singleEdits(edit: ScheduleEdit): readonly SingleEdit[] {
  return edit.kind === 'several' ? edit.edits : [edit];
}

/** The days that an edit can change: only these are worked out. */
async function daysOf(tx: Tx, ctx: Ctx, edit: ScheduleEdit): Promise<Days> {
  const days: Days[] = [];
  for (const single of singleEdits(edit)) days.push(await daysOfSingle(tx, ctx, single));
  const [from, to] = [days.map((of) => of.from).sort().at(0), days.map((of) => of.to).sort().at(-1)];
  const today = londonDate(ctx.now);
  return { from: from ?? today, to: to ?? today };
}

async function daysOfSingle(tx: Tx, ctx: Ctx, edit: SingleEdit): Promise<Days> {
  const today = londonDate(ctx.now);
  switch (edit.kind) {
    case 'set-template':
    case 'end-template':
      return { from: today, to: addDays(today, HORIZON_DAYS) };
    case 'set-session':
      return { from: edit.date, to: edit.date };
    case 'cancel-session':
    case 'restore-session':
    case 'add-places': {
      const session = await tx.session.findUnique({ where: { id: edit.sessionId }, select: { date: true } });
      const date = session ? fromDateColumn(session.date) : today;
      return { from: date, to: date };
    }
    case 'copy-days': {
      const dates = edit.days.flatMap(({ from, to }) => [from, to]).sort();
      return { from: dates.at(0) ?? today, to: dates.at(-1) ?? today };
    }
    case 'close':
      return fromTodayOn(tx, ctx, edit.serviceIds, edit);
    case 'lift': {
      const closure = await tx.closure.findUnique({ where: { id: edit.closureId }, select: { startsAt: true, endsAt: true } });
      return closure ? fromTodayOn(tx, ctx, edit.serviceIds, closure) : { from: today, to: today };
    }
  }
}

// Not beyond the last day that has sessions: the slots of later days are not made yet, and will be made around the closure.
async function fromTodayOn(tx: Tx, { now }: Ctx, serviceIds: readonly string[], closure: { startsAt: Date; endsAt: Date }): Promise<Days> {
  const today = londonDate(now);
  const last = await tx.session.aggregate({ where: { schedule: { serviceId: { in: [...serviceIds] } } }, _max: { date: true } });
  const lastDay = last._max.date ? fromDateColumn(last._max.date) : today;
  const from = latest(today, londonDate(closure.startsAt));
  return { from, to: latest(from, earliest(lastDay, londonDate(closure.endsAt))) };
}

function latest(one: LocalDate, other: LocalDate): LocalDate {
  return one > other ? one : other;
}

function earliest(one: LocalDate, other: LocalDate): LocalDate {
  return one < other ? one : other;
}
