import { expect, test } from 'vitest';
import type { Ctx } from '@/lib/auth/actor';
import { addContactTask, giveTaskBack, recordAttempt, settleContactTask, settleTask, takeTask } from '@/lib/notify/contact.commands';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { anAppointment } from '@/prisma/factories/appointment';
import { aService } from '@/prisma/factories/service';
import { aHandler, later } from '@/prisma/factories/staff';

async function aTask({ cause = 'orphaned' as const, colleagues = 1 } = {}) {
  const service = await aService();
  const admins = await Promise.all(Array.from({ length: colleagues }, () => aHandler({ role: 'service-admin', scope: service.id })));
  const [admin] = admins;
  if (!admin) throw new Error('nobody runs the service');
  const appointment = await anAppointment(await aHandler(), { slot: { serviceId: service.id } });
  await add(admin, appointment, cause);
  return { admin, admins, service, appointment, task: await taskFor(appointment) };
}

function add(ctx: Ctx, { id, serviceId }: { id: string; serviceId: string }, cause: 'orphaned' | 'moved' | 'cancelled', newAppointmentId: string | null = null) {
  return db.$transaction((tx) => addContactTask(tx, ctx, { appointmentId: id, serviceId, cause, reason: 'Staff training', newAppointmentId }));
}

function taskFor({ id }: { id: string }) {
  return db.contactTask.findFirstOrThrow({ where: { appointmentId: id }, orderBy: { createdAt: 'desc' } });
}

const see = ({ id, version }: { id: string; version: number }) => ({ taskId: id, version });

test('somebody on the list keeps their place and owner when a newer change comes: one open task, with the newer cause and reason', async () => {
  const { admin, appointment, task } = await aTask();
  await takeTask(admin, see(task));
  await db.$transaction((tx) => addContactTask(tx, later(admin, 5), { appointmentId: appointment.id, serviceId: appointment.serviceId, cause: 'cancelled', reason: 'Flooded', newAppointmentId: null }));
  const tasks = await db.contactTask.findMany({ where: { appointmentId: appointment.id } });
  expect(tasks).toMatchObject([{ id: task.id, createdAt: task.createdAt, ownerId: admin.actor.id, cause: 'cancelled', reason: 'Flooded', version: 3 }]);
  expect(await db.auditEvent.count({ where: { type: 'contact.added', subject: task.id, patientId: appointment.patientId } })).toBe(2);
});

test('a patient who was not told of a move yet is rung once, about what stands: the newer task takes over, with its owner', async () => {
  const { admin, appointment, service } = await aTask();
  const second = await anAppointment(await aHandler(), { slot: { serviceId: service.id } });
  await add(admin, appointment, 'moved', second.id);
  const former = await taskFor(appointment);
  await takeTask(admin, see(former));
  await add(later(admin, 5), second, 'cancelled');
  expect(await taskFor(appointment)).toMatchObject({ outcome: 'not-needed', outcomeText: 'Changed again before they were told' });
  expect(await taskFor(second)).toMatchObject({ cause: 'cancelled', resolvedAt: null, ownerId: admin.actor.id });
});

test('the move they were not told of stays to be told when the newer appointment only loses its place', async () => {
  const { admin, appointment, service } = await aTask();
  const second = await anAppointment(await aHandler(), { slot: { serviceId: service.id } });
  await add(admin, appointment, 'moved', second.id);
  await add(later(admin, 5), second, 'orphaned');
  expect(await taskFor(appointment)).toMatchObject({ resolvedAt: null });
});

test('refitting or rebooking ends the open task, audited; without one nothing happens', async () => {
  const { admin, appointment, task } = await aTask();
  const settle = () => db.$transaction((tx) => settleContactTask(tx, admin, { appointmentId: appointment.id, outcome: 'refitted', newAppointmentId: null }));
  await settle();
  await settle();
  expect(await taskFor(appointment)).toMatchObject({ id: task.id, outcome: 'refitted', resolvedAt: admin.now, version: 2 });
  expect(await db.auditEvent.count({ where: { type: 'contact.resolved', subject: task.id } })).toBe(1);
});

test('two colleagues take one person at once: one has them, the other is told who', async () => {
  const { admins, task } = await aTask({ colleagues: 2 });
  const outcomes = await Promise.all(admins.map((admin) => takeTask(admin, see(task))));
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  const winner = admins[outcomes.findIndex(({ ok }) => ok)];
  expect(outcomes.find(({ ok }) => !ok)).toEqual({ ok: false, error: { code: 'contact-task-changed', by: winner?.actor.name } });
  expect(await db.contactTask.findUniqueOrThrow({ where: { id: task.id } })).toMatchObject({ ownerId: winner?.actor.id, version: 2 });
  expect(await db.auditEvent.count({ where: { type: 'contact.refused', subject: task.id } })).toBe(1);
});

