import type { AuditType } from '@/lib/audit/events';
import { record } from '@/lib/audit/record';
import type { Ctx } from '@/lib/auth/actor';
import type { ChangeRequest } from '@/lib/booking/appointment.schema';
import { versionAnswered } from '@/lib/booking/booked.queries';
import type { BookingActor } from '@/lib/booking/records.commands';
import { decideSeal } from '@/lib/booking/seal.queries';
import { versionBody } from '@/lib/booking/version.rules';
import { afterChange, standingAppointment, writeChange, type Method, type StandingAppointment, type WrittenChange } from '@/lib/booking/write-change.commands';
import { db, violates } from '@/lib/platform/db';
import type { Refusal } from '@/lib/platform/errors';
import type { Inbound } from '@/lib/platform/inbound';
import { ok, refuse, type Result } from '@/lib/platform/result';
import { transact } from '@/lib/platform/transact';

/** What a change of one appointment led to. `isRepeat`: the same request had been carried out before, and this is its first answer. */
export type Changed = { appointmentId: string; version: number; at: Date; isRepeat: boolean };

/** Decides about an appointment as it stands; asked again when that has changed meanwhile. */
type Decide = (appointment: StandingAppointment) => Promise<Result<null, Refusal>>;

/** One change that somebody asked for on a screen. */
type ScreenChange = WrittenChange & { request: ChangeRequest; decide: Decide };

/** One change that was asked for at any door. Without `inbound` it is not protected against repeats. */
export type Change = WrittenChange & { appointmentId: string; inbound: Inbound | null; decide: Decide };

const REFUSED: Record<Method, AuditType> = {
  cancel: 'appointment.cancel-refused',
  amend: 'appointment.amend-refused',
  'enter-in-error': 'appointment.in-error-refused',
  arrive: 'appointment.attend-refused',
  fulfil: 'appointment.attend-refused',
  'no-show': 'appointment.attend-refused',
  undo: 'appointment.attend-refused',
};

/** How often a lost race is decided anew; once explains a loss. */
const ATTEMPTS = 3;

/**
 * Changes the version of an appointment that was looked at on a screen. The same request id gets the first answer again.
 *
 * The permission is the command's to check. Refuses with `appointment-not-found`, `appointment-sealed` and what `decide` refuses with; every
 * refusal is audited.
 */
export async function changeAppointment(ctx: Ctx, { request, ...change }: ScreenChange): Promise<Result<Changed, Refusal>> {
  const { appointmentId, requestId } = request;
  const { method } = change;
  const decide: Decide = async (appointment) => {
    const open = await decideSeal(ctx, appointment.id);
    return open.ok ? change.decide(appointment) : open;
  };
  const outcome = await carryOutChange(ctx, { ...change, decide, appointmentId, inbound: { door: 'screen', method, requestId } });
  if (!outcome.ok) await recordChangeRefusal(ctx, { method, appointmentId, refusal: outcome.error });
  return outcome;
}

/**
 * Carries out a change at any door, in one transaction: the appointment and its next version, the registry's entry, the message to send,
 * the record of the call, the audit; and, when it no longer stands, its slot, free again at once, and its referral, which no longer counts
 * (U-108, U-111, U-112, B-613). A change that changes nothing writes nothing. A request that was carried out before is not carried out
 * again: it gets the first answer, as a repeat. `attemptsLeft`: how often it may still be decided.
 *
 * Refuses with `appointment-not-found` and what `decide` refuses with; to audit that is the caller's.
 */
export async function carryOutChange(ctx: Ctx<BookingActor>, change: Change, attemptsLeft = ATTEMPTS): Promise<Result<Changed, Refusal>> {
  const { appointmentId } = change;
  const repeat = await earlierChange(ctx, change);
  if (repeat) return ok(repeat);
  const before = await standingAppointment(db, appointmentId);
  if (!before) return refuse({ code: 'appointment-not-found' });
  const decided = await change.decide(before);
  if (!decided.ok) {
    // It may be refused for what this very request did meanwhile.
    const meanwhile = await earlierChange(ctx, change);
    return meanwhile ? ok(meanwhile) : decided;
  }

  const after = afterChange(before, change);
  if (saysTheSame(before, after)) return ok({ appointmentId, version: before.version, at: ctx.now, isRepeat: false });
  if (await write(ctx, change, before)) return ok({ appointmentId, version: after.version, at: ctx.now, isRepeat: false });
  if (attemptsLeft === 1) throw new Error('a change was neither possible nor refused');
  return carryOutChange(ctx, change, attemptsLeft - 1);
}

/** Records that a change was refused, after whatever was begun has been rolled back. */
export async function recordChangeRefusal(ctx: Ctx<BookingActor>, { method, appointmentId, refusal }: { method: Method; appointmentId: string; refusal: Refusal }): Promise<void> {
  await record(db, ctx, { type: REFUSED[method], subject: appointmentId, detail: { code: refusal.code, method } });
}

/** One transaction; false when somebody was quicker, and then nothing is written. */
async function write(ctx: Ctx<BookingActor>, change: Change, before: StandingAppointment): Promise<boolean> {
  const { inbound } = change;
  const answer = `${before.id}:${before.version + 1}`;
  try {
    const outcome = await transact(async (tx) => {
      if (!(await writeChange(tx, ctx, { ...change, before }))) return refuse('lost');
      if (inbound) await tx.inboundRequest.create({ data: { ...inbound, sender: ctx.actor.id, answer, at: ctx.now } });
      return ok(null);
    });
    return outcome.ok;
  } catch (error) {
    if (violates(error, 'inbound_request_pkey')) return false;
    throw error;
  }
}

function saysTheSame(before: StandingAppointment, after: StandingAppointment): boolean {
  return JSON.stringify(versionBody(before)) === JSON.stringify(versionBody(after));
}

/** What this request of the same sender led to when it was first carried out, or null. */
async function earlierChange({ actor }: Ctx<BookingActor>, { inbound }: Change): Promise<Changed | null> {
  if (!inbound) return null;
  const earlier = await db.inboundRequest.findUnique({
    where: { door_sender_method_requestId: { ...inbound, sender: actor.id } },
    select: { answer: true, at: true },
  });
  return earlier && { ...versionAnswered(earlier.answer), at: earlier.at, isRepeat: true };
}
