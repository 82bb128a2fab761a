import type { AuditDetail } from '@/lib/audit/events';
import { record } from '@/lib/audit/record';
import type { Ctx } from '@/lib/auth/actor';
import { provenanceOf, type BookingActor } from '@/lib/booking/records.commands';
import { CHANGES, statusAfter, type ChangeMethod } from '@/lib/booking/rules';
import { appointmentStatus, type AppointmentStatus } from '@/lib/booking/schema';
import { STANDING } from '@/lib/booking/standing.queries';
import { versionBody } from '@/lib/booking/version.rules';
import type { Tx } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { uncoupleReferral } from '@/lib/referral/commands';
import { changeEntry } from '@/lib/registry/commands';

/** A move makes a new appointment besides: it has a command of its own. */
export type Method = Exclude<ChangeMethod, 'move'>;

/** A change of one appointment, as its command knows it. */
export type WrittenChange = {
  method: Method;
  /** What it writes besides the status. */
  columns?: { reason?: string; cancelReason?: string; cancelText?: string | null };
  /** What the audit and the record of the call keep besides the status: codes, never words about a patient. */
  detail?: AuditDetail;
};

/** An appointment as it stands when a change is decided. */
export type StandingAppointment = NonNullable<Awaited<ReturnType<typeof standingAppointment>>>;

/** The changes that the record of the call tells of: attendance is the service's. */
const OF_THE_CALL: readonly Method[] = ['cancel', 'amend', 'enter-in-error'];

/** The appointment with this id, with all that its versions keep; null when there is none. */
export async function standingAppointment(tx: Tx, id: string) {
  const row = await tx.appointment.findUnique({
    where: { id },
    select: { ...STANDING, service: { select: { name: true, cancelBy: true, dosId: true, refusesFrom: true } }, cancelReason: true, cancelText: true, bookedByCode: true },
  });
  return row && { ...row, status: appointmentStatus.parse(row.status) };
}

/** The appointment as a change would leave it. */
export function afterChange(before: StandingAppointment, { method, columns }: WrittenChange): StandingAppointment {
  return { ...before, ...columns, status: statusAfter(before.status, method), version: before.version + 1 };
}

/**
 * Carries out a decided change of an appointment, as it was read, in the caller's transaction: the appointment and its next
 * version, the registry's entry, the message to send, the record of the call, the audit; and, when it no longer stands, its
 * slot and its referral. False when somebody was quicker, and then nothing is written.
 */
export async function writeChange(tx: Tx, ctx: Ctx<BookingActor>, { before, ...change }: WrittenChange & { before: StandingAppointment }): Promise<boolean> {
  const after = afterChange(before, change);
  const releasedAt = isReleased(after.status) ? ctx.now : null;
  // The claim is the lock: every change makes a version, so of two concurrent ones exactly one update finds the version that both saw.
  const claimed = await tx.appointment.updateMany({
    where: { id: before.id, version: before.version },
    data: { ...change.columns, status: after.status, version: after.version, releasedAt },
  });
  if (claimed.count === 0) return false;
  if (releasedAt) await release(tx, before, releasedAt);
  await writeRecords(tx, ctx, { change, before, after });
  return true;
}

// Free first: a slot that is orphaned meanwhile is found by the second, and none gets its place back while its appointment is claimed.
async function release(tx: Tx, { id, slotId }: StandingAppointment, at: Date): Promise<void> {
  await tx.slot.updateMany({ where: { id: slotId, status: 'busy', orphanedAt: null }, data: { status: 'free' } });
  await tx.slot.updateMany({ where: { id: slotId, status: 'busy', orphanedAt: { not: null } }, data: { status: 'withdrawn', orphanedAt: null } });
  await uncoupleReferral(tx, { appointmentId: id, at });
}

async function writeRecords(tx: Tx, ctx: Ctx<BookingActor>, { change, before, after }: { change: WrittenChange; before: StandingAppointment; after: StandingAppointment }): Promise<void> {
  const { actor, now: at, requestId } = ctx;
  const { method, detail } = change;
  const { id: appointmentId, callId, patientId } = before;
  const { status, version } = after;
  const { done } = CHANGES[method];
  await tx.appointmentVersion.create({ data: { appointmentId, version, body: versionBody(after), at, actorId: actor.id, requestId, provenance: provenanceOf(actor) } });
  await changeEntry(tx, { appointmentId, status, at });
  await tx.outbox.create({
    data: { id: newId(), topic: `appointment.${done}`, body: { appointmentId, version }, dedupeKey: `appointment.${done}:${appointmentId}:${version}`, notBefore: at },
  });
  if (callId && OF_THE_CALL.includes(method)) await tx.callEvent.create({ data: { callId, at, kind: done, body: { appointmentId, version, by: actor.id, ...detail } } });
  await record(tx, ctx, { type: `appointment.${done}`, subject: appointmentId, patientId, detail: { before: before.status, after: status, version, ...detail } });
}

function isReleased(status: AppointmentStatus): boolean {
  return status === 'cancelled' || status === 'entered-in-error';
}
