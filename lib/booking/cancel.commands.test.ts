import { describe, expect, test } from 'vitest';
import { bookAppointment } from '@/lib/booking/book.commands';
import { cancelAppointment } from '@/lib/booking/cancel.commands';
import { cancelRequest } from '@/lib/booking/schema';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { aCancelRequest, aHeldSlot } from '@/prisma/factories/call';
import { aHandler, later } from '@/prisma/factories/staff';

const refusalsOf = (subject: string) => db.auditEvent.findMany({ where: { type: 'appointment.cancel-refused', subject } });

async function aBooking() {
  const ctx = await aHandler();
  const { call, slot, request } = await aHeldSlot(ctx);
  const outcome = await bookAppointment(ctx, request);
  if (!outcome.ok) throw new Error(outcome.error.code);
  return { ctx, call, slot, id: outcome.value.appointmentId };
}

describe('cancelling an appointment', () => {
  test('frees the slot at once, keeps both versions, tells the registry, queues the message, audits before and after', async () => {
    const { ctx, call, slot, id } = await aBooking();
    const soon = later(ctx, 3);
    const outcome = await cancelAppointment(soon, { ...aCancelRequest(id), reason: 'other', text: 'Moved house' });

    expect(outcome).toEqual({ ok: true, value: { appointmentId: id, at: soon.now, isRepeat: false } });
    const appointment = await db.appointment.findUniqueOrThrow({ where: { id }, include: { versions: { orderBy: { version: 'asc' } }, registryEntry: { include: { versions: true } } } });
    expect(appointment).toMatchObject({ status: 'cancelled', version: 2, releasedAt: soon.now, cancelReason: 'other', cancelText: 'Moved house' });
    expect(appointment.versions).toMatchObject([{ body: { status: 'booked' } }, { version: 2, body: { status: 'cancelled', cancelReason: 'other' } }]);
    expect(appointment.registryEntry).toMatchObject({ status: 'cancelled', version: 2 });
    expect(appointment.registryEntry?.versions).toHaveLength(2);
    expect(await db.slot.findUniqueOrThrow({ where: { id: slot.id } })).toMatchObject({ status: 'free', heldByCall: null });
    expect(await db.outbox.count({ where: { dedupeKey: `appointment.cancelled:${id}` } })).toBe(1);
    expect((await db.callEvent.findMany({ where: { callId: call.id }, orderBy: { seq: 'asc' } })).map(({ kind }) => kind)).toEqual(['booked', 'cancelled']);
    const audit = await db.auditEvent.findMany({ where: { subject: id, type: 'appointment.cancelled' } });
    expect(audit).toMatchObject([{ patientId: call.patientId, detail: { before: 'booked', after: 'cancelled', reason: 'other' } }]);
    expect(JSON.stringify(audit[0]?.detail)).not.toContain('Moved house');
  });

  test('any organisation may', async () => {
    const { id } = await aBooking();
    expect(await cancelAppointment(await aHandler(), aCancelRequest(id))).toMatchObject({ ok: true });
  });

  test('the same request again gives the first answer; ten at once cancel once', async () => {
    const { ctx, id } = await aBooking();
    const request = aCancelRequest(id);
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => cancelAppointment(ctx, request)));
    expect(outcomes.every((outcome) => outcome.ok)).toBe(true);
    expect(outcomes.filter((outcome) => outcome.ok && !outcome.value.isRepeat)).toHaveLength(1);
    expect(await cancelAppointment(later(ctx, 30), request)).toEqual({ ok: true, value: { appointmentId: id, at: ctx.now, isRepeat: true } });
    expect(await db.appointmentVersion.count({ where: { appointmentId: id } })).toBe(2);
  });
});

describe('a cancellation is refused in words of its own, and audited', () => {
  test('appointment-already-cancelled, with when, for another request', async () => {
    const { ctx, id } = await aBooking();
    await cancelAppointment(ctx, aCancelRequest(id));
    expect(await cancelAppointment(later(ctx, 5), aCancelRequest(id))).toEqual({ ok: false, error: { code: 'appointment-already-cancelled', at: ctx.now } });
    expect(await refusalsOf(id)).toMatchObject([{ detail: { code: 'appointment-already-cancelled' } }]);
  });

  test('appointment-in-past once it has begun', async () => {
    const { ctx, slot, id } = await aBooking();
    expect(await cancelAppointment(later(ctx, 60), aCancelRequest(id))).toEqual({ ok: false, error: { code: 'appointment-in-past', startsAt: slot.startsAt } });
    expect(await refusalsOf(id)).toHaveLength(1);
  });

  test('appointment-changed for a version that was not looked at', async () => {
    const { ctx, id } = await aBooking();
    expect(await cancelAppointment(ctx, { ...aCancelRequest(id), version: 7 })).toEqual({ ok: false, error: { code: 'appointment-changed', version: 1 } });
    expect(await db.appointment.findUniqueOrThrow({ where: { id } })).toMatchObject({ status: 'booked', version: 1 });
  });

  test('appointment-not-found for an id that is none', async () => {
    const id = newId();
    expect(await cancelAppointment(await aHandler(), aCancelRequest(id))).toEqual({ ok: false, error: { code: 'appointment-not-found' } });
    expect(await refusalsOf(id)).toHaveLength(1);
  });

  test('an auditor may not cancel', async () => {
    await expect(cancelAppointment(await aHandler({ role: 'auditor' }), aCancelRequest(newId()))).rejects.toThrow(ForbiddenError);
  });
});

test('twenty people cancel at once: one does, nineteen are told when it was done, and the slot is free once', async () => {
  const { slot, id } = await aBooking();
  const people = await Promise.all(Array.from({ length: 20 }, () => aHandler()));
  const outcomes = await Promise.all(people.map((ctx) => cancelAppointment(ctx, aCancelRequest(id))));
  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
  expect(outcomes.filter((outcome) => !outcome.ok && outcome.error.code === 'appointment-already-cancelled')).toHaveLength(19);
  expect(await db.slot.findUniqueOrThrow({ where: { id: slot.id } })).toMatchObject({ status: 'free' });
});

test('a fault after the claim leaves the appointment, the slot and the registry as they were', async () => {
  const { ctx, slot, id } = await aBooking();
  await db.outbox.create({ data: { id: newId(), topic: 'appointment.cancelled', body: {}, dedupeKey: `appointment.cancelled:${id}`, notBefore: ctx.now } });
  await expect(cancelAppointment(ctx, aCancelRequest(id))).rejects.toThrow(/dedupe_key/);
  expect(await db.appointment.findUniqueOrThrow({ where: { id }, include: { registryEntry: true } })).toMatchObject({ status: 'booked', version: 1, registryEntry: { status: 'booked' } });
  expect(await db.slot.findUniqueOrThrow({ where: { id: slot.id } })).toMatchObject({ status: 'busy' });
});

test('the form: another reason needs words, and a reason outside the list is none', () => {
  const form = { appointmentId: newId(), version: '1', requestId: newId(), reason: 'other', text: ' ' };
  expect(cancelRequest.safeParse(form).error?.issues).toMatchObject([{ path: ['text'], message: 'Say what the other reason is' }]);
  expect(cancelRequest.safeParse({ ...form, reason: 'toString' }).error?.issues).toMatchObject([{ path: ['reason'], message: 'Choose why it is cancelled' }]);
  expect(cancelRequest.parse({ ...form, text: ' Moved\nhouse ' })).toMatchObject({ version: 1, text: 'Moved house' });
});
