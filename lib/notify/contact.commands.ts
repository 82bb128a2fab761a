import { record } from '@/lib/audit/record';
import type { AuditEvent } from '@/lib/audit/events';
import type { Actor, Ctx } from '@/lib/auth/actor';
import { requirePermission, servicesOf } from '@/lib/auth/permissions';
import type { AttemptRequest, ContactCause, ContactOutcome, SettleRequest, TaskRequest } from '@/lib/notify/contact.schema';
import { whyNotClaimed } from '@/lib/notify/contact.queries';
import { db, type Prisma, type Tx } from '@/lib/platform/db';
import type { Refusal } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { ok, refuse, type Result } from '@/lib/platform/result';
import { transact } from '@/lib/platform/transact';

type NewTask = { appointmentId: string; serviceId: string; cause: ContactCause; reason: string; newAppointmentId: string | null };

/**
 * Puts the patient of an appointment on the list of people to contact, in the caller's transaction; whoever is on it already keeps their place,
 * with the newer cause and reason. An appointment that replaced another before its patient was told takes over from that one's task: a
 * person is rung once, about what stands. Audited.
 */
export async function addContactTask(tx: Tx, ctx: Ctx<Actor>, { appointmentId, serviceId, cause, reason, newAppointmentId }: NewTask): Promise<void> {
  const ownerId = cause === 'orphaned' ? null : await supersede(tx, ctx, appointmentId);
  const createdById = ctx.actor.kind === 'staff' ? ctx.actor.id : null;
  // Raw: the typed upsert knows no partial unique key, and two closures at once must not both insert.
  const [task] = await tx.$queryRaw<{ id: string; patientId: string; version: number }[]>`
    INSERT INTO contact_task (id, service_id, appointment_id, new_appointment_id, cause, reason, created_at, created_by_id, owner_id)
    VALUES (${newId()}::uuid, ${serviceId}::uuid, ${appointmentId}::uuid, ${newAppointmentId}::uuid, ${cause}, ${reason}, ${ctx.now}::timestamptz, ${createdById}::uuid, ${ownerId}::uuid)
    ON CONFLICT (appointment_id) WHERE resolved_at IS NULL
    DO UPDATE SET cause = excluded.cause, reason = excluded.reason, new_appointment_id = excluded.new_appointment_id, version = contact_task.version + 1
    RETURNING id, version, (SELECT patient_id FROM appointment WHERE appointment.id = contact_task.appointment_id) AS "patientId"`;
  if (!task) throw new Error('a task was neither made nor found');
  await record(tx, ctx, { type: 'contact.added', subject: task.id, patientId: task.patientId, detail: { appointment: appointmentId, service: serviceId, cause, isChange: task.version > 1 } });
}

/**
 * Ends the open task of an appointment, when there is one, because nothing is left to do: its orphan was refitted, or it was rebooked.
 * In the caller's transaction. Audited.
 */
export async function settleContactTask(
  tx: Tx,
  ctx: Ctx<Actor>,
  { appointmentId, outcome, newAppointmentId }: { appointmentId: string; outcome: 'refitted' | 'rebooked'; newAppointmentId: string | null },
): Promise<void> {
  await settle(tx, ctx, { where: { appointmentId }, outcome, change: newAppointmentId ? { newAppointmentId } : {} });
}

/**
 * Makes the actor the owner of a task; whose it is already keeps it.
 *
 * Refuses with `contact-task-not-found` (also another service's), `contact-task-resolved` or `contact-task-changed`, which names the colleague.
 * Every refusal is audited. Throws ForbiddenError without `contact:work`.
 */
export async function takeTask(ctx: Ctx, request: TaskRequest): Promise<Result<TaskRequest, Refusal>> {
  const outcome = await changeTask(ctx, request, { set: { ownerId: ctx.actor.id }, events: [{ type: 'contact.taken', detail: { owner: ctx.actor.id } }] });
  return outcome.ok || !(await isOwn(ctx, request.taskId)) ? outcome : ok(request);
}

/** Leaves a task to whoever takes it next. Refuses and throws as `takeTask`. */
export async function giveTaskBack(ctx: Ctx, request: TaskRequest): Promise<Result<TaskRequest, Refusal>> {
  return changeTask(ctx, request, { set: { ownerId: null }, events: [{ type: 'contact.taken', detail: { owner: null } }] });
}

