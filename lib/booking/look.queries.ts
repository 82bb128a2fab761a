import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Ctx } from '@/lib/auth/actor';
import { servicesOf } from '@/lib/auth/permissions';
import { dryRun, servicesOfEdit, type DryRun } from '@/lib/booking/dry-run.queries';
import { affectedBy, type AffectedBooking } from '@/lib/booking/refit.queries';
import type { Tx } from '@/lib/platform/db';
import type { Refusal, RefusalOf } from '@/lib/platform/errors';
import { ok, refuse, type Result } from '@/lib/platform/result';
import { fingerprintOf } from '@/lib/schedule/plan.rules';
import type { ScheduleEdit } from '@/lib/schedule/schema';

/** What an edit would do now, and to whom. The fingerprint stands for all that was shown of it. */
export type Look = DryRun & { affected: readonly AffectedBooking[]; fingerprint: string };

const instant = z.iso.datetime().pipe(z.coerce.date());

/** Works out what an edit would do, in the caller's transaction. Refuses with everything that makes the edit impossible. */
export async function lookAt(tx: Tx, ctx: Ctx, edit: ScheduleEdit): Promise<Result<Look, Refusal>> {
  const run = await dryRun(tx, ctx, edit);
  if (!run.ok) return run;
  const { plan, after, serviceIds } = run.value;
  const others = servicesOf(ctx.actor).filter((id) => !serviceIds.includes(id));
  const affected = await affectedBy(tx, ctx, { plan, schedules: after.schedules, serviceIds: [...serviceIds, ...others] });
  const changeSeen = (await lastChange(tx, serviceIds))?.seq ?? 0n;
  return ok({ ...run.value, affected, fingerprint: [digestOf(run.value, affected), changeSeen, ctx.now.toISOString()].join(' ') });
}

/**
 * What an edit would do now, when that is what was looked at. What only the clock took away, because it has begun meanwhile, makes no
 * difference, and neither does a colleague's change that this edit does not meet. Refuses with `proposal-stale`, and with everything
 * that makes the edit impossible.
 */
export async function lookAgain(tx: Tx, ctx: Ctx, { edit, fingerprint }: { edit: ScheduleEdit; fingerprint: string }): Promise<Result<Look, Refusal>> {
  const look = await lookAt(tx, ctx, edit);
  const seen = partsOf(fingerprint);
  const stale = () => staleSince(tx, { serviceIds: servicesOfEdit(edit), changeSeen: seen.changeSeen });
  if (!look.ok) {
    const since = await stale();
    return since.change ? refuse(since) : look;
  }
  if (partsOf(look.value.fingerprint).digest === seen.digest) return look;
  if (!seen.at || seen.at > ctx.now) return refuse(await stale());
  const then = await lookAt(tx, { ...ctx, now: seen.at }, edit);
  return then.ok && partsOf(then.value.fingerprint).digest === seen.digest ? look : refuse(await stale());
}

/** Who changed the schedules since then, and when; null for it when nobody did, and so only bookings are others. */
async function staleSince(tx: Tx, { serviceIds, changeSeen }: { serviceIds: readonly string[]; changeSeen: string }): Promise<RefusalOf<'proposal-stale'>> {
  const change = await lastChange(tx, serviceIds);
  if (!change || String(change.seq) === changeSeen) return { code: 'proposal-stale', change: null };
  const colleague = await tx.staff.findUnique({ where: { id: change.actorId }, select: { name: true } });
  return { code: 'proposal-stale', change: colleague && { by: colleague.name, at: change.at } };
}

async function lastChange(tx: Tx, serviceIds: readonly string[]) {
  return tx.auditEvent.findFirst({
    where: { type: 'schedule.changed', subject: { in: [...serviceIds] } },
    orderBy: { seq: 'desc' },
    select: { seq: true, at: true, actorId: true },
  });
}

function digestOf({ plan }: DryRun, affected: readonly AffectedBooking[]): string {
  const bookings = affected.map(({ appointmentId, version, fit }) => [appointmentId, version, fit && [fit.serviceId, fit.startsAt.getTime()]]);
  return createHash('sha256').update(JSON.stringify([fingerprintOf(plan), bookings])).digest('hex');
}

/** The digest of what was seen, the last change that was known then, and when that was. */
function partsOf(fingerprint: string): { digest: string; changeSeen: string; at: Date | null } {
  const [digest = '', changeSeen = '', at] = fingerprint.split(' ');
  return { digest, changeSeen, at: instant.safeParse(at).data ?? null };
}
