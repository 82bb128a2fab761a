import { describe, expect, test } from 'vitest';
import type { Ctx } from '@/lib/auth/actor';
import { cancelAppointment } from '@/lib/booking/cancel.commands';
import { rebookFromTask } from '@/lib/booking/rebook.commands';
import { addContactTask } from '@/lib/notify/contact.commands';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { ok } from '@/lib/platform/result';
import { addMinutes } from '@/lib/platform/time';
import { transact } from '@/lib/platform/transact';
import { anAppointment } from '@/prisma/factories/appointment';
import { aCall, aCancelRequest } from '@/prisma/factories/call';
import { aService } from '@/prisma/factories/service';
import { aFreeSlot } from '@/prisma/factories/slot';
import { A_TUESDAY_AT_TEN, aHandler, later } from '@/prisma/factories/staff';

const LATER_TODAY = addMinutes(A_TUESDAY_AT_TEN, 180);

/** A patient on the list of people to contact, whose appointment is an orphan or was cancelled; the service's admin, and a free slot. */
async function aTask({ isCancelled = false } = {}) {
  const service = await aService();
  const handler = await aHandler();
  const appointment = await anAppointment(handler, { slot: { serviceId: service.id } });
  if (isCancelled) await cancelAppointment(handler, aCancelRequest(appointment));
  else await db.slot.update({ where: { id: appointment.slotId }, data: { orphanedAt: A_TUESDAY_AT_TEN } });
  const admin = await aHandler({ role: 'service-admin', scope: service.id });
  const task = { appointmentId: appointment.id, serviceId: service.id, reason: 'Staff training', newAppointmentId: null };
  await transact(async (tx) => ok(await addContactTask(tx, admin, { ...task, cause: isCancelled ? 'cancelled' : 'orphaned' })));
  const { id: taskId, version } = await db.contactTask.findFirstOrThrow({ where: { appointmentId: appointment.id } });
  const free = await aFreeSlot({ serviceId: service.id, startsAt: LATER_TODAY });
  return { service, handler, appointment, admin: later(admin, 1), free, taskId, request: { taskId, version, slotId: free.id, requestId: newId() } };
}

const slotOf = (id: string) => db.slot.findUniqueOrThrow({ where: { id } });
const refusalsOf = (ctx: Ctx) => db.auditEvent.findMany({ where: { type: 'contact.refused', requestId: ctx.requestId } });

async function rebooked(outcome: ReturnType<typeof rebookFromTask>) {
  const settled = await outcome;
  if (!settled.ok) throw new Error(settled.error.code);
  return settled.value;
}

describe('a rebooking from the list', () => {
  test('of an orphan is a move: it replaces the old one, in the same call, and settles the task', async () => {
    const { admin, appointment, free, taskId, request } = await aTask();
    const { appointmentId, reference } = await rebooked(rebookFromTask(admin, request));

    expect(await db.appointment.findUniqueOrThrow({ where: { id: appointmentId } })).toMatchObject({ status: 'booked', reference, slotId: free.id, replacesId: appointment.id, callId: appointment.callId });
    expect(await db.appointment.findUniqueOrThrow({ where: { id: appointment.id } })).toMatchObject({ status: 'moved' });
    expect(await slotOf(appointment.slotId)).toMatchObject({ status: 'withdrawn', orphanedAt: null });
    expect(await db.contactTask.findUniqueOrThrow({ where: { id: taskId } })).toMatchObject({ outcome: 'rebooked', newAppointmentId: appointmentId });
  });

  test('of a cancelled appointment is a new one instead of it, with its call, its referral and an entry in the registry', async () => {
    const { admin, appointment, request } = await aTask({ isCancelled: true });
    const { appointmentId } = await rebooked(rebookFromTask(admin, request));
    expect(await db.appointment.findUniqueOrThrow({ where: { id: appointmentId }, include: { referrals: true, registryEntry: true } })).toMatchObject({
      ...{ status: 'booked', replacesId: appointment.id, callId: appointment.callId, bookedByCode: appointment.bookedByCode, timeframeRule: 'TF-03', minutesOver: 60 },
      ...{ referrals: [{ uncoupledAt: null }], registryEntry: { status: 'booked', version: 1 } },
    });
    expect(await db.appointment.findUniqueOrThrow({ where: { id: appointment.id } })).toMatchObject({ status: 'cancelled', version: 2 });
  });

  test('the same request id gets the first answer again', async () => {
    const { admin, request } = await aTask();
    expect(await rebookFromTask(admin, request)).toEqual(await rebookFromTask(admin, request));
  });

  test('kept-back slots and those whose notice has passed are for the service itself', async () => {
    const { admin, free, request } = await aTask();
    await db.slot.update({ where: { id: free.id }, data: { keptBackUntil: LATER_TODAY, offeredUntil: A_TUESDAY_AT_TEN } });
    expect(await rebookFromTask(admin, request)).toMatchObject({ ok: true });
  });
});

