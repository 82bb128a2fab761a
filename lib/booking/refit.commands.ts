import { record } from '@/lib/audit/record';
import type { Actor, Ctx, JobActor } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { standingAppointment, type StandingAppointment } from '@/lib/booking/write-change.commands';
import { versionBody } from '@/lib/booking/version.rules';
import { settleContactTask } from '@/lib/notify/contact.commands';
import { db, type Tx } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { ok, refuse } from '@/lib/platform/result';
import { transact } from '@/lib/platform/transact';

/** An orphan, and a free slot of its service that is the same to its patient. */
type Pair = { appointmentId: string; orphanSlotId: string; slotId: string };

/** How many pairs one look finds: the rest is found by the next. */
const MAX_PAIRS = 500;

/**
 * Gives orphaned appointments a place again, wherever a slot of the same service, time and channel is free: each in a transaction of
 * its own, and how many there were. Nothing changes for the patient but that the place is sure; whoever was to contact them need
 * not. Safe to run at once in several processes. Audited. Throws ForbiddenError without `schedule:extend`.
 */
export async function refitOrphans(ctx: Ctx<JobActor>, { serviceId }: { serviceId?: string } = {}): Promise<number> {
  requirePermission(ctx.actor, 'schedule:extend');

  let refitted = 0;
  for (const pair of await pairs(db, ctx, serviceId ? [serviceId] : null)) {
    const outcome = await transact(async (tx) => ((await refit(tx, ctx, pair)) ? ok(null) : refuse('lost')));
    if (outcome.ok) refitted += 1;
  }
  return refitted;
}

/** The same for some services, in the caller's transaction. */
export async function refitIn(tx: Tx, ctx: Ctx<Actor>, serviceIds: readonly string[]): Promise<number> {
  let refitted = 0;
  for (const pair of await pairs(tx, ctx, serviceIds)) if (await refit(tx, ctx, pair)) refitted += 1;
  return refitted;
}

/** Tells that orphans have their own place again, which a plan gave back to them. In the caller's transaction. */
export async function noteRefitted(tx: Tx, ctx: Ctx<Actor>, slots: readonly { appointmentId: string | null }[]): Promise<void> {
  for (const { appointmentId } of slots) {
    const appointment = appointmentId && (await standingAppointment(tx, appointmentId));
    if (appointment) await writeRefit(tx, ctx, appointment);
  }
}

// Raw: pairs are matched one to one where several orphans, or several free places, have the same times.
async function pairs(tx: Tx, { now }: Ctx<Actor>, serviceIds: readonly string[] | null): Promise<Pair[]> {
  return tx.$queryRaw`
    WITH orphan AS (
      SELECT slot.id, slot.service_id, slot.starts_at, slot.ends_at, schedule.channel, appointment.id AS appointment_id,
        row_number() OVER (PARTITION BY slot.service_id, slot.starts_at, slot.ends_at, schedule.channel ORDER BY slot.orphaned_at, slot.id) AS place
      FROM slot
      JOIN appointment ON appointment.slot_id = slot.id AND appointment.released_at IS NULL
      JOIN session ON session.id = slot.session_id
      JOIN schedule ON schedule.id = session.schedule_id
      WHERE slot.orphaned_at IS NOT NULL AND slot.starts_at > ${now}::timestamptz AND (${serviceIds}::uuid[] IS NULL OR slot.service_id = ANY (${serviceIds}::uuid[]))
    ),
    spare AS (
      SELECT slot.id, slot.service_id, slot.starts_at, slot.ends_at, schedule.channel,
        row_number() OVER (PARTITION BY slot.service_id, slot.starts_at, slot.ends_at, schedule.channel ORDER BY slot.place_no, slot.id) AS place
      FROM slot
      JOIN session ON session.id = slot.session_id
      JOIN schedule ON schedule.id = session.schedule_id
      WHERE slot.status = 'free' AND (slot.held_until IS NULL OR slot.held_until <= ${now}::timestamptz)
        AND (slot.service_id, slot.starts_at, slot.ends_at) IN (SELECT service_id, starts_at, ends_at FROM orphan)
    )
    SELECT orphan.appointment_id AS "appointmentId", orphan.id AS "orphanSlotId", spare.id AS "slotId"
    FROM orphan
    JOIN spare USING (service_id, starts_at, ends_at, place)
    WHERE spare.channel IS NOT DISTINCT FROM orphan.channel
    ORDER BY orphan.starts_at, orphan.id
    LIMIT ${MAX_PAIRS}`;
}

/** False when the appointment or the slot is not as it was found, and then nothing is written. */
async function refit(tx: Tx, ctx: Ctx<Actor>, { appointmentId, orphanSlotId, slotId }: Pair): Promise<boolean> {
  if (!(await lockOrphaned(tx, { appointmentId, orphanSlotId }))) return false;
  // The claim is the lock: of a call and several orphans that want the slot, exactly one update finds it free.
  const claimed = await tx.slot.updateMany({
    where: { id: slotId, status: 'free', OR: [{ heldUntil: null }, { heldUntil: { lte: ctx.now } }] },
    data: { status: 'busy', heldByCall: null, heldUntil: null, holdExtended: false },
  });
  if (claimed.count === 0) return false;
  await tx.appointment.update({ where: { id: appointmentId }, data: { slotId, version: { increment: 1 } }, select: { id: true } });
  await tx.slot.update({ where: { id: orphanSlotId }, data: { status: 'withdrawn', orphanedAt: null }, select: { id: true } });
  const appointment = await standingAppointment(tx, appointmentId);
  if (!appointment) throw new Error('a locked appointment has gone');
  const { version } = appointment;
  await tx.appointmentVersion.create({ data: { appointmentId, version, body: versionBody(appointment), at: ctx.now, actorId: ctx.actor.id, requestId: ctx.requestId } });
  await writeRefit(tx, ctx, appointment);
  return true;
}

/** Locks an appointment before any slot, as whoever changes it does, if it is still live and in the slot of the orphan. */
async function lockOrphaned(tx: Tx, { appointmentId, orphanSlotId }: Pick<Pair, 'appointmentId' | 'orphanSlotId'>): Promise<boolean> {
  // Raw: the typed interface has no row locks.
  const locked = await tx.$queryRaw<unknown[]>`
    SELECT id
    FROM appointment
    WHERE id = ${appointmentId}::uuid AND slot_id = ${orphanSlotId}::uuid AND released_at IS NULL
    FOR NO KEY UPDATE`;
  return locked.length > 0;
}

async function writeRefit(tx: Tx, ctx: Ctx<Actor>, { id, patientId, slotId, version }: StandingAppointment): Promise<void> {
  await settleContactTask(tx, ctx, { appointmentId: id, outcome: 'refitted', newAppointmentId: null });
  // Orphaned again and given its own place back again, an appointment has no new version in between: the request tells them apart.
  const dedupeKey = `appointment.refitted:${id}:${version}:${ctx.requestId}`;
  await tx.outbox.create({ data: { id: newId(), topic: 'appointment.refitted', body: { appointmentId: id, version }, dedupeKey, notBefore: ctx.now } });
  await record(tx, ctx, { type: 'appointment.refitted', subject: id, patientId, detail: { slot: slotId, version } });
}
