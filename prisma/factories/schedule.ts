import type { Ctx } from '@/lib/auth/actor';
import { db } from '@/lib/platform/db';
import type { Refusal } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import type { Result } from '@/lib/platform/result';
import { addDays } from '@/lib/platform/time';
import { londonDate } from '@/lib/platform/time-words';
import { transact } from '@/lib/platform/transact';
import { editState } from '@/lib/schedule/edit.rules';
import { planSlots } from '@/lib/schedule/plan.rules';
import { HORIZON_DAYS, type ScheduleEdit, type Wanted } from '@/lib/schedule/schema';
import { slotsFor, stateFor } from '@/lib/schedule/state.queries';
import { wantedOf } from '@/lib/schedule/wanted.rules';
import { lockServices, writePlan } from '@/lib/schedule/write-plan.commands';

type Asked = { serviceIds: readonly string[]; edit: ScheduleEdit; days?: number };

/** Applies an edit as proposals do, without what they do for affected patients; tells what there should be then. */
export async function applyEdit(ctx: Ctx, { serviceIds, edit, days = HORIZON_DAYS }: Asked): Promise<Result<Wanted, Refusal>> {
  const of = { serviceIds, from: londonDate(ctx.now), to: addDays(londonDate(ctx.now), days) };
  const services = new Map((await db.service.findMany({ where: { id: { in: [...serviceIds] } }, select: { id: true, odsCode: true, name: true } })).map(({ id, ...service }) => [id, service]));
  return transact(async (tx) => {
    await lockServices(tx, serviceIds);
    const before = await stateFor(tx, of);
    const after = editState(before, edit, { now: ctx.now, mint: newId });
    if (!after.ok) return after;
    const wanted = wantedOf(after.value, { services, mint: newId });
    if (!wanted.ok) return wanted;
    const plan = planSlots(await slotsFor(tx, of), wanted.value, ctx.now);
    if (!plan.ok) return plan;
    const written = await writePlan(tx, ctx, { before, after: after.value, wanted: wanted.value, plan: plan.value });
    return written.ok ? wanted : written;
  });
}