test('eight colleagues record the same ring at once: one attempt is kept', async () => {
  const { admins, task } = await aTask({ colleagues: 8 });
  const outcomes = await Promise.all(admins.map((admin) => recordAttempt(admin, { ...see(task), result: 'no-answer', note: null })));
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  expect(await db.contactAttempt.count({ where: { taskId: task.id } })).toBe(1);
});

test('taking one that is already theirs is no refusal, so that a button pressed twice alarms nobody', async () => {
  const { admin, task } = await aTask();
  await takeTask(admin, see(task));
  expect(await takeTask(admin, see(task))).toMatchObject({ ok: true });
  expect(await taskFor({ id: task.appointmentId })).toMatchObject({ version: 2 });
});

test('given back it is nobody’s, and whoever looked before is told of it', async () => {
  const { admins, task } = await aTask({ colleagues: 2 });
  const [owner, other] = [admins[0] ?? fail(), admins[1] ?? fail()];
  const taken = await takeTask(owner, see(task));
  await giveTaskBack(owner, taken.ok ? taken.value : fail());
  expect(await taskFor({ id: task.appointmentId })).toMatchObject({ ownerId: null, version: 3 });
  expect(await takeTask(other, see(task))).toMatchObject({ ok: false, error: { code: 'contact-task-changed', by: owner.actor.name } });
});

test('attempts add up with who, when and what came of it; the note stays out of the audit', async () => {
  const { admin, appointment, task } = await aTask();
  const first = await recordAttempt(admin, { ...see(task), result: 'wrong-number', note: 'A bakery' });
  await recordAttempt(later(admin, 3), { ...(first.ok ? first.value : fail()), result: 'left-message', note: null });
  const attempts = await db.contactAttempt.findMany({ where: { taskId: task.id }, orderBy: { at: 'asc' } });
  expect(attempts).toMatchObject([{ result: 'wrong-number', note: 'A bakery', staffId: admin.actor.id, at: admin.now }, { result: 'left-message', note: null }]);
  const audit = await db.auditEvent.findMany({ where: { type: 'contact.attempted', subject: task.id, patientId: appointment.patientId }, orderBy: { seq: 'asc' } });
  expect(audit.map(({ detail }) => detail)).toEqual([{ result: 'wrong-number' }, { result: 'left-message' }]);
});

test('reached and told is one step: the attempt is kept and the person is settled', async () => {
  const { admin, task } = await aTask();
  expect(await recordAttempt(admin, { ...see(task), result: 'told', note: null })).toMatchObject({ ok: true });
  const after = await db.contactTask.findUniqueOrThrow({ where: { id: task.id }, include: { attempts: true } });
  expect(after).toMatchObject({ outcome: 'told', resolvedAt: admin.now, attempts: [{ result: 'reached' }] });
});

test.each(['told', 'not-needed', 'gave-up'] as const)('settled by hand as %s, it takes nothing more: everything is refused with when', async (outcome) => {
  const { admin, task } = await aTask();
  const settled = await settleTask(admin, { ...see(task), outcome, text: 'Came in person' });
  expect(await taskFor({ id: task.appointmentId })).toMatchObject({ outcome, outcomeText: 'Came in person', resolvedAt: admin.now });

  const now = settled.ok ? settled.value : fail();
  const refused = { ok: false, error: { code: 'contact-task-resolved', at: admin.now } };
  expect(await takeTask(admin, now)).toEqual(refused);
  expect(await giveTaskBack(admin, now)).toEqual(refused);
  expect(await recordAttempt(admin, { ...now, result: 'reached', note: null })).toEqual(refused);
  expect(await settleTask(admin, { ...now, outcome, text: null })).toEqual(refused);
  expect(await db.auditEvent.count({ where: { type: 'contact.refused', subject: task.id } })).toBe(4);
});

test('an admin of another service is told that there is no such person, audited; nothing is said of who has them', async () => {
  const { task } = await aTask();
  const other = await aHandler({ role: 'service-admin', scope: (await aService()).id });
  const refused = { ok: false, error: { code: 'contact-task-not-found' } };
  expect(await takeTask(other, see(task))).toEqual(refused);
  expect(await settleTask(other, { ...see(task), outcome: 'told', text: null })).toEqual(refused);
  expect(await takeTask(other, { taskId: newId(), version: 1 })).toEqual(refused);
  expect(await db.auditEvent.count({ where: { type: 'contact.refused', actorId: other.actor.id } })).toBe(3);
});

test.each(['call-handler', 'clinician', 'supervisor', 'commissioner', 'auditor', 'system-admin'] as const)('a %s may not work on the list', async (role) => {
  await expect(takeTask(await aHandler({ role }), { taskId: newId(), version: 1 })).rejects.toThrow(ForbiddenError);
});

function fail(): never {
  throw new Error('refused unexpectedly');
}
