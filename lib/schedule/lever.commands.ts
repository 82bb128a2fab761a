import { record } from '@/lib/audit/record';
import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { ownService } from '@/lib/directory/own-service.queries';
import { lastServiceChange } from '@/lib/directory/profile.queries';
import { db, type Tx } from '@/lib/platform/db';
import type { Refusal } from '@/lib/platform/errors';
import { ok, refuse, type Result } from '@/lib/platform/result';
import { transact } from '@/lib/platform/transact';
import type { BookingsRequest } from '@/lib/schedule/lever.schema';
import { keptBackAt, sessionsOfToday } from '@/lib/schedule/levers.queries';
import { lockServices } from '@/lib/schedule/write-plan.commands';

/**
 * Opens to calls, at once, whatever the sessions of the London day still keep back; what becomes free again in them later too.
 *
 * Refuses with `service-not-found` (also another's) or `nothing-kept-back`. Every refusal is audited. Throws ForbiddenError without
 * `schedule:change`.
 */
export async function releaseKeptBack(ctx: Ctx, { serviceId }: { serviceId: string }): Promise<Result<{ slots: number }, Refusal>> {
  requirePermission(ctx.actor, 'schedule:change');

  const service = await ownService(ctx, serviceId);
  const outcome = service ? await transact((tx) => release(tx, ctx, serviceId)) : refuse({ code: 'service-not-found' });
  if (!outcome.ok) await record(db, ctx, { type: 'schedule.change-refused', subject: serviceId.slice(0, 36), detail: { code: outcome.error.code, change: 'release' } });
  return outcome;
}

/**
 * Takes a service of the actor's off bookings, or back on, at once; slots and appointments stay as they are. Set to what it is, it
 * stays the same version.
 *
 * Refuses with `service-not-found` (also another's), or `service-changed` when it is no longer the version that was looked at. Every
 * refusal is audited. Throws ForbiddenError without `service:configure`.
 */
export async function setBookings(ctx: Ctx, request: BookingsRequest): Promise<Result<null, Refusal>> {
  requirePermission(ctx.actor, 'service:configure');

  const { serviceId } = request;
  const service = await ownService(ctx, serviceId);
  const outcome = service ? await transact((tx) => turn(tx, ctx, request)) : refuse({ code: 'service-not-found' });
  if (!outcome.ok) await record(db, ctx, { type: 'service.change-refused', subject: serviceId.slice(0, 36), detail: { code: outcome.error.code, section: 'booking' } });
  return outcome;
}

async function release(tx: Tx, ctx: Ctx, serviceId: string): Promise<Result<{ slots: number }, Refusal>> {
  // An edit that is being applied may make or move these very slots: the two take their turn.
  await lockServices(tx, [serviceId]);
  const { now } = ctx;
  const sessions = await tx.session.updateManyAndReturn({
    where: { ...sessionsOfToday(now, serviceId), keptBackPercent: { gt: 0 }, keptBackReleasedAt: null },
    data: { keptBackReleasedAt: now, version: { increment: 1 } },
    select: { id: true },
  });
  const ofThese = { sessionId: { in: sessions.map(({ id }) => id) } };
  const released = await tx.slot.updateMany({ where: { ...ofThese, ...keptBackAt(now) }, data: { keptBackUntil: null } });
  if (released.count === 0) return refuse({ code: 'nothing-kept-back' });
  // Those that are booked may become free again.
  await tx.slot.updateMany({ where: { ...ofThese, startsAt: { gt: now }, keptBackUntil: { not: null } }, data: { keptBackUntil: null } });
  await record(tx, ctx, { type: 'schedule.kept-back-released', subject: serviceId, detail: { slots: released.count, sessions: sessions.length } });
  return ok({ slots: released.count });
}

async function turn(tx: Tx, ctx: Ctx, { serviceId, isBookable, version }: BookingsRequest): Promise<Result<null, Refusal>> {
  const same = await tx.service.count({ where: { id: serviceId, version, isBookable } });
  if (same > 0) return ok(null);
  // The claim is the lock: of two who turn it at once, exactly one finds the version that both looked at.
  const claimed = await tx.service.updateMany({ where: { id: serviceId, version, isBookable: !isBookable }, data: { isBookable, version: { increment: 1 } } });
  if (claimed.count === 0) return refuse({ code: 'service-changed', ...((await lastServiceChange(tx, serviceId)) ?? { by: 'A colleague', at: ctx.now }) });
  await record(tx, ctx, { type: 'service.changed', subject: serviceId, detail: { section: 'booking', before: { isBookable: !isBookable }, after: { isBookable } } });
  return ok(null);
}
