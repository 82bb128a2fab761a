import { record } from '@/lib/audit/record';
import type { Ctx } from '@/lib/auth/actor';
import { isAdminOf, requirePermission, servicesOf } from '@/lib/auth/permissions';
import { earlierBooking } from '@/lib/booking/booked.queries';
import { overlapOf } from '@/lib/booking/overlap.queries';
import { decideHold } from '@/lib/booking/rules';
import { shiftAppointment } from '@/lib/booking/shift.commands';
import { shiftableFor, shiftSlotFor, type Shiftable, type ShiftSlot } from '@/lib/booking/shift.queries';
import { settleContactTask } from '@/lib/notify/contact.commands';
import { whyNotClaimed } from '@/lib/notify/contact.queries';
import { db, violates } from '@/lib/platform/db';
import type { Refusal } from '@/lib/platform/errors';
import { isId } from '@/lib/platform/id';
import { ok, refuse, type Result } from '@/lib/platform/result';
import { transact } from '@/lib/platform/transact';

type RebookRequest = { taskId: string; version: number; slotId: string; requestId: string };

type Rebooked = { appointmentId: string; reference: string };

const NO_LIMITS = { keptBackUntil: null, offeredFrom: null, offeredUntil: null } as const;

/** What the rebooking is decided on. */
type Asked = { task: { id: string; appointmentId: string }; standing: Shiftable; slot: ShiftSlot };

/** Something is not as it was read. */
type Lost = { code: 'lost' };

/** Nobody looks for a slot besides: the page shows all that are free. */
const NO_ALTERNATIVES = { here: [], elsewhere: null, held: null } as const;

/**
 * Books a free slot of the actor's own service for the patient of a task of the contact list, instead of the appointment that the service
 * changed; the task is resolved as rebooked. For a service's own people: also kept-back slots and those whose notice has passed. The
 * same request id gets the first answer again.
 *
 * Refuses with `contact-task-not-found`, `contact-task-resolved`, `contact-task-changed`, `slot-not-found`, `slot-in-past`, `slot-withdrawn`, `slot-taken`,
 * `slot-held`, `patient-overlap`, `appointment-changed`. Every refusal is audited. Throws ForbiddenError without `contact:work`.
 */
export async function rebookFromTask(ctx: Ctx, request: RebookRequest): Promise<Result<Rebooked, Refusal>> {
  requirePermission(ctx.actor, 'contact:work');

  const outcome = await attempt(ctx, request);
  if (!outcome.ok) {
    const { taskId, slotId } = request;
    await record(db, ctx, { type: 'contact.refused', subject: taskId.slice(0, 36), detail: { code: outcome.error.code, slot: slotId.slice(0, 36) } });
  }
  return outcome;
}

async function attempt(ctx: Ctx, request: RebookRequest): Promise<Result<Rebooked, Refusal>> {
  const earlier = await earlierBooking(ctx, { method: 'rebook', requestId: request.requestId });
  if (earlier) return ok({ appointmentId: earlier.appointmentId, reference: earlier.reference });
  const asked = await askedFor(ctx, request);
  if (!asked.ok) return asked;
  const { slot, standing } = asked.value;
  const free = decideFree(slot, ctx.now);
  if (!free.ok) return free;

  try {
    const outcome = await carryOut(ctx, request, asked.value);
    if (outcome.ok) return outcome;
    return refuse(outcome.error.code === 'lost' ? await whyLost(ctx, asked.value) : outcome.error);
  } catch (error) {
    if (violates(error, 'inbound_request_pkey')) return attempt(ctx, request);
    if (violates(error, 'appointment_one_live_per_call')) return refuse({ code: 'appointment-changed', version: standing.version });
    if (!violates(error, 'appointment_no_overlap')) throw error;
    return refuse((await overlapOf({ patient: standing.patient, slot }, [standing.id])) ?? { code: 'appointment-changed', version: standing.version });
  }
}

async function askedFor(ctx: Ctx, { taskId, slotId }: RebookRequest): Promise<Result<Asked, Refusal>> {
  const where = { id: taskId, serviceId: { in: servicesOf(ctx.actor) } };
  const task = isId(taskId) ? await db.contactTask.findFirst({ where, select: { id: true, appointmentId: true, newAppointmentId: true } }) : null;
  if (!task) return refuse({ code: 'contact-task-not-found' });
  const [standing, slot] = await Promise.all([shiftableFor(db, task.newAppointmentId ?? task.appointmentId), isId(slotId) ? shiftSlotFor(db, slotId) : null]);
  if (!slot || !isAdminOf(ctx.actor, slot.serviceId)) return refuse({ code: 'slot-not-found' });
  if (!standing) throw new Error('a task has no appointment');
  return ok({ task, standing, slot });
}

/** May the service give this slot to a patient of its own? Whatever no call has, and no notice or share kept back is in the way. */
function decideFree({ status, startsAt, heldByCall, heldUntil }: ShiftSlot, now: Date): Result<null, Refusal> {
  const free = decideHold({ status, startsAt, heldByCall, heldUntil, ...NO_LIMITS }, '', now);
  if (free.ok) return free;
  const { error } = free;
  const isLostToAnother = error.code === 'slot-taken' || error.code === 'slot-held' || error.code === 'hold-expired';
  return refuse(isLostToAnother ? { ...error, alternatives: NO_ALTERNATIVES } : error);
}

async function carryOut(ctx: Ctx, { version, requestId }: RebookRequest, { task, standing, slot }: Asked): Promise<Result<Rebooked, Refusal | Lost>> {
  return transact(async (tx): Promise<Result<Rebooked, Refusal | Lost>> => {
    // The claim is the lock: of two colleagues who looked at the same version, exactly one finds it.
    const claimed = await tx.contactTask.updateMany({ where: { id: task.id, version, resolvedAt: null }, data: { version: { increment: 1 } } });
    if (claimed.count === 0) return refuse(await whyNotClaimed(tx, ctx, task.id));
    const rebooked = await shiftAppointment(tx, ctx, { appointmentId: standing.id, version: standing.version, toSlotId: slot.id });
    if (!rebooked) return refuse({ code: 'lost' });
    await settleContactTask(tx, ctx, { appointmentId: task.appointmentId, outcome: 'rebooked', newAppointmentId: rebooked.appointmentId });
    await tx.inboundRequest.create({ data: { door: 'screen', sender: ctx.actor.id, method: 'rebook', requestId, answer: rebooked.appointmentId, at: ctx.now } });
    return ok(rebooked);
  });
}

/** Why the claim found it otherwise than it was read: the slot, or else the appointment. */
async function whyLost(ctx: Ctx, { standing, slot }: Asked): Promise<Refusal> {
  const [slotNow, appointmentNow] = await Promise.all([shiftSlotFor(db, slot.id), shiftableFor(db, standing.id)]);
  const free = slotNow ? decideFree(slotNow, ctx.now) : refuse({ code: 'slot-not-found' });
  return free.ok ? { code: 'appointment-changed', version: appointmentNow?.version ?? standing.version } : free.error;
}
