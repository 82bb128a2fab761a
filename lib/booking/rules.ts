import type { StaffActor } from '@/lib/auth/actor';
import type { AppointmentStatus, SlotStatus } from '@/lib/booking/schema';
import { canMove, type SlotState } from '@/lib/booking/transitions.rules';
import type { Alternatives, RefusalOf } from '@/lib/platform/errors';
import { ok, refuse, type Result } from '@/lib/platform/result';

/** What decides about a slot at one moment. */
export type SlotNow = { status: SlotStatus; startsAt: Date; heldByCall: string | null; heldUntil: Date | null };

type Bare<Full> = Full extends { alternatives: Alternatives } ? Omit<Full, 'alternatives'> : Full;

/** Why a slot cannot be had, before anybody has looked for another. */
export type SlotRefusal = Bare<RefusalOf<'slot-in-past' | 'slot-withdrawn' | 'slot-taken' | 'slot-held' | 'hold-expired'>>;

/** What decides about a change of an appointment at one moment. */
export type AppointmentNow = { patientId: string; status: AppointmentStatus; startsAt: Date; version: number; releasedAt: Date | null };

/**
 * What may be done to an appointment: how it is spoken of when done, the status that it then has, and whether it must not, or
 * must, have begun. Source: docs/rules.md#changes, from domain section 2.
 */
export const CHANGES = {
  cancel: { done: 'cancelled', status: 'cancelled', when: 'before' },
  move: { done: 'moved', status: 'moved', when: 'before' },
  amend: { done: 'amended', status: 'booked', when: 'before' },
  'enter-in-error': { done: 'entered-in-error', status: 'entered-in-error', when: 'any' },
  arrive: { done: 'arrived', status: 'arrived', when: 'any' },
  fulfil: { done: 'fulfilled', status: 'fulfilled', when: 'any' },
  'no-show': { done: 'noshow', status: 'noshow', when: 'begun' },
} as const;
export type ChangeMethod = keyof typeof CHANGES;

type ChangeRefusal = RefusalOf<
  | 'appointment-other-patient'
  | 'appointment-already-cancelled'
  | 'appointment-in-past'
  | 'appointment-changed'
  | 'appointment-cannot-become'
  | 'appointment-not-begun'
>;

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
 * May this be done now to the appointment that was looked at, in the version and of the patient that were seen? An appointment
 * has begun at `startsAt`, inclusive. The first refusal that applies is told, in a fixed order: what nothing can be done about
 * comes before what is mended by looking again. Source: docs/rules.md#changes, from domain section 2.
 */
export function decideChange(appointment: AppointmentNow, seen: { method: ChangeMethod; patientId: string; version: number }, now: Date): Result<null, ChangeRefusal> {
  const { status, startsAt, version, releasedAt } = appointment;
  const { done, when } = CHANGES[seen.method];
  if (appointment.patientId !== seen.patientId) return refuse({ code: 'appointment-other-patient' });
  if (status === 'cancelled' && releasedAt) return refuse({ code: 'appointment-already-cancelled', at: releasedAt });
  if (when === 'before' && startsAt <= now) return refuse({ code: 'appointment-in-past', startsAt });
  if (version !== seen.version) return refuse({ code: 'appointment-changed', version });
  if (!canChange(status, seen.method)) return refuse({ code: 'appointment-cannot-become', status, wanted: done });
  return when === 'begun' && startsAt > now ? refuse({ code: 'appointment-not-begun', startsAt }) : ok(null);
}

/** Whether one of the person's roles is that of admin of this service; its scope is the service's id. */
export function isAdminOf({ roles }: StaffActor, serviceId: string): boolean {
  return roles.some(({ role, scope }) => role === 'service-admin' && scope === serviceId);
}

function stateOf(slot: Omit<SlotNow, 'startsAt'>, now: Date): SlotState {
  return slot.status === 'free' && slot.heldUntil && slot.heldUntil > now ? 'held' : slot.status;
}

// Amended, an appointment stays booked: that is no transition.
function canChange(status: AppointmentStatus, method: ChangeMethod): boolean {
  return method === 'amend' ? status === CHANGES.amend.status : canMove('appointment', status, CHANGES[method].status);
}
