import type { AppointmentStatus, SlotStatus } from '@/lib/booking/schema';
import { canMove, type SlotState } from '@/lib/booking/transitions.rules';
import type { Alternatives, RefusalOf } from '@/lib/platform/errors';
import { ok, refuse, type Result } from '@/lib/platform/result';
import { addDays } from '@/lib/platform/time';
import { londonDate } from '@/lib/platform/time-words';

/** When calls may have a slot: up to and with `offeredUntil`, from the other two on; null: no such limit. */
export type OfferLimits = { keptBackUntil: Date | null; offeredFrom: Date | null; offeredUntil: Date | null };

/** What decides about a slot at one moment. */
export type SlotNow = OfferLimits & { status: SlotStatus; startsAt: Date; heldByCall: string | null; heldUntil: Date | null };
type HoldNow = Pick<SlotNow, 'status' | 'heldByCall' | 'heldUntil'>;

type Bare<Full> = Full extends { alternatives: Alternatives } ? Omit<Full, 'alternatives'> : Full;

/** Why a slot cannot be had, before anybody has looked for another. */
export type SlotRefusal = Bare<RefusalOf<'slot-in-past' | 'slot-withdrawn' | LimitRefusal | 'slot-taken' | 'slot-held' | 'hold-expired'>>;
type LimitRefusal = 'slot-notice-passed' | 'slot-kept-back' | 'slot-not-open-yet';

/** What decides about a change of an appointment at one moment. */
export type AppointmentNow = { patientId: string; status: AppointmentStatus; startsAt: Date; version: number; releasedAt: Date | null };

/**
 * What may be done to an appointment: how it is spoken of when done, the status that it then has (null: `statusAfter` says), and
 * whether it must not, or must, have begun. Source: docs/rules.md#changes, from domain section 2.
 */
export const CHANGES = {
  cancel: { done: 'cancelled', status: 'cancelled', when: 'before' },
  move: { done: 'moved', status: 'moved', when: 'before' },
  amend: { done: 'amended', status: 'booked', when: 'before' },
  'enter-in-error': { done: 'entered-in-error', status: 'entered-in-error', when: 'any' },
  arrive: { done: 'arrived', status: 'arrived', when: 'any' },
  fulfil: { done: 'fulfilled', status: 'fulfilled', when: 'any' },
  'no-show': { done: 'noshow', status: 'noshow', when: 'begun' },
  undo: { done: 'attendance-undone', status: null, when: 'any' },
} as const;
export type ChangeMethod = keyof typeof CHANGES;

type ChangeRefusal = RefusalOf<
  | 'appointment-other-patient'
  | 'appointment-already-cancelled'
  | 'appointment-in-past'
  | 'appointment-changed'
  | 'appointment-cannot-become'
  | 'appointment-not-begun'
  | 'attendance-not-recorded'
>;

/** What each record of attendance goes back to when it is undone. */
const UNDONE: Partial<Record<AppointmentStatus, AppointmentStatus>> = { arrived: 'booked', fulfilled: 'arrived', noshow: 'booked' };

/** Attendance can be undone until the end of this many London days after that of the appointment. */
const UNDO_DAYS = 1;

/**
 * May this call hold this slot now? A hold of its own counts as free, whatever the limits of the offer, and so does one that has
 * run out. Source: docs/rules.md#holds, from domain sections 2 and 4.
 */
export function decideHold(slot: SlotNow, callId: string, now: Date): Result<null, SlotRefusal> {
  const { startsAt } = slot;
  if (startsAt <= now) return refuse({ code: 'slot-in-past', startsAt });
  if (slot.status === 'withdrawn') return refuse({ code: 'slot-withdrawn', startsAt });
  if (isHeldBy(slot, callId, now)) return ok(null);
  const offered = decideOffered(slot, now);
  if (!offered.ok || canMove('slot', stateOf(slot, now), 'held')) return offered;
  return slot.heldUntil ? refuse({ code: 'slot-held', startsAt, freeAgainAt: slot.heldUntil }) : refuse({ code: 'slot-taken', startsAt });
}

/**
 * Does the service let calls have this slot now, whoever has it? Both the last moment of notice and the moment of release are moments at which
 * they can. What only time can mend comes after what nothing can. Source: docs/rules.md#slots, from domain section 4.
 */
export function decideOffered({ startsAt, ...limits }: OfferLimits & { startsAt: Date }, now: Date): Result<null, RefusalOf<LimitRefusal>> {
  const { offeredUntil, keptBackUntil, offeredFrom } = limits;
  if (offeredUntil && offeredUntil < now) return refuse({ code: 'slot-notice-passed', startsAt, lastBookableAt: offeredUntil });
  if (keptBackUntil && keptBackUntil > now) return refuse({ code: 'slot-kept-back', startsAt, releasedAt: keptBackUntil });
  return offeredFrom && offeredFrom > now ? refuse({ code: 'slot-not-open-yet', startsAt, opensAt: offeredFrom }) : ok(null);
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

/** The status that an appointment has after a change; the same one when there is nothing to undo. Whether it may be changed is for `decideChange`. */
export function statusAfter(status: AppointmentStatus, method: ChangeMethod): AppointmentStatus {
  return CHANGES[method].status ?? UNDONE[status] ?? status;
}

/**
 * Whether the attendance of an appointment can be undone at `now`: until the end of the London day after its own. A day's list is
 * settled by then. Source: docs/rules.md#changes.
 */
export function isUndoable({ status, startsAt }: Pick<AppointmentNow, 'status' | 'startsAt'>, now: Date): boolean {
  return UNDONE[status] !== undefined && londonDate(now) <= addDays(londonDate(startsAt), UNDO_DAYS);
}

/** Whether the call has a hold on the slot that has not run out; it ends at `heldUntil`, exclusive. */
export function isHeldBy(slot: HoldNow, callId: string, now: Date): boolean {
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
  if (seen.method === 'undo') return decideUndo(appointment, now);
  if (!canChange(status, seen.method)) return refuse({ code: 'appointment-cannot-become', status, wanted: done });
  return when === 'begun' && startsAt > now ? refuse({ code: 'appointment-not-begun', startsAt }) : ok(null);
}

function decideUndo({ status, startsAt }: AppointmentNow, now: Date): Result<null, ChangeRefusal> {
  if (!UNDONE[status]) return refuse({ code: 'attendance-not-recorded', status });
  return isUndoable({ status, startsAt }, now) ? ok(null) : refuse({ code: 'appointment-in-past', startsAt });
}

function stateOf(slot: HoldNow, now: Date): SlotState {
  return slot.status === 'free' && slot.heldUntil && slot.heldUntil > now ? 'held' : slot.status;
}

// Amended, an appointment stays booked: that is no transition.
function canChange(status: AppointmentStatus, method: ChangeMethod): boolean {
  return method === 'amend' ? status === CHANGES.amend.status : canMove('appointment', status, statusAfter(status, method));
}
