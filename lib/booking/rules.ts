import type { AppointmentStatus, SlotStatus } from '@/lib/booking/schema';
import { canMove, type SlotState } from '@/lib/booking/transitions.rules';
import type { Alternatives, Refusal, RefusalOf } from '@/lib/platform/errors';
import { ok, refuse, type Result } from '@/lib/platform/result';

/** What decides about a slot at one moment. */
export type SlotNow = { status: SlotStatus; startsAt: Date; heldByCall: string | null; heldUntil: Date | null };

type Bare<Full> = Full extends { alternatives: Alternatives } ? Omit<Full, 'alternatives'> : Full;

/** Why a slot cannot be had, before anybody has looked for another. */
export type SlotRefusal = Bare<RefusalOf<'slot-in-past' | 'slot-withdrawn' | 'slot-taken' | 'slot-held' | 'hold-expired'>>;

type CancelFault = Extract<Refusal, { code: 'appointment-in-past' | 'appointment-already-cancelled' | 'appointment-changed' }>;

/**
 * May this call hold this slot now? A hold of its own counts as free, and so does one that has run out.
 * Source: docs/rules.md#holds, from domain section 2.
 */
export function decideHold(slot: SlotNow, callId: string, now: Date): Result<null, SlotRefusal> {
  const { startsAt } = slot;
  if (startsAt <= now) return refuse({ code: 'slot-in-past', startsAt });
  if (slot.status === 'withdrawn') return refuse({ code: 'slot-withdrawn', startsAt });
  if (isHeldBy(slot, callId, now) || canMove('slot', stateOf(slot, now), 'held')) return ok(null);
  return slot.heldUntil ? refuse({ code: 'slot-held', startsAt, freeAgainAt: slot.heldUntil }) : refuse({ code: 'slot-taken', startsAt });
}

/**
 * May this call book this slot now? Only while it holds it: when it could hold it but does not, its hold has run out.
 * Source: docs/rules.md#holds, from domain section 2.
 */
export function decideBooking(slot: SlotNow, callId: string, now: Date): Result<null, SlotRefusal> {
  const holdable = decideHold(slot, callId, now);
  if (!holdable.ok || isHeldBy(slot, callId, now)) return holdable;
  return refuse({ code: 'hold-expired', startsAt: slot.startsAt });
}

/** Whether the call has a hold on the slot that has not run out; it ends at `heldUntil`, exclusive. */
export function isHeldBy(slot: Omit<SlotNow, 'startsAt'>, callId: string, now: Date): boolean {
  return slot.heldByCall === callId && stateOf(slot, now) === 'held';
}

/**
 * May this version of the appointment be cancelled now? Only when it has not begun and nobody changed it since it was
 * looked at. Source: docs/rules.md#cancel, from domain section 2.
 */
export function decideCancel(
  appointment: { status: AppointmentStatus; startsAt: Date; version: number; releasedAt: Date | null },
  seenVersion: number,
  now: Date,
): Result<null, CancelFault> {
  const { status, startsAt, version, releasedAt } = appointment;
  if (status === 'cancelled' && releasedAt) return refuse({ code: 'appointment-already-cancelled', at: releasedAt });
  if (startsAt <= now) return refuse({ code: 'appointment-in-past', startsAt });
  if (version !== seenVersion || !canMove('appointment', status, 'cancelled')) return refuse({ code: 'appointment-changed', version });
  return ok(null);
}

function stateOf(slot: Omit<SlotNow, 'startsAt'>, now: Date): SlotState {
  return slot.status === 'free' && slot.heldUntil && slot.heldUntil > now ? 'held' : slot.status;
}
