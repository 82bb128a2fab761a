import { record } from '@/lib/audit/record';
import type { Ctx } from '@/lib/auth/actor';
import { freeSlotAt, type AffectedBooking } from '@/lib/booking/refit.queries';
import { shiftAppointment } from '@/lib/booking/shift.commands';
import { standingAppointment, writeChange } from '@/lib/booking/write-change.commands';
import { addContactTask } from '@/lib/notify/contact.commands';
import type { ContactCause } from '@/lib/notify/contact.schema';
import type { Tx } from '@/lib/platform/db';
import type { RefusalOf } from '@/lib/platform/errors';
import { ok, refuse, type Result } from '@/lib/platform/result';
import type { AffectedChoice, ScheduleEdit } from '@/lib/schedule/schema';

/** How many affected appointments were kept as orphans, moved and cancelled. */
export type SettledCounts = { kept: number; moved: number; cancelled: number };

type Settled = { cause: ContactCause; newAppointmentId: string | null };

const NO_REASON = 'The service changed its schedule';

/**
 * Does to each affected appointment what was chosen for it, in the caller's transaction, after the plan was written: kept, it is an
 * orphan already; moved, it gets the place that was shown; cancelled, it is so by the service. Each patient comes on the list of people
 * to contact.
 *
 * Refuses with `proposal-stale` when a place that was shown has gone, or an appointment has changed.
 */
export async function settleAffected(
  tx: Tx,
  ctx: Ctx,
  { edit, affected, choices }: { edit: ScheduleEdit; affected: readonly AffectedBooking[]; choices: Readonly<Record<string, AffectedChoice>> },
): Promise<Result<SettledCounts, RefusalOf<'proposal-stale'>>> {
  const reason = edit.kind === 'close' ? edit.reason : NO_REASON;
  const counts = { orphaned: 0, moved: 0, cancelled: 0 };
  for (const booking of affected) {
    const settled = await settleOne(tx, ctx, booking, choices[booking.appointmentId] ?? 'keep');
    if (!settled) return refuse({ code: 'proposal-stale', change: null });
    counts[settled.cause] += 1;
    await addContactTask(tx, ctx, { appointmentId: booking.appointmentId, serviceId: booking.serviceId, reason, ...settled });
  }
  return ok({ kept: counts.orphaned, moved: counts.moved, cancelled: counts.cancelled });
}

/** Null when what was chosen cannot be done any more. */
async function settleOne(tx: Tx, ctx: Ctx, booking: AffectedBooking, choice: AffectedChoice): Promise<Settled | null> {
  switch (choice) {
    case 'keep':
      await record(tx, ctx, { type: 'appointment.orphaned', subject: booking.appointmentId, patientId: booking.patient.id, detail: { version: booking.version } });
      return { cause: 'orphaned', newAppointmentId: null };
    case 'move':
      return move(tx, ctx, booking);
    case 'cancel':
      return cancel(tx, ctx, booking);
  }
}

async function move(tx: Tx, ctx: Ctx, { appointmentId, version, fit }: AffectedBooking): Promise<Settled | null> {
  const toSlotId = fit && (await freeSlotAt(tx, ctx, fit));
  const moved = toSlotId && (await shiftAppointment(tx, ctx, { appointmentId, version, toSlotId }));
  return moved ? { cause: 'moved', newAppointmentId: moved.appointmentId } : null;
}

async function cancel(tx: Tx, ctx: Ctx, { appointmentId, version, status }: AffectedBooking): Promise<Settled | null> {
  const before = await standingAppointment(tx, appointmentId);
  if (!before || before.version !== version || status !== 'booked') return null;
  const reason = 'service-request';
  const isCancelled = await writeChange(tx, ctx, { method: 'cancel', before, columns: { cancelReason: reason, cancelText: null }, detail: { reason, isByService: true } });
  return isCancelled ? { cause: 'cancelled', newAppointmentId: null } : null;
}
