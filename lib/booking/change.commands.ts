import type { AuditDetail, AuditType } from '@/lib/audit/events';
import { record } from '@/lib/audit/record';
import type { Ctx } from '@/lib/auth/actor';
import type { ChangeRequest } from '@/lib/booking/appointment.schema';
import { CHANGES, type ChangeMethod } from '@/lib/booking/rules';
import { appointmentStatus, type AppointmentStatus } from '@/lib/booking/schema';
import { versionBody } from '@/lib/booking/version.rules';
import { db, violates, type Tx } from '@/lib/platform/db';
import type { Refusal } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { ok, refuse, type Result } from '@/lib/platform/result';
import { transact } from '@/lib/platform/transact';
import { uncoupleReferral } from '@/lib/referral/commands';
import { changeEntry } from '@/lib/registry/commands';

/** What a change of one appointment led to. `isRepeat`: the same request had been carried out before, and this is its first answer. */
export type Changed = { appointmentId: string; version: number; at: Date; isRepeat: boolean };

/** A move makes a new appointment besides: it has a command of its own. */
type Method = Exclude<ChangeMethod, 'move'>;

/** One change of one appointment, as its command knows it. */
type Change = {
  method: Method;
  request: ChangeRequest;
  /** What it writes besides the status. */
  columns?: { reason?: string; cancelReason?: string; cancelText?: string | null };
  /** What the audit and the record of the call keep besides the status: codes, never words about a patient. */
  detail?: AuditDetail;
  decide: (appointment: StandingAppointment) => Promise<Result<null, Refusal>>;
};

/** An appointment as it stands when a change is decided. */
export type StandingAppointment = NonNullable<Awaited<ReturnType<typeof standingAppointment>>>;

const REFUSED: Record<Method, AuditType> = {
  cancel: 'appointment.cancel-refused',
  amend: 'appointment.amend-refused',
  'enter-in-error': 'appointment.in-error-refused',
  arrive: 'appointment.attend-refused',
  fulfil: 'appointment.attend-refused',
  'no-show': 'appointment.attend-refused',
};

const DOOR = 'screen';

/** The changes that the record of the call tells of: attendance is the service's. */
const OF_THE_CALL: readonly Method[] = ['cancel', 'amend', 'enter-in-error'];

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
  const before = await standingAppointment(appointmentId);
  if (!before) return refuse({ code: 'appointment-not-found' });
  const decided = await change.decide(before);
  if (!decided.ok) return decided;

  const after = { ...before, ...change.columns, status: CHANGES[change.method].status, version: before.version + 1 };
  if (saysTheSame(before, after)) return ok({ appointmentId, version: before.version, at: ctx.now, isRepeat: false });
  if (await carryOut(ctx, change, { before, after })) return ok({ appointmentId, version: after.version, at: ctx.now, isRepeat: false });
  if (attemptsLeft === 1) throw new Error('a change was neither possible nor refused');
  return attempt(ctx, change, attemptsLeft - 1);
}

/** One transaction; false when somebody was quicker, and then nothing is written. */
async function carryOut(ctx: Ctx, change: Change, { before, after }: Step): Promise<boolean> {
  const releasedAt = isReleased(after.status) ? ctx.now : null;
  try {
    const outcome = await transact(async (tx) => {
      // The claim is the lock: every change makes a version, so of two concurrent ones exactly one update finds the version that both saw.
      const claimed = await tx.appointment.updateMany({
        where: { id: before.id, version: before.version },
        data: { ...change.columns, status: after.status, version: after.version, releasedAt },
      });
      if (claimed.count === 0) return refuse('lost');
      if (releasedAt) await release(tx, before, releasedAt);
      await writeRecords(tx, ctx, { change, step: { before, after } });
      return ok(null);
    });
    return outcome.ok;
  } catch (error) {
    if (violates(error, 'inbound_request_pkey')) return false;
    throw error;
  }
}

async function release(tx: Tx, { id, slotId }: StandingAppointment, at: Date): Promise<void> {
  await tx.slot.updateMany({ where: { id: slotId, status: 'busy' }, data: { status: 'free' } });
  await uncoupleReferral(tx, { appointmentId: id, at });
}

async function writeRecords(tx: Tx, ctx: Ctx, { change, step: { before, after } }: { change: Change; step: Step }): Promise<void> {
  const { actor, now: at, requestId } = ctx;
  const { method, request, detail } = change;
  const { id: appointmentId, callId, patientId } = before;
  const { status, version } = after;
  const { done } = CHANGES[method];
  await tx.inboundRequest.create({ data: { door: DOOR, sender: actor.id, method, requestId: request.requestId, answer: `${appointmentId}:${version}`, at } });
  await tx.appointmentVersion.create({ data: { appointmentId, version, body: versionBody(after), at, actorId: actor.id, requestId } });
  await changeEntry(tx, { appointmentId, status, at });
  await tx.outbox.create({
    data: { id: newId(), topic: `appointment.${done}`, body: { appointmentId, version }, dedupeKey: `appointment.${done}:${appointmentId}:${version}`, notBefore: at },
  });
  if (callId && OF_THE_CALL.includes(method)) await tx.callEvent.create({ data: { callId, at, kind: done, body: { appointmentId, version, by: actor.id, ...detail } } });
  await record(tx, ctx, { type: `appointment.${done}`, subject: appointmentId, patientId, detail: { before: before.status, after: status, version, ...detail } });
}

type Step = { before: StandingAppointment; after: StandingAppointment };

function isReleased(status: AppointmentStatus): boolean {
  return status === 'cancelled' || status === 'entered-in-error';
}

function saysTheSame(before: StandingAppointment, after: StandingAppointment): boolean {
  return JSON.stringify(versionBody(before)) === JSON.stringify(versionBody(after));
}

async function standingAppointment(id: string) {
  const row = await db.appointment.findUnique({
    where: { id },
    select: {
      id: true,
      reference: true,
      slotId: true,
      serviceId: true,
      service: { select: { name: true, cancelBy: true } },
      callId: true,
      patientId: true,
      dispositionCode: true,
      status: true,
      startsAt: true,
      endsAt: true,
      reason: true,
      cancelReason: true,
      cancelText: true,
      version: true,
      releasedAt: true,
      bookedByCode: true,
    },
  });
  return row && { ...row, status: appointmentStatus.parse(row.status) };
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
