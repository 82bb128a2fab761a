import { z } from 'zod';
import { record } from '@/lib/audit/record';
import type { Ctx } from '@/lib/auth/actor';
import { isAdminOf, requirePermission } from '@/lib/auth/permissions';
import { dryRun, servicesOfEdit } from '@/lib/booking/dry-run.queries';
import { db } from '@/lib/platform/db';
import type { Refusal } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { ok, refuse, type Result } from '@/lib/platform/result';
import type { ScheduleEdit } from '@/lib/schedule/schema';

/**
 * Keeps an edit of the actor's own services to be looked at (`/schedules/<serviceId>/proposals/<proposalId>`) and applied within a day; nothing changes yet.
 *
 * Refuses with `service-not-found` (also another's service), and with everything that makes the edit impossible. Every refusal is
 * audited. Throws ForbiddenError without `schedule:change`.
 */
export async function proposeEdit(ctx: Ctx, proposal: { serviceId: string; edit: ScheduleEdit }): Promise<Result<{ proposalId: string }, Refusal>> {
  requirePermission(ctx.actor, 'schedule:change');

  const outcome = await attempt(ctx, proposal);
  if (!outcome.ok) {
    const { code } = outcome.error;
    const type = code === 'service-not-found' ? 'service.access-refused' : 'schedule.change-refused';
    await record(db, ctx, { type, subject: proposal.serviceId.slice(0, 36), detail: { code, edit: proposal.edit.kind } });
  }
  return outcome;
}

async function attempt(ctx: Ctx, { serviceId, edit }: { serviceId: string; edit: ScheduleEdit }): Promise<Result<{ proposalId: string }, Refusal>> {
  const isOwn = [serviceId, ...servicesOfEdit(edit)].every((id) => isAdminOf(ctx.actor, id));
  if (!isOwn) return refuse({ code: 'service-not-found' });
  const run = await dryRun(db, ctx, edit);
  if (!run.ok) return run;

  const proposalId = newId();
  await db.scheduleProposal.create({ data: { id: proposalId, serviceId, staffId: ctx.actor.id, edit: columnOf(edit), at: ctx.now } });
  return ok({ proposalId });
}

/** As JSON keeps it: instants in ISO 8601. */
function columnOf(edit: ScheduleEdit) {
  return z.record(z.string(), z.json()).parse(JSON.parse(JSON.stringify(edit)));
}
