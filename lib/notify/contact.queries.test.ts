import { expect, test } from 'vitest';
import type { Ctx } from '@/lib/auth/actor';
import { addContactTask, recordAttempt, settleTask, takeTask } from '@/lib/notify/contact.commands';
import { contactList, contactTask, openTaskCount, rebookSlots } from '@/lib/notify/contact.queries';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { addMinutes } from '@/lib/platform/time';
import { anAppointment } from '@/prisma/factories/appointment';
import { aPatient } from '@/prisma/factories/patient';
import { aService } from '@/prisma/factories/service';
import { aFreeSlot, freeSlotsInARow } from '@/prisma/factories/slot';
import { A_TUESDAY_AT_TEN, aHandler, later } from '@/prisma/factories/staff';

const EVERYBODY = { serviceId: null, owner: 'all' } as const;

async function anAdmin() {
  const service = await aService();
  return { service, admin: await aHandler({ role: 'service-admin', scope: service.id }) };
}

async function aTask(admin: Ctx, { serviceId, inMinutes = 60, patientId }: { serviceId: string; inMinutes?: number; patientId?: string }) {
  const appointment = await anAppointment(await aHandler(), { call: { patientId }, slot: { serviceId, startsAt: addMinutes(A_TUESDAY_AT_TEN, inMinutes) } });
  await db.$transaction((tx) => addContactTask(tx, admin, { appointmentId: appointment.id, serviceId, cause: 'orphaned', reason: 'Staff training', newAppointmentId: null }));
  return { appointment, task: await db.contactTask.findFirstOrThrow({ where: { appointmentId: appointment.id } }) };
}

test('the list has everybody of the actor’s services, the soonest appointment first, and nobody of other services', async () => {
  const { service, admin } = await anAdmin();
  const other = await anAdmin();
  const last = await aTask(admin, { serviceId: service.id, inMinutes: 90 });
  const first = await aTask(admin, { serviceId: service.id, inMinutes: 30 });
  await aTask(other.admin, { serviceId: other.service.id });
  const { tasks, counts } = await contactList(admin, EVERYBODY);
  expect(tasks.map(({ id }) => id)).toEqual([first.task.id, last.task.id]);
  expect(tasks[0]).toMatchObject({ serviceName: service.name, cause: 'orphaned', reason: 'Staff training', owner: null, attempts: { count: 0, last: null }, isOverturned: false });
  expect(counts).toEqual({ all: 2, mine: 0, nobody: 2 });
  expect(await openTaskCount(admin)).toBe(2);
  expect(await openTaskCount(await aHandler())).toBe(0);
});

test('each look at the list is audited with the patients on it, and an empty list is no look', async () => {
  const { service, admin } = await anAdmin();
  await contactList(admin, EVERYBODY);
  const { task, appointment } = await aTask(admin, { serviceId: service.id });
  await contactList(admin, EVERYBODY);
  await contactTask(admin, task.id);
  const looks = await db.auditEvent.findMany({ where: { type: 'contact.listed', actorId: admin.actor.id } });
  const look = { patientId: appointment.patientId, detail: { count: 1, tasks: [task.id], patients: [appointment.patientId] } };
  expect(looks).toMatchObject([look, look]);
});

test('it can be narrowed to one’s own and to nobody’s, and to one service; a service of others narrows it to nothing', async () => {
  const { service, admin } = await anAdmin();
  const mine = await aTask(admin, { serviceId: service.id });
  const free = await aTask(admin, { serviceId: service.id, inMinutes: 90 });
  await takeTask(admin, { taskId: mine.task.id, version: 1 });
  const listed = async (filter: Parameters<typeof contactList>[1]) => (await contactList(admin, filter)).tasks.map(({ id }) => id);
  expect(await listed({ serviceId: service.id, owner: 'mine' })).toEqual([mine.task.id]);
  expect(await listed({ serviceId: service.id, owner: 'nobody' })).toEqual([free.task.id]);
  expect(await listed({ serviceId: (await aService()).id, owner: 'all' })).toEqual([]);
});

test('whoever is settled leaves the list for that of the last seven days, and that after them', async () => {
  const { service, admin } = await anAdmin();
  const { task } = await aTask(admin, { serviceId: service.id });
  await settleTask(admin, { taskId: task.id, version: 1, outcome: 'not-needed', text: 'Came in person' });
  const after = await contactList(later(admin, 7 * 24 * 60), EVERYBODY);
  expect(after).toMatchObject({ tasks: [], settled: [{ id: task.id, settled: { outcome: 'not-needed', text: 'Came in person', at: admin.now } }] });
  expect((await contactList(later(admin, 7 * 24 * 60 + 1), EVERYBODY)).settled).toEqual([]);
});

