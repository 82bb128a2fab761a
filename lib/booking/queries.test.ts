import { expect, test } from 'vitest';
import { bookAppointment } from '@/lib/booking/book.commands';
import { cancelAppointment } from '@/lib/booking/cancel.commands';
import { appointmentFor } from '@/lib/booking/queries';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { aCancelRequest, aHeldSlot } from '@/prisma/factories/call';
import { aHandler, later } from '@/prisma/factories/staff';

test('an appointment is shown with its service, people and versions to any organisation, and each look is audited', async () => {
  const ctx = await aHandler();
  const { call, slot, request } = await aHeldSlot(ctx, { slot: { channel: null } });
  const booked = await bookAppointment(ctx, request);
  const id = booked.ok ? booked.value.appointmentId : '';
  const other = await aHandler();

  expect(await appointmentFor(other, id)).toMatchObject({
    ...{ id, reference: booked.ok && booked.value.reference, status: 'booked', version: 1, startsAt: slot.startsAt, reason: request.reason, channel: null },
    ...{ practitionerRole: 'Nurse practitioner', service: { id: slot.serviceId, typeId: 135 }, patient: { id: call.patientId }, callId: call.id, dispositionCode: 'Dx05' },
    ...{ bookedAt: ctx.now, bookedBy: { name: ctx.actor.name, organisation: ctx.actor.organisation.name }, cancelled: null },
    versions: [{ version: 1, at: ctx.now, status: 'booked', actorName: ctx.actor.name }],
  });
  expect(await db.auditEvent.findMany({ where: { type: 'appointment.viewed', subject: id } })).toMatchObject([{ actorId: other.actor.id, patientId: call.patientId }]);
});

test('a cancelled one says when and why in words, and keeps both versions with who made them', async () => {
  const ctx = await aHandler();
  const { request } = await aHeldSlot(ctx);
  const booked = await bookAppointment(ctx, request);
  const id = booked.ok ? booked.value.appointmentId : '';
  const other = later(await aHandler(), 3);
  await cancelAppointment(other, { ...aCancelRequest(id), text: 'Feels fine' });

  expect(await appointmentFor(ctx, id)).toMatchObject({
    ...{ status: 'cancelled', version: 2, cancelled: { at: other.now, reason: 'Patient is better', text: 'Feels fine' } },
    versions: [{ version: 1, status: 'booked', actorName: ctx.actor.name }, { version: 2, status: 'cancelled', actorName: other.actor.name }],
  });
});

test('a made-up id is nothing, and an auditor may not look here', async () => {
  const ctx = await aHandler();
  expect(await appointmentFor(ctx, newId())).toBeNull();
  expect(await appointmentFor(ctx, '<script>')).toBeNull();
  await expect(appointmentFor(await aHandler({ role: 'auditor' }), newId())).rejects.toThrow(ForbiddenError);
});
