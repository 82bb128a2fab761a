import { describe, expect, test } from 'vitest';
import { cancelRequest } from '@/lib/booking/appointment.schema';
import { cancelAppointment } from '@/lib/booking/cancel.commands';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { anAppointment } from '@/prisma/factories/appointment';
import { aCancelRequest } from '@/prisma/factories/call';
import { aHandler, later } from '@/prisma/factories/staff';

const refusalsOf = (subject: string) => db.auditEvent.findMany({ where: { type: 'appointment.cancel-refused', subject } });

async function aBooking() {
  const ctx = await aHandler();
  return { ctx, appointment: await anAppointment(ctx) };
}

describe('cancelling an appointment', () => {
  test('frees the slot at once, keeps both versions, tells the registry, uncouples the referral, queues the message, audits before and after (U-108, U-111, U-112)', async () => {
    const { ctx, appointment } = await aBooking();
    const { id, slotId, callId, patientId } = appointment;
    const soon = later(ctx, 3);
    const outcome = await cancelAppointment(soon, { ...aCancelRequest(appointment), reason: 'other', text: 'Moved house' });

    expect(outcome).toEqual({ ok: true, value: { appointmentId: id, version: 2, at: soon.now, isRepeat: false } });
    const after = await db.appointment.findUniqueOrThrow({ where: { id }, include: { versions: { orderBy: { version: 'asc' } }, registryEntry: { include: { versions: true } }, referrals: true } });
    expect(after).toMatchObject({ status: 'cancelled', version: 2, releasedAt: soon.now, cancelReason: 'other', cancelText: 'Moved house' });
    expect(after.versions).toMatchObject([{ body: { status: 'booked', cancelReason: null } }, { version: 2, body: { status: 'cancelled', cancelReason: 'other', cancelText: 'Moved house' } }]);
    expect(after.registryEntry).toMatchObject({ status: 'cancelled', version: 2 });
    expect(after.registryEntry?.versions).toHaveLength(2);
    expect(after.referrals).toMatchObject([{ uncoupledAt: soon.now }]);
    expect(await db.slot.findUniqueOrThrow({ where: { id: slotId } })).toMatchObject({ status: 'free', heldByCall: null });
    expect(await db.outbox.findMany({ where: { dedupeKey: `appointment.cancelled:${id}:2` } })).toMatchObject([{ topic: 'appointment.cancelled', body: { appointmentId: id, version: 2 } }]);
    const events = await db.callEvent.findMany({ where: { callId: callId ?? '' }, orderBy: { seq: 'asc' } });
    expect(events.map(({ kind }) => kind)).toEqual(['booked', 'cancelled']);
    expect(events[1]?.body).toEqual({ appointmentId: id, version: 2, by: ctx.actor.id, reason: 'other' });
    const audit = await db.auditEvent.findMany({ where: { subject: id, type: 'appointment.cancelled' } });
    expect(audit).toMatchObject([{ patientId, detail: { before: 'booked', after: 'cancelled', reason: 'other', version: 2 } }]);
    expect(JSON.stringify(audit[0]?.detail)).not.toContain('Moved house');
  });

  test('any organisation may (U-106), and a cancelled place can be booked again', async () => {
    const { ctx, appointment } = await aBooking();
    expect(await cancelAppointment(await aHandler(), aCancelRequest(appointment))).toMatchObject({ ok: true });
    expect(await db.slot.findFirst({ where: { id: appointment.slotId, status: 'free', startsAt: { gt: ctx.now } } })).not.toBeNull();
  });

  test('where the service lets only the booker cancel, a colleague of the booker may (U-106)', async () => {
    const { ctx, appointment } = await aBooking();
    await db.service.update({ where: { id: appointment.serviceId }, data: { cancelBy: 'booker' } });
    const colleague = await aHandler({ organisationCode: ctx.actor.organisation.code });
    expect(await cancelAppointment(colleague, aCancelRequest(appointment))).toMatchObject({ ok: true });
  });

  test('the same request again gives the first answer; ten at once cancel once', async () => {
    const { ctx, appointment } = await aBooking();
    const request = aCancelRequest(appointment);
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => cancelAppointment(ctx, request)));
    expect(outcomes.every((outcome) => outcome.ok)).toBe(true);
    expect(outcomes.filter((outcome) => outcome.ok && !outcome.value.isRepeat)).toHaveLength(1);
    const first = { appointmentId: appointment.id, version: 2, at: ctx.now, isRepeat: true };
    expect(await cancelAppointment(later(ctx, 30), request)).toEqual({ ok: true, value: first });
    expect(await cancelAppointment(later(ctx, 90), { ...request, version: 2 })).toEqual({ ok: true, value: first });
    expect(await db.appointmentVersion.count({ where: { appointmentId: appointment.id } })).toBe(2);
  });
});

