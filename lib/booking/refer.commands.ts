import { record } from '@/lib/audit/record';
import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import type { ReferRequest } from '@/lib/booking/call-end.schema';
import { lockOpenCall } from '@/lib/booking/call-lock.commands';
import { letGoOfAll } from '@/lib/booking/close.commands';
import { recordSkips } from '@/lib/booking/skip.commands';
import type { SkipInput } from '@/lib/booking/skip.schema';
import { referralOfferFor } from '@/lib/booking/suitability.queries';
import { db, type Tx } from '@/lib/platform/db';
import type { Refusal } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { ok, refuse, type Result } from '@/lib/platform/result';
import { transact } from '@/lib/platform/transact';
import { writeReferral } from '@/lib/referral/commands';

type Asked = ReferRequest & { skips: readonly SkipInput[] };

/**
 * Sends the referral of an open call without a booking, with the reason, and so ends the call; the slot that it holds is let go
 * in the same transaction, and the reasons for passing over services are kept (U-091, D-052).
 *
 * Refuses with `call-not-found`, `call-with-colleague`, `call-already-booked`, `call-ended`, `service-not-found`,
 * `service-not-suitable`, `service-booking-only`, `skip-reason-invalid` or `skip-reason-needed`; the call then stays as it was.
 * Every refusal is audited. Throws ForbiddenError without `referral:send`.
 */
export async function referWithoutBooking(ctx: Ctx, request: Asked): Promise<Result<{ referralId: string }, Refusal>> {
  requirePermission(ctx.actor, 'referral:send');

  const outcome = await transact((tx) => refer(tx, ctx, request));
  if (!outcome.ok) {
    const detail = { code: outcome.error.code, change: 'refer', serviceId: request.serviceId };
    await record(db, ctx, { type: 'call.refused', subject: request.callId, detail });
  }
  return outcome;
}

async function refer(tx: Tx, ctx: Ctx, { callId, serviceId, reason, text, skips }: Asked): Promise<Result<{ referralId: string }, Refusal>> {
  const locked = await lockOpenCall(tx, ctx, callId);
  if (!locked.ok) return locked;
  const offer = await referralOfferFor(tx, ctx, { callId, serviceId });
  if (!offer) return refuse({ code: 'service-not-found' });
  const { serviceName, unsuitable, dispositionCode } = offer;
  if (unsuitable) return refuse({ code: 'service-not-suitable', serviceName, check: unsuitable });
  if (offer.isBookingOnly) return refuse({ code: 'service-booking-only', serviceName });
  const skipped = await recordSkips(tx, ctx, { callId, serviceId, skips });
  if (!skipped.ok) return skipped;

  const { patientId } = locked.value;
  await letGoOfAll(tx, ctx, callId);
  const { referralId } = await writeReferral(tx, ctx, { callId, patientId, serviceId, dispositionCode, reason, text });
  await tx.call.update({ where: { id: callId }, data: { state: 'referred', endedAt: ctx.now } });
  await tx.callEvent.create({ data: { callId, at: ctx.now, kind: 'referred', body: { referralId, serviceId, reason, hasText: text !== '' } } });
  await tx.outbox.create({ data: { id: newId(), topic: 'referral.sent', body: { referralId }, dedupeKey: `referral.sent:${referralId}`, notBefore: ctx.now } });
  const detail = { before: 'open', after: 'referred', referralId, serviceId, reason };
  await record(tx, ctx, { type: 'call.referred', subject: callId, patientId, detail });
  return ok({ referralId });
}
