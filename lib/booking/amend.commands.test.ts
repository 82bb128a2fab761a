import { describe, expect, test } from 'vitest';
import { amendReason } from '@/lib/booking/amend.commands';
import { amendRequest } from '@/lib/booking/appointment.schema';
import { cancelAppointment } from '@/lib/booking/cancel.commands';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { anAppointment } from '@/prisma/factories/appointment';
import { aCancelRequest, aChangeRequest } from '@/prisma/factories/call';
import { aHandler, later } from '@/prisma/factories/staff';

const toEarache = (of: { id: string; patientId: string }) => ({ ...aChangeRequest(of), reason: 'Earache since Sunday' });

describe('amending the reason of an appointment (U-118)', () => {
  test('changes the text and nothing else, keeps the old one as a version, and tells the audit and the call without either text', async () => {
    const ctx = await aHandler();
    const appointment = await anAppointment(ctx);
    const soon = later(await aHandler(), 5);
    expect(await amendReason(soon, toEarache(appointment))).toMatchObject({ ok: true, value: { version: 2, at: soon.now } });

    expect(await db.appointment.findUniqueOrThrow({ where: { id: appointment.id } })).toEqual({ ...appointment, reason: 'Earache since Sunday', version: 2 });
    const versions = await db.appointmentVersion.findMany({ where: { appointmentId: appointment.id }, orderBy: { version: 'asc' } });
    expect(versions.map(({ body }) => body)).toMatchObject([{ reason: appointment.reason }, { reason: 'Earache since Sunday' }]);
    const audit = await db.auditEvent.findMany({ where: { type: 'appointment.amended', subject: appointment.id } });
    const events = await db.callEvent.findMany({ where: { callId: appointment.callId ?? '', kind: 'amended' } });
    expect([audit.length, events.length]).toEqual([1, 1]);
    expect(JSON.stringify([audit[0]?.detail, events[0]?.body])).not.toMatch(/Earache|Sore throat/);
  });

  test('the text that it has already changes nothing, and is no version', async () => {
    const ctx = await aHandler();
    const appointment = await anAppointment(ctx);
    const outcome = await amendReason(later(ctx, 5), { ...aChangeRequest(appointment), reason: appointment.reason });
    expect(outcome).toMatchObject({ ok: true, value: { version: 1 } });
    expect(await db.appointment.findUniqueOrThrow({ where: { id: appointment.id } })).toEqual(appointment);
    expect(await db.appointmentVersion.count({ where: { appointmentId: appointment.id } })).toBe(1);
  });
});

describe('an amendment is refused, and audited, and the old text stands', () => {
  test('each outcome in its own words', async () => {
    const ctx = await aHandler();
    const appointment = await anAppointment(ctx);
    const cancelled = await anAppointment(ctx);
    await cancelAppointment(ctx, aCancelRequest(cancelled));
    const request = toEarache(appointment);
    const outcomes = [
      await amendReason(ctx, toEarache({ id: newId(), patientId: appointment.patientId })),
      await amendReason(ctx, { ...request, patientId: newId() }),
      await amendReason(ctx, { ...toEarache(cancelled), version: 2 }),
      await amendReason(later(ctx, 60), request),
      await amendReason(ctx, { ...request, version: 4 }),
    ];
    expect(outcomes.map((outcome) => !outcome.ok && outcome.error)).toEqual([
      { code: 'appointment-not-found' },
      { code: 'appointment-other-patient' },
      { code: 'appointment-already-cancelled', at: ctx.now },
      { code: 'appointment-in-past', startsAt: appointment.startsAt },
      { code: 'appointment-changed', version: 1 },
    ]);
    expect(await db.auditEvent.count({ where: { type: 'appointment.amend-refused', actorId: ctx.actor.id } })).toBe(5);
    expect(await db.appointment.findUniqueOrThrow({ where: { id: appointment.id } })).toEqual(appointment);
  });

  test.each(['service-admin', 'commissioner', 'auditor', 'system-admin'] as const)('a %s may not amend', async (role) => {
    await expect(amendReason(await aHandler({ role }), toEarache({ id: newId(), patientId: newId() }))).rejects.toThrow(ForbiddenError);
  });
});

test('the form: there must be a reason, on one line, of 200 characters or fewer', () => {
  const form = { ...aChangeRequest({ id: newId(), patientId: newId() }), version: '1' };
  expect(amendRequest.safeParse({ ...form, reason: ' ' }).error?.issues).toMatchObject([{ path: ['reason'], message: 'Enter the reason for the appointment' }]);
  expect(amendRequest.safeParse({ ...form, reason: 'a'.repeat(201) }).success).toBe(false);
  expect(amendRequest.parse({ ...form, reason: ' Sore\nthroat ' })).toMatchObject({ reason: 'Sore throat' });
});
