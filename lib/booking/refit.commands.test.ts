import { expect, test } from 'vitest';
import type { Ctx, JobActor } from '@/lib/auth/actor';
import { cancelAppointment } from '@/lib/booking/cancel.commands';
import { holdSlot } from '@/lib/booking/hold.commands';
import { refitOrphans } from '@/lib/booking/refit.commands';
import { addContactTask } from '@/lib/notify/contact.commands';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { addMinutes } from '@/lib/platform/time';
import { transact } from '@/lib/platform/transact';
import { ok } from '@/lib/platform/result';
import { anAppointment } from '@/prisma/factories/appointment';
import { aCall, aCancelRequest } from '@/prisma/factories/call';
import { aService } from '@/prisma/factories/service';
import { aFreeSlot } from '@/prisma/factories/slot';
import { A_TUESDAY_AT_TEN, aHandler } from '@/prisma/factories/staff';

const job = (): Ctx<JobActor> => ({ actor: { kind: 'job', id: 'refit' }, now: addMinutes(A_TUESDAY_AT_TEN, 10), requestId: newId() });

/** An orphan of a service of its own, whose patient is to be contacted. */
async function anOrphan({ serviceId, startsAt = addMinutes(A_TUESDAY_AT_TEN, 60) }: { serviceId?: string; startsAt?: Date } = {}) {
  const handler = await aHandler();
  const appointment = await anAppointment(handler, { slot: { startsAt, serviceId: serviceId ?? (await aService()).id } });
  await db.slot.update({ where: { id: appointment.slotId }, data: { orphanedAt: A_TUESDAY_AT_TEN } });
  await transact(async (tx) => {
    await addContactTask(tx, handler, { appointmentId: appointment.id, serviceId: appointment.serviceId, cause: 'orphaned', reason: 'Staff training', newAppointmentId: null });
    return ok(null);
  });
  return { handler, appointment };
}

const slotOf = (id: string) => db.slot.findUniqueOrThrow({ where: { id } });
const appointmentOf = (id: string) => db.appointment.findUniqueOrThrow({ where: { id }, include: { versions: true } });

test('an orphan takes a free slot of the same service, time and channel: its next version, its message, and nobody to contact any more', async () => {
  const { appointment } = await anOrphan();
  const free = await aFreeSlot({ serviceId: appointment.serviceId });
  expect(await refitOrphans(job(), { serviceId: appointment.serviceId })).toBe(1);

  expect(await appointmentOf(appointment.id)).toMatchObject({ status: 'booked', slotId: free.id, version: 2, versions: [{ version: 1 }, { version: 2, body: { slotId: free.id }, actorId: 'refit' }] });
  expect(await slotOf(free.id)).toMatchObject({ status: 'busy' });
  expect(await slotOf(appointment.slotId)).toMatchObject({ status: 'withdrawn', orphanedAt: null });
  expect(await db.contactTask.findFirstOrThrow({ where: { appointmentId: appointment.id } })).toMatchObject({ outcome: 'refitted' });
  expect(await db.outbox.count({ where: { topic: 'appointment.refitted', dedupeKey: { contains: appointment.id } } })).toBe(1);
  expect(await db.auditEvent.findMany({ where: { type: 'appointment.refitted', subject: appointment.id } })).toMatchObject([{ actorId: 'refit', patientId: appointment.patientId }]);
  expect(await refitOrphans(job(), { serviceId: appointment.serviceId })).toBe(0);
});

test('another time, channel or service, a held slot and a withdrawn one do not fit', async () => {
  const { handler, appointment } = await anOrphan();
  const { serviceId, startsAt } = appointment;
  await aFreeSlot({ serviceId, startsAt: addMinutes(startsAt, 10) });
  await aFreeSlot({ serviceId, startsAt, minutes: 20 });
  await aFreeSlot({ serviceId, startsAt, channel: 'telephone' });
  await aFreeSlot({ startsAt });
  const [held, withdrawn] = [await aFreeSlot({ serviceId, startsAt }), await aFreeSlot({ serviceId, startsAt })];
  await db.slot.update({ where: { id: held.id }, data: { heldByCall: (await aCall(handler)).id, heldUntil: addMinutes(job().now, 1) } });
  await db.slot.update({ where: { id: withdrawn.id }, data: { status: 'withdrawn' } });

  expect(await refitOrphans(job(), { serviceId })).toBe(0);
  expect(await appointmentOf(appointment.id)).toMatchObject({ slotId: appointment.slotId, version: 1 });
});

test('two orphans and one free slot: the one that was orphaned first gets it', async () => {
  const { appointment } = await anOrphan();
  const { appointment: second } = await anOrphan({ serviceId: appointment.serviceId });
  await db.slot.update({ where: { id: second.slotId }, data: { orphanedAt: addMinutes(A_TUESDAY_AT_TEN, 1) } });
  const free = await aFreeSlot({ serviceId: appointment.serviceId });

  expect(await refitOrphans(job(), { serviceId: appointment.serviceId })).toBe(1);
  expect(await appointmentOf(appointment.id)).toMatchObject({ slotId: free.id });
  expect(await appointmentOf(second.id)).toMatchObject({ slotId: second.slotId });
});

test('four runs at once refit each orphan once', async () => {
  const serviceId = (await aService()).id;
  const orphans = await Promise.all(Array.from({ length: 5 }, (_, index) => anOrphan({ serviceId, startsAt: addMinutes(A_TUESDAY_AT_TEN, 60 + index * 10) })));
  for (const { appointment } of orphans) await aFreeSlot({ serviceId, startsAt: appointment.startsAt });
  const counts = await Promise.all(Array.from({ length: 4 }, () => refitOrphans(job(), { serviceId })));

  expect(counts.reduce((total, count) => total + count, 0)).toBe(5);
  for (const { appointment } of orphans) expect(await appointmentOf(appointment.id)).toMatchObject({ version: 2 });
});

test('a refit against the patient who cancels, and against a call that holds the slot: one of them, and no slot is lost', async () => {
  for (let round = 0; round < 4; round += 1) {
    const { handler, appointment } = await anOrphan();
    const { serviceId } = appointment;
    const free = await aFreeSlot({ serviceId });
    const call = await aCall(handler);
    const [refitted, cancelled, held] = await Promise.all([
      refitOrphans(job(), { serviceId }),
      round % 2 === 0 ? cancelAppointment(handler, aCancelRequest(appointment)) : null,
      round % 2 === 1 ? holdSlot({ ...handler, now: job().now }, { callId: call.id, slotId: free.id }) : null,
    ]);
    if (cancelled) expect(cancelled.ok ? refitted : 1).toBe(cancelled.ok ? 0 : 1);
    if (held) expect(held.ok).toBe(refitted === 0);
    expect((await slotOf(free.id)).status).toBe(refitted === 1 ? 'busy' : 'free');
    expect((await slotOf(appointment.slotId)).status).toBe(held?.ok ? 'busy' : 'withdrawn');
  }
});

test('it is for job loops only', async () => {
  const handler = await aHandler();
  // @ts-expect-error A person is refused by the types already; this proves that the command refuses too.
  await expect(refitOrphans(handler)).rejects.toThrow(ForbiddenError);
});