/**
 * Keeps what came of ringing somebody; told, the task is settled with it. The version makes the same form sent twice one attempt.
 * Refuses and throws as `takeTask`.
 */
export async function recordAttempt(ctx: Ctx, { result: typed, note, ...request }: AttemptRequest): Promise<Result<TaskRequest, Refusal>> {
  const isTold = typed === 'told';
  const result = isTold ? 'reached' : typed;
  return changeTask(ctx, request, {
    set: {
      attempts: { create: { id: newId(), at: ctx.now, staffId: ctx.actor.id, result, note } },
      ...(isTold ? { resolvedAt: ctx.now, outcome: 'told' } : {}),
    },
    events: [{ type: 'contact.attempted', detail: { result } }, ...(isTold ? [{ type: 'contact.resolved', detail: { outcome: 'told' } } as const] : [])],
  });
}

/** Ends a task by hand: told, no longer needed, or given up with words. Refuses and throws as `takeTask`. */
export async function settleTask(ctx: Ctx, { outcome, text, ...request }: SettleRequest): Promise<Result<TaskRequest, Refusal>> {
  return changeTask(ctx, request, { set: { resolvedAt: ctx.now, outcome, outcomeText: text }, events: [{ type: 'contact.resolved', detail: { outcome } }] });
}

type TaskChange = { set: Prisma.ContactTaskUncheckedUpdateInput; events: readonly Pick<AuditEvent, 'type' | 'detail'>[] };

async function changeTask(ctx: Ctx, { taskId, version }: TaskRequest, { set, events }: TaskChange): Promise<Result<TaskRequest, Refusal>> {
  requirePermission(ctx.actor, 'contact:work');

  const outcome = await transact(async (tx): Promise<Result<TaskRequest, Refusal>> => {
    // The claim is the lock: of two colleagues who looked at the same version, exactly one finds it.
    const claimed = await tx.contactTask.updateMany({
      where: { id: taskId, version, resolvedAt: null, serviceId: { in: servicesOf(ctx.actor) } },
      data: { version: { increment: 1 } },
    });
    if (claimed.count === 0) return refuse(await whyNotClaimed(tx, ctx, taskId));
    const task = await tx.contactTask.update({ where: { id: taskId }, data: set, select: { version: true, appointment: { select: { patientId: true } } } });
    for (const event of events) await record(tx, ctx, { ...event, subject: taskId, patientId: task.appointment.patientId });
    return ok({ taskId, version: task.version });
  });
  if (!outcome.ok) await record(db, ctx, { type: 'contact.refused', subject: taskId, detail: { code: outcome.error.code } });
  return outcome;
}

async function isOwn({ actor }: Ctx, taskId: string): Promise<boolean> {
  return (await db.contactTask.count({ where: { id: taskId, ownerId: actor.id, resolvedAt: null, serviceId: { in: servicesOf(actor) } } })) > 0;
}

// What the patient was not told yet is out of date now; who had it goes on with the newer task.
async function supersede(tx: Tx, ctx: Ctx<Actor>, newAppointmentId: string): Promise<string | null> {
  const [former] = await settle(tx, ctx, { where: { newAppointmentId }, outcome: 'not-needed', change: { outcomeText: 'Changed again before they were told' } });
  return former?.ownerId ?? null;
}

type Settling = { where: Prisma.ContactTaskWhereInput; outcome: ContactOutcome; change: Prisma.ContactTaskUncheckedUpdateManyInput };

async function settle(tx: Tx, ctx: Ctx<Actor>, { where, outcome, change }: Settling): Promise<{ ownerId: string | null }[]> {
  const settled = await tx.contactTask.updateManyAndReturn({
    where: { ...where, resolvedAt: null },
    data: { ...change, resolvedAt: ctx.now, outcome, version: { increment: 1 } },
    select: { id: true, ownerId: true, appointment: { select: { patientId: true } } },
  });
  for (const { id, appointment } of settled) await record(tx, ctx, { type: 'contact.resolved', subject: id, patientId: appointment.patientId, detail: { outcome } });
  return settled;
}
