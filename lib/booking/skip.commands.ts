import { record } from '@/lib/audit/record';
import { hasRole, type Ctx } from '@/lib/auth/actor';
import { everyRejectReason, shownServices } from '@/lib/booking/skip.queries';
import { decideSkips, passedOver } from '@/lib/booking/skip.rules';
import type { SkipInput } from '@/lib/booking/skip.schema';
import type { Tx } from '@/lib/platform/db';
import type { RefusalOf } from '@/lib/platform/errors';
import { ok, type Result } from '@/lib/platform/result';

type SkipsGiven = { callId: string; serviceId: string; skips: readonly SkipInput[] };

/**
 * Keeps why the services above the one that is used were passed over; a newer reason for the same service replaces the older.
 * Part of the caller's transaction, which has locked the call: what is refused here must roll it back.
 *
 * Refuses with `skip-reason-invalid` or, when a service above has no reason, `skip-reason-needed` (D-052, D-053).
 */
export async function recordSkips(tx: Tx, ctx: Ctx, { callId, serviceId, skips }: SkipsGiven): Promise<Result<null, RefusalOf<'skip-reason-needed' | 'skip-reason-invalid'>>> {
  // Used after all, it is passed over no more; the record of the call still tells that it was.
  await tx.callSkip.deleteMany({ where: { callId, serviceId } });
  const passed = passedOver(await shownServices(tx, ctx, callId), serviceId);
  if (passed.length === 0) return ok(null);

  const reasons = skips.length === 0 ? [] : await everyRejectReason(tx);
  const decided = decideSkips({ passed, given: skips, reasons, isClinician: hasRole(ctx.actor, 'clinician') });
  if (!decided.ok) return decided;
  if (decided.value.length > 0) await writeSkips(tx, ctx, { callId, serviceId, skips: decided.value });
  return ok(null);
}

async function writeSkips(tx: Tx, ctx: Ctx, { callId, serviceId, skips }: SkipsGiven): Promise<void> {
  await tx.callSkip.deleteMany({ where: { callId, serviceId: { in: skips.map((skip) => skip.serviceId) } } });
  await tx.callSkip.createMany({
    data: skips.map((skip) => ({ callId, serviceId: skip.serviceId, reasonId: skip.reasonId, comment: skip.comment || null, staffId: ctx.actor.id, at: ctx.now })),
  });
  // Comments are in their rows alone: they may tell of the patient.
  const reasons = Object.fromEntries(skips.map((skip) => [skip.serviceId, skip.reasonId]));
  await tx.callEvent.create({ data: { callId, at: ctx.now, kind: 'services-skipped', body: { serviceId, reasons } } });
  await record(tx, ctx, { type: 'call.services-skipped', subject: callId, detail: { serviceId, reasons } });
}
