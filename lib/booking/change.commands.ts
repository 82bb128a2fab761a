import type { AuditType } from '@/lib/audit/events';
import { record } from '@/lib/audit/record';
import type { Ctx } from '@/lib/auth/actor';
import type { ChangeRequest } from '@/lib/booking/appointment.schema';
import { versionBody } from '@/lib/booking/version.rules';
import { afterChange, standingAppointment, writeChange, type Method, type StandingAppointment, type WrittenChange } from '@/lib/booking/write-change.commands';
import { db, violates } from '@/lib/platform/db';
import type { Refusal } from '@/lib/platform/errors';
import { ok, refuse, type Result } from '@/lib/platform/result';
import { transact } from '@/lib/platform/transact';

/** What a change of one appointment led to. `isRepeat`: the same request had been carried out before, and this is its first answer. */
export type Changed = { appointmentId: string; version: number; at: Date; isRepeat: boolean };

/** One change that somebody asked for. */
type Change = WrittenChange & { request: ChangeRequest; decide: (appointment: StandingAppointment) => Promise<Result<null, Refusal>> };

const REFUSED: Record<Method, AuditType> = {
  cancel: 'appointment.cancel-refused',
  amend: 'appointment.amend-refused',
  'enter-in-error': 'appointment.in-error-refused',
  arrive: 'appointment.attend-refused',
  fulfil: 'appointment.attend-refused',
  'no-show': 'appointment.attend-refused',
  undo: 'appointment.attend-refused',
};

const DOOR = 'screen';

/** How often a lost race is decided anew; once explains a loss. */
const ATTEMPTS = 3;

/**
 * Changes the version of an appointment that was looked at, in one transaction: the appointment and its next version, the
 * registry's entry, the message to send, the record of the call, the audit; and, when it no longer stands, its slot, free again
 * at once, and its referral, which no longer counts (U-108, U-111, U-112). A change that changes nothing writes nothing. The
 * same request id gets the first answer again.
 *
 * The permission is the command's to check. Refuses with `appointment-not-found` and what `decide` refuses with; every refusal
 * is audited.
 */
export async function changeAppointment(ctx: Ctx, change: Change): Promise<Result<Changed, Refusal>> {
  const outcome = await attempt(ctx, change, ATTEMPTS);
  if (!outcome.ok) {
    const { method, request } = change;
    await record(db, ctx, { type: REFUSED[method], subject: request.appointmentId, detail: { code: outcome.error.code, method } });
  }
  return outcome;
}

async function attempt(ctx: Ctx, change: Change, attemptsLeft: number): Promise<Result<Changed, Refusal>> {
  const { appointmentId } = change.request;
  const repeat = await earlierChange(ctx, change);
  if (repeat) return ok(repeat);
  const before = await standingAppointment(db, appointmentId);
  if (!before) return refuse({ code: 'appointment-not-found' });
  const decided = await change.decide(before);
  if (!decided.ok) return decided;

  const after = afterChange(before, change);
  if (saysTheSame(before, after)) return ok({ appointmentId, version: before.version, at: ctx.now, isRepeat: false });
  if (await carryOut(ctx, change, before)) return ok({ appointmentId, version: after.version, at: ctx.now, isRepeat: false });
  if (attemptsLeft === 1) throw new Error('a change was neither possible nor refused');
  return attempt(ctx, change, attemptsLeft - 1);
}

/** One transaction; false when somebody was quicker, and then nothing is written. */
async function carryOut(ctx: Ctx, change: Change, before: StandingAppointment): Promise<boolean> {
  const { method, request } = change;
  const answer = `${before.id}:${before.version + 1}`;
  try {
    const outcome = await transact(async (tx) => {
      if (!(await writeChange(tx, ctx, { ...change, before }))) return refuse('lost');
      await tx.inboundRequest.create({ data: { door: DOOR, sender: ctx.actor.id, method, requestId: request.requestId, answer, at: ctx.now } });
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

/** What this request of the same person led to when it was first carried out, or null. */
async function earlierChange({ actor }: Ctx, { method, request }: Change): Promise<Changed | null> {
  const earlier = await db.inboundRequest.findUnique({
    where: { door_sender_method_requestId: { door: DOOR, sender: actor.id, method, requestId: request.requestId } },
    select: { answer: true, at: true },
  });
  if (!earlier) return null;
  const [appointmentId = '', version] = earlier.answer.split(':');
  return { appointmentId, version: Number(version), at: earlier.at, isRepeat: true };
}
