import { record } from '@/lib/audit/record';
import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import type { ReadBackRequest } from '@/lib/booking/call-end.schema';
import { changeCall, lockOwnCall, type LockedCall } from '@/lib/booking/call-lock.commands';
import { readBackLines } from '@/lib/booking/read-back.rules';
import { channel } from '@/lib/booking/schema';
import type { Tx } from '@/lib/platform/db';
import type { Refusal } from '@/lib/platform/errors';
import { ok, refuse, type Result } from '@/lib/platform/result';

/**
 * Records which lines of the read-back were read to the caller, by their labels; the latest record is what counts, and none
 * ticked is a record too. Labels that are no lines of this call's live appointment are left out.
 *
 * Refuses with `call-not-found`, `call-with-colleague`, `call-ended`, `appointment-not-found` or
 * `appointment-already-cancelled`. Every refusal is audited. Throws ForbiddenError without `call:open`.
 */
export async function recordReadBack(ctx: Ctx, { callId, lines }: ReadBackRequest): Promise<Result<{ callId: string }, Refusal>> {
  requirePermission(ctx.actor, 'call:open');

  return changeCall(ctx, { callId, change: 'read-back' }, async (tx) => {
    const locked = await lockOwnCall(tx, ctx, callId);
    if (!locked.ok) return locked;
    const appointment = await appointmentOf(tx, locked.value);
    if (appointment?.status === 'cancelled' && appointment.releasedAt) return refuse({ code: 'appointment-already-cancelled', at: appointment.releasedAt });
    if (!appointment || appointment.releasedAt) return refuse({ code: 'appointment-not-found' });

    const stated = appointment.slot.session.schedule.channel;
    const known = readBackLines({ ...appointment, channel: stated === null ? null : channel.parse(stated) }).map(({ label }) => label);
    const body = { appointmentId: appointment.id, lines: known.filter((label) => lines.includes(label)), of: known.length };
    await tx.callEvent.create({ data: { callId, at: ctx.now, kind: 'read-back', body } });
    await record(tx, ctx, { type: 'call.read-back', subject: callId, patientId: locked.value.patientId, detail: body });
    return ok(null);
  });
}

async function appointmentOf(tx: Tx, { id: callId, patientId }: LockedCall) {
  const appointment = await tx.appointment.findFirst({
    where: { callId, patientId },
    orderBy: [{ releasedAt: { sort: 'desc', nulls: 'first' } }, { bookedAt: 'desc' }],
    select: {
      id: true,
      status: true,
      releasedAt: true,
      startsAt: true,
      reference: true,
      slot: { select: { session: { select: { schedule: { select: { channel: true } } } } } },
      service: {
        select: { id: true, name: true, typeId: true, type: { select: { name: true } }, address: true, postcode: true, publicPhone: true, patientInformation: true },
      },
    },
  });
  if (!appointment) return null;
  const { type, ...service } = appointment.service;
  return { ...appointment, service: { ...service, typeName: type.name } };
}