describe('a cancellation is refused in words of its own, and audited (U-104)', () => {
  test('appointment-not-found for an id that is none', async () => {
    const id = newId();
    expect(await cancelAppointment(await aHandler(), aCancelRequest({ id, patientId: newId() }))).toEqual({ ok: false, error: { code: 'appointment-not-found' } });
    expect(await refusalsOf(id)).toMatchObject([{ detail: { code: 'appointment-not-found', method: 'cancel' } }]);
  });

  test('appointment-other-patient for a patient whose it is not', async () => {
    const { ctx, appointment } = await aBooking();
    const other = await aBooking();
    const outcome = await cancelAppointment(ctx, aCancelRequest({ id: appointment.id, patientId: other.appointment.patientId }));
    expect(outcome).toEqual({ ok: false, error: { code: 'appointment-other-patient' } });
    expect(await refusalsOf(appointment.id)).toHaveLength(1);
    expect(await db.appointment.findUniqueOrThrow({ where: { id: appointment.id } })).toMatchObject({ status: 'booked', version: 1 });
  });

  test('appointment-already-cancelled, with when, for another request', async () => {
    const { ctx, appointment } = await aBooking();
    await cancelAppointment(ctx, aCancelRequest(appointment));
    expect(await cancelAppointment(later(ctx, 5), aCancelRequest(appointment))).toEqual({ ok: false, error: { code: 'appointment-already-cancelled', at: ctx.now } });
    expect(await refusalsOf(appointment.id)).toMatchObject([{ detail: { code: 'appointment-already-cancelled' } }]);
  });

  test('appointment-in-past once it has begun', async () => {
    const { ctx, appointment } = await aBooking();
    expect(await cancelAppointment(later(ctx, 60), aCancelRequest(appointment))).toEqual({ ok: false, error: { code: 'appointment-in-past', startsAt: appointment.startsAt } });
    expect(await refusalsOf(appointment.id)).toHaveLength(1);
  });

  test('appointment-changed for a version that was not looked at', async () => {
    const { ctx, appointment } = await aBooking();
    expect(await cancelAppointment(ctx, { ...aCancelRequest(appointment), version: 7 })).toEqual({ ok: false, error: { code: 'appointment-changed', version: 1 } });
    expect(await db.appointment.findUniqueOrThrow({ where: { id: appointment.id } })).toMatchObject({ status: 'booked', version: 1 });
  });

  test('cancel-restricted, with who booked it, where the service lets only the booker cancel (U-106); nothing has changed', async () => {
    const { ctx, appointment } = await aBooking();
    const { name } = await db.service.update({ where: { id: appointment.serviceId }, data: { cancelBy: 'booker' } });
    const outcome = await cancelAppointment(await aHandler(), aCancelRequest(appointment));
    expect(outcome).toEqual({ ok: false, error: { code: 'cancel-restricted', serviceName: name, bookedBy: ctx.actor.organisation.name } });
    expect(await refusalsOf(appointment.id)).toMatchObject([{ detail: { code: 'cancel-restricted' } }]);
    expect(await db.appointment.findUniqueOrThrow({ where: { id: appointment.id } })).toMatchObject({ status: 'booked', version: 1 });
  });

  test.each(['service-admin', 'commissioner', 'auditor', 'system-admin'] as const)('a %s may not cancel', async (role) => {
    await expect(cancelAppointment(await aHandler({ role }), aCancelRequest({ id: newId(), patientId: newId() }))).rejects.toThrow(ForbiddenError);
  });
});

test('twenty people cancel at once: one does, nineteen are told when it was done, and the slot is free once', async () => {
  const { appointment } = await aBooking();
  const people = await Promise.all(Array.from({ length: 20 }, () => aHandler()));
  const outcomes = await Promise.all(people.map((ctx) => cancelAppointment(ctx, aCancelRequest(appointment))));
  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
  expect(outcomes.filter((outcome) => !outcome.ok && outcome.error.code === 'appointment-already-cancelled')).toHaveLength(19);
  expect(await db.slot.findUniqueOrThrow({ where: { id: appointment.slotId } })).toMatchObject({ status: 'free' });
});

test('a fault after the claim leaves the appointment, the slot, the referral and the registry as they were', async () => {
  const { ctx, appointment } = await aBooking();
  const { id, slotId } = appointment;
  await db.outbox.create({ data: { id: newId(), topic: 'appointment.cancelled', body: {}, dedupeKey: `appointment.cancelled:${id}:2`, notBefore: ctx.now } });
  await expect(cancelAppointment(ctx, aCancelRequest(appointment))).rejects.toThrow(/dedupe_key/);
  expect(await db.appointment.findUniqueOrThrow({ where: { id }, include: { registryEntry: true } })).toMatchObject({ status: 'booked', version: 1, registryEntry: { status: 'booked' } });
  expect(await db.referral.findMany({ where: { appointmentId: id } })).toMatchObject([{ uncoupledAt: null }]);
  expect(await db.slot.findUniqueOrThrow({ where: { id: slotId } })).toMatchObject({ status: 'busy' });
});

test('the form: another reason needs words, and a reason outside the list is none', () => {
  const form = { appointmentId: newId(), patientId: newId(), version: '1', requestId: newId(), reason: 'other', text: ' ' };
  expect(cancelRequest.safeParse(form).error?.issues).toMatchObject([{ path: ['text'], message: 'Say what the other reason is' }]);
  expect(cancelRequest.safeParse({ ...form, reason: 'toString' }).error?.issues).toMatchObject([{ path: ['reason'], message: 'Choose why it is cancelled' }]);
  expect(cancelRequest.parse({ ...form, text: ' Moved\nhouse ' })).toMatchObject({ version: 1, text: 'Moved house' });
});