describe('it is refused, audited, and nothing changes', () => {
  test.each([
    ['slot-withdrawn', { status: 'withdrawn' }],
    ['slot-in-past', { startsAt: A_TUESDAY_AT_TEN }],
  ])('%s', async (code, data) => {
    const { admin, free, request, taskId } = await aTask();
    await db.slot.update({ where: { id: free.id }, data });
    expect(await rebookFromTask(admin, request)).toMatchObject({ ok: false, error: { code } });
    expect(await refusalsOf(admin)).toMatchObject([{ subject: taskId, detail: { code } }]);
    expect(await db.contactTask.findUniqueOrThrow({ where: { id: taskId } })).toMatchObject({ version: request.version, resolvedAt: null });
  });

  test('a slot that a call holds, and one that is taken', async () => {
    const { admin, handler, free, request } = await aTask();
    const heldUntil = addMinutes(admin.now, 3);
    await db.slot.update({ where: { id: free.id }, data: { heldByCall: (await aCall(handler)).id, heldUntil } });
    expect(await rebookFromTask(admin, request)).toMatchObject({ error: { code: 'slot-held', freeAgainAt: heldUntil } });
    await db.slot.update({ where: { id: free.id }, data: { status: 'busy', heldByCall: null, heldUntil: null } });
    expect(await rebookFromTask(admin, request)).toMatchObject({ error: { code: 'slot-taken' } });
  });

  test("another service's slot or task, and a task in another version", async () => {
    const { admin, request } = await aTask();
    const other = await aTask();
    expect(await rebookFromTask(admin, { ...request, slotId: other.free.id })).toEqual({ ok: false, error: { code: 'slot-not-found' } });
    expect(await rebookFromTask(admin, { ...request, taskId: other.taskId })).toEqual({ ok: false, error: { code: 'contact-task-not-found' } });
    expect(await rebookFromTask(admin, { ...request, version: 7 })).toMatchObject({ error: { code: 'contact-task-changed' } });
  });

  test('a patient who is somewhere else then', async () => {
    const { admin, handler, appointment, request } = await aTask();
    const elsewhere = await anAppointment(handler, { call: { patientId: appointment.patientId, dueAt: addMinutes(LATER_TODAY, 60) }, slot: { startsAt: LATER_TODAY } });
    expect(await rebookFromTask(admin, request)).toMatchObject({ error: { code: 'patient-overlap', reference: elsewhere.reference } });
    expect(await db.appointment.findUniqueOrThrow({ where: { id: appointment.id } })).toMatchObject({ status: 'booked', version: 1 });
  });

  test('a patient who has a sealed appointment then: neither which nor where is told', async () => {
    const { admin, handler, appointment, request } = await aTask();
    const sensitive = await aService({ typeId: 142 });
    const { startsAt } = await anAppointment(handler, { call: { patientId: appointment.patientId, dueAt: null }, slot: { startsAt: LATER_TODAY, serviceId: sensitive.id } });
    expect(await rebookFromTask(admin, request)).toEqual({ ok: false, error: { code: 'patient-overlap', startsAt, reference: null, serviceName: null } });
  });

  test('an appointment that its patient cancelled, and rebooked, meanwhile', async () => {
    const { admin, handler, appointment, request } = await aTask();
    await db.appointment.update({ where: { id: appointment.id }, data: { status: 'arrived' } });
    expect(await rebookFromTask(admin, request)).toMatchObject({ error: { code: 'appointment-changed' } });
    await expect(rebookFromTask(handler, request)).rejects.toThrow(ForbiddenError);
  });
});

test('two colleagues rebook one task at once: one does, the other is told', async () => {
  const { admin, service, request, appointment } = await aTask();
  const other = await aHandler({ role: 'service-admin', scope: service.id });
  const second = await aFreeSlot({ serviceId: service.id, startsAt: addMinutes(LATER_TODAY, 30) });
  const outcomes = await Promise.all([rebookFromTask(admin, request), rebookFromTask(later(other, 1), { ...request, slotId: second.id, requestId: newId() })]);

  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
  expect(outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.error.code])).join()).toMatch(/^(contact-task-resolved|contact-task-changed|appointment-changed)$/);
  expect(await db.appointment.count({ where: { patientId: appointment.patientId, releasedAt: null } })).toBe(1);
});

test('two tasks and one slot, at once: one patient gets it', async () => {
  const one = await aTask();
  const other = await aTask();
  const admin = { ...one.admin, actor: { ...one.admin.actor, roles: [...one.admin.actor.roles, ...other.admin.actor.roles] } };
  const outcomes = await Promise.all([rebookFromTask(admin, one.request), rebookFromTask({ ...admin, requestId: newId() }, { ...other.request, slotId: one.free.id })]);

  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
  expect(outcomes.find((outcome) => !outcome.ok)).toMatchObject({ error: { code: 'slot-taken' } });
});