test('the numbers are those of the call by rank; without any, the patient’s own of the register', async () => {
  const { service, admin } = await anAdmin();
  const patient = await aPatient({ phone: '07700 900456' });
  const { task, appointment } = await aTask(admin, { serviceId: service.id, patientId: patient.id });
  const numbers = async () => (await contactTask(admin, task.id))?.task.contacts.map(({ rank, phone }) => [rank, phone]);
  await db.callContact.create({ data: { id: newId(), callId: appointment.callId ?? '', rank: 2, isPatient: false, name: 'Ada', relationship: 'Mother', phone: '07700 900111' } });
  expect(await numbers()).toEqual([[1, '07700 900153'], [2, '07700 900111']]);
  await db.callContact.deleteMany({ where: { callId: appointment.callId ?? '' } });
  expect(await numbers()).toEqual([[1, '07700 900456']]);
});

test('an appointment that was cancelled elsewhere since is marked, so that nobody is rung about it', async () => {
  const { service, admin } = await anAdmin();
  const { task, appointment } = await aTask(admin, { serviceId: service.id });
  await db.appointment.update({ where: { id: appointment.id }, data: { status: 'cancelled', releasedAt: admin.now } });
  expect((await contactTask(admin, task.id))?.task.isOverturned).toBe(true);
});

test('the page of one person has what was done, newest first, with who did it', async () => {
  const { service, admin } = await anAdmin();
  const { task } = await aTask(admin, { serviceId: service.id });
  await takeTask(later(admin, 1), { taskId: task.id, version: 1 });
  await recordAttempt(later(admin, 2), { taskId: task.id, version: 2, result: 'no-answer', note: 'Rang twice' });
  const page = await contactTask(later(admin, 3), task.id);
  expect(page?.steps).toMatchObject([
    { kind: 'attempt', result: 'no-answer', note: 'Rang twice', by: admin.actor.name },
    { kind: 'taken', by: admin.actor.name },
    { kind: 'added', by: admin.actor.name },
  ]);
  expect(page?.task).toMatchObject({ owner: { name: admin.actor.name }, attempts: { count: 1, last: { result: 'no-answer' } } });
});

test.each(['another service’s', 'one that is not there', 'no id at all'])('%s is not found, and that is audited', async (which) => {
  const { service, admin } = await anAdmin();
  const { task } = await aTask(admin, { serviceId: service.id });
  const other = (await anAdmin()).admin;
  const ids: Record<string, string> = { 'another service’s': task.id, 'one that is not there': newId() };
  expect(await contactTask(other, ids[which] ?? 'nonsense')).toBeNull();
  expect(await db.auditEvent.count({ where: { type: 'contact.refused', actorId: other.actor.id } })).toBe(1);
});

test('places to rebook into are the free ones of the actor’s services in order of time, alike ones once, with kept-back ones', async () => {
  const { service, admin } = await anAdmin();
  const [first, held] = await freeSlotsInARow(2, { serviceId: service.id });
  const kept = await aFreeSlot({ serviceId: service.id, startsAt: addMinutes(A_TUESDAY_AT_TEN, 30) });
  await aFreeSlot({ serviceId: service.id });
  await aFreeSlot({ serviceId: service.id, startsAt: addMinutes(A_TUESDAY_AT_TEN, -30) });
  await aFreeSlot();
  await db.slot.update({ where: { id: kept.id }, data: { keptBackUntil: addMinutes(A_TUESDAY_AT_TEN, 10) } });
  await db.slot.update({ where: { id: held?.id }, data: { heldByCall: newId(), heldUntil: addMinutes(A_TUESDAY_AT_TEN, 5) } });
  const { slots, laterFrom } = await rebookSlots(admin, A_TUESDAY_AT_TEN);
  expect(slots.map(({ startsAt, isKeptBack }) => [startsAt, isKeptBack])).toEqual([[kept.startsAt, true], [first?.startsAt, false]]);
  expect(laterFrom).toBeNull();
});

test('48 places are shown at once, and the others from where these end', async () => {
  const { service, admin } = await anAdmin();
  const made = await freeSlotsInARow(50, { serviceId: service.id });
  const { slots, laterFrom } = await rebookSlots(admin, A_TUESDAY_AT_TEN);
  expect([slots.length, laterFrom]).toEqual([48, made[48]?.startsAt]);
  const rest = await rebookSlots(admin, laterFrom ?? A_TUESDAY_AT_TEN);
  expect([rest.slots.map(({ id }) => id), rest.laterFrom]).toEqual([made.slice(48).map(({ id }) => id), null]);
});

test.each(['call-handler', 'supervisor', 'auditor'] as const)('a %s may not look at the list', async (role) => {
  const ctx = await aHandler({ role });
  await expect(contactList(ctx, EVERYBODY)).rejects.toThrow(ForbiddenError);
  await expect(contactTask(ctx, newId())).rejects.toThrow(ForbiddenError);
});
