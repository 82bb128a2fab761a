import { record } from '@/lib/audit/record';
import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { decideCancel } from '@/lib/booking/rules';
import { appointmentStatus, type CancelRequest } from '@/lib/booking/schema';
import { versionBody } from '@/lib/booking/version.rules';
import { db, violates, type Tx } from '@/lib/platform/db';
import type { Refusal } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { ok, refuse, type Result } from '@/lib/platform/result';
import { transact } from '@/lib/platform/transact';
import { cancelEntry } from '@/lib/registry/commands';

export type Cancelled = { appointmentId: string; at: Date; isRepeat: boolean };

const DOOR = { door: 'screen', method: 'cancel' } as const;

/** How often a lost race is decided anew; once explains a loss. */
const ATTEMPTS = 3;

/**
 * Cancels the version of an appointment that was looked at; its slot is free again at once. Any organisation may. The same
 * request id gets the first answer again.
 *
 * Refuses with `appointment-not-found`, `appointment-in-past`, `appointment-already-cancelled` or `appointment-changed`.
 * Every refusal is audited. Throws ForbiddenError without `appointment:cancel`.
 */
export async function cancelAppointment(ctx: Ctx, request: CancelRequest): Promise<Result<Cancelled, Refusal>> {
  requirePermission(ctx.actor, 'appointment:cancel');

  const outcome = await attempt(ctx, request, ATTEMPTS);
  if (!outcome.ok) {
    await record(db, ctx, { type: 'appointment.cancel-refused', subject: request.appointmentId, detail: { code: outcome.error.code } });
  }
  return outcome;
}

async function attempt(ctx: Ctx, request: CancelRequest, attemptsLeft: number): Promise<Result<Cancelled, Refusal>> {
  const repeat = await earlierCancel(ctx, request);
  if (repeat) return ok(repeat);
  const appointment = await appointmentNow(request.appointmentId);
  if (!appointment) return refuse({ code: 'appointment-not-found' });
  const decided = decideCancel({ ...appointment, status: appointmentStatus.parse(appointment.status) }, request.version, ctx.now);
  if (!decided.ok) return decided;

  const isCancelled = await cancel(ctx, request, appointment);
  if (isCancelled) return ok({ appointmentId: request.appointmentId, at: ctx.now, isRepeat: false });
  if (attemptsLeft === 1) throw new Error('a cancellation was neither possible nor refused');
  return attempt(ctx, request, attemptsLeft - 1);
}

/** One transaction; false when somebody was quicker, and then nothing is written. */
async function cancel(ctx: Ctx, request: CancelRequest, appointment: AppointmentNow): Promise<boolean> {
  try {
    const outcome = await transact(async (tx) => {
      // The claim is the lock: of two concurrent requests, exactly one update finds this version booked.
      const claimed = await tx.appointment.updateMany({
        where: { id: request.appointmentId, version: request.version, status: 'booked', startsAt: { gt: ctx.now } },
        data: { status: 'cancelled', version: { increment: 1 }, releasedAt: ctx.now, cancelReason: request.reason, cancelText: request.text || null },
      });
      if (claimed.count === 0) return refuse('lost');
      await tx.slot.updateMany({ where: { id: appointment.slotId, status: 'busy' }, data: { status: 'free' } });
      await writeRecords(tx, ctx, { request, appointment });
      return ok(null);
    });
    return outcome.ok;
  } catch (error) {
    if (violates(error, 'inbound_request_pkey')) return false;
    throw error;
  }
}

async function writeRecords(tx: Tx, ctx: Ctx, { request, appointment }: { request: CancelRequest; appointment: AppointmentNow }): Promise<void> {
  const { actor, now: at, requestId } = ctx;
  const { appointmentId, reason: cancelReason } = request;
  const { patientId, callId } = appointment;
  const version = request.version + 1;
  const body = versionBody({ ...appointment, status: 'cancelled', cancelReason, cancelText: request.text || null });
  await tx.inboundRequest.create({ data: { ...DOOR, sender: actor.id, requestId: request.requestId, answer: appointmentId, at } });
  await tx.appointmentVersion.create({ data: { appointmentId, version, body, at, actorId: actor.id, requestId } });
  await cancelEntry(tx, { appointmentId, at });
  await tx.outbox.create({
    data: { id: newId(), topic: 'appointment.cancelled', body: { appointmentId, version }, dedupeKey: `appointment.cancelled:${appointmentId}`, notBefore: at },
  });
  if (callId) await tx.callEvent.create({ data: { callId, at, kind: 'cancelled', body: { appointmentId, reason: cancelReason, by: actor.id } } });
  await record(tx, ctx, { type: 'appointment.cancelled', subject: appointmentId, patientId, detail: { before: 'booked', after: 'cancelled', reason: cancelReason, version } });
}

type AppointmentNow = NonNullable<Awaited<ReturnType<typeof appointmentNow>>>;

function appointmentNow(id: string) {
  return db.appointment.findUnique({
    where: { id },
    select: {
      reference: true,
      slotId: true,
      serviceId: true,
      callId: true,
      patientId: true,
      dispositionCode: true,
      status: true,
      startsAt: true,
      endsAt: true,
      reason: true,
      version: true,
      releasedAt: true,
    },
  });
}

async function earlierCancel({ actor }: Ctx, { requestId }: CancelRequest): Promise<Cancelled | null> {
  const earlier = await db.inboundRequest.findUnique({
    where: { door_sender_method_requestId: { ...DOOR, sender: actor.id, requestId } },
    select: { answer: true, at: true },
  });
  return earlier && { appointmentId: earlier.answer, at: earlier.at, isRepeat: true };
}
