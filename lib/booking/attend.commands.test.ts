import { describe, expect, test } from 'vitest';
import { markArrived, markFulfilled, markNoShow, undoAttendance } from '@/lib/booking/attend.commands';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { anAppointment } from '@/prisma/factories/appointment';
import { aChangeRequest } from '@/prisma/factories/call';
import { aHandler, later } from '@/prisma/factories/staff';

/** An appointment at eleven, and the admin of its service at ten. */
async function aServiceDay() {
  const appointment = await anAppointment(await aHandler());
  return { appointment, admin: await aHandler({ role: 'service-admin', scope: appointment.serviceId }) };
}

const nowOf = (id: string) => db.appointment.findUniqueOrThrow({ where: { id } });
const codeOf = (outcome: { ok: true } | { ok: false; error: { code: string } }) => (outcome.ok ? 'ok' : outcome.error.code);

describe('the admin of the service', () => {
  test('marks who arrived, early or late, and who was seen; the place stays used', async () => {
    const { appointment, admin } = await aServiceDay();
    expect(await markArrived(admin, aChangeRequest(appointment))).toMatchObject({ ok: true, value: { version: 2 } });
    expect(await markFulfilled(later(admin, 90), { ...aChangeRequest(appointment), version: 2 })).toMatchObject({ ok: true, value: { version: 3 } });
    expect(await nowOf(appointment.id)).toMatchObject({ status: 'fulfilled', version: 3, releasedAt: null });
    expect(await db.slot.findUniqueOrThrow({ where: { id: appointment.slotId } })).toMatchObject({ status: 'busy' });

    const next = await aServiceDay();
    expect(codeOf(await markArrived(later(next.admin, 75), aChangeRequest(next.appointment)))).toBe('ok');
  });

  test('marks who did not come once it has begun, and not a minute before', async () => {
    const { appointment, admin } = await aServiceDay();
    expect(await markNoShow(later(admin, 59), aChangeRequest(appointment))).toEqual({ ok: false, error: { code: 'appointment-not-begun', startsAt: appointment.startsAt } });
    expect(await nowOf(appointment.id)).toEqual(appointment);
    expect(codeOf(await markNoShow(later(admin, 60), aChangeRequest(appointment)))).toBe('ok');
    expect(await nowOf(appointment.id)).toMatchObject({ status: 'noshow', version: 2 });
  });

  test('marks nobody as seen who has not arrived, nor as absent who has', async () => {
    const { appointment, admin } = await aServiceDay();
    expect(await markFulfilled(admin, aChangeRequest(appointment))).toEqual({ ok: false, error: { code: 'appointment-cannot-become', status: 'booked', wanted: 'fulfilled' } });
    await markArrived(admin, aChangeRequest(appointment));
    expect(codeOf(await markNoShow(later(admin, 61), { ...aChangeRequest(appointment), version: 2 }))).toBe('appointment-cannot-become');
  });

  test('of two who mark at once, one does; the other is told that it has changed', async () => {
    const { appointment, admin } = await aServiceDay();
    const other = await aHandler({ role: 'service-admin', scope: appointment.serviceId });
    const outcomes = await Promise.all([markArrived(later(admin, 61), aChangeRequest(appointment)), markNoShow(later(other, 61), aChangeRequest(appointment))]);
    expect(outcomes.map(codeOf).toSorted()).toEqual(['appointment-changed', 'ok']);
  });
});

describe('undo', () => {
  test('takes back one mark at a time, each with its version, its entry in the registry and its line in the audit', async () => {
    const { appointment, admin } = await aServiceDay();
    const request = (version: number) => ({ ...aChangeRequest(appointment), version });
    await markArrived(admin, request(1));
    await markFulfilled(admin, request(2));
    const statuses: string[] = [];
    for (const version of [3, 4]) {
      expect(await undoAttendance(later(admin, 90), request(version))).toMatchObject({ ok: true, value: { version: version + 1, isRepeat: false } });
      statuses.push((await nowOf(appointment.id)).status);
    }
    expect(statuses).toEqual(['arrived', 'booked']);
    expect(await nowOf(appointment.id)).toMatchObject({ version: 5, releasedAt: null });
    expect(await db.registryEntry.findUniqueOrThrow({ where: { appointmentId: appointment.id } })).toMatchObject({ status: 'booked', version: 5 });
    expect(await db.appointmentVersion.count({ where: { appointmentId: appointment.id } })).toBe(5);
    const audited = await db.auditEvent.findMany({ where: { type: 'appointment.attendance-undone', subject: appointment.id }, orderBy: { seq: 'asc' } });
    expect(audited.map(({ detail }) => detail)).toMatchObject([{ before: 'fulfilled', after: 'arrived' }, { before: 'arrived', after: 'booked' }]);
  });

  test('one who did not come is booked again, and may arrive after all', async () => {
    const { appointment, admin } = await aServiceDay();
    await markNoShow(later(admin, 61), aChangeRequest(appointment));
    expect(codeOf(await undoAttendance(later(admin, 70), { ...aChangeRequest(appointment), version: 2 }))).toBe('ok');
    expect(codeOf(await markArrived(later(admin, 71), { ...aChangeRequest(appointment), version: 3 }))).toBe('ok');
  });

  test('is possible until the day after in London is over, and not from its midnight on', async () => {
    const { appointment, admin } = await aServiceDay();
    await markArrived(admin, aChangeRequest(appointment));
    const midnight = { ...admin, now: new Date('2026-11-26T00:00:00Z') };
    expect(await undoAttendance(midnight, { ...aChangeRequest(appointment), version: 2 })).toEqual({ ok: false, error: { code: 'appointment-in-past', startsAt: appointment.startsAt } });
    expect(codeOf(await undoAttendance(later(midnight, -1), { ...aChangeRequest(appointment), version: 2 }))).toBe('ok');
  });

  test('of what was never marked is refused, and the same request twice is carried out once', async () => {
    const { appointment, admin } = await aServiceDay();
    expect(await undoAttendance(admin, aChangeRequest(appointment))).toEqual({ ok: false, error: { code: 'attendance-not-recorded', status: 'booked' } });
    await markArrived(admin, aChangeRequest(appointment));
    const request = { ...aChangeRequest(appointment), version: 2 };
    const outcomes = await Promise.all([undoAttendance(admin, request), undoAttendance(admin, request)]);
    expect(outcomes.map((outcome) => outcome.ok && outcome.value.version)).toEqual([3, 3]);
    expect(await nowOf(appointment.id)).toMatchObject({ status: 'booked', version: 3 });
  });

  test('of two at once, one undoes and the other is told that it has changed', async () => {
    const { appointment, admin } = await aServiceDay();
    const other = await aHandler({ role: 'service-admin', scope: appointment.serviceId });
    await markArrived(admin, aChangeRequest(appointment));
    const outcomes = await Promise.all([admin, other].map((ctx) => undoAttendance(ctx, { ...aChangeRequest(appointment), version: 2 })));
    expect(outcomes.map(codeOf).toSorted()).toEqual(['appointment-changed', 'ok']);
  });
});

describe('anybody else', () => {
  test('the admin of another service is told that there is none, and it is audited', async () => {
    const { appointment } = await aServiceDay();
    const stranger = await aHandler({ role: 'service-admin', scope: newId() });
    const outcomes = await Promise.all([markArrived, markFulfilled, markNoShow, undoAttendance].map((mark) => mark(later(stranger, 61), aChangeRequest(appointment))));
    expect(outcomes).toEqual(Array.from({ length: 4 }, () => ({ ok: false, error: { code: 'appointment-not-found' } })));
    expect(await db.auditEvent.count({ where: { type: 'appointment.attend-refused', subject: appointment.id, actorId: stranger.actor.id } })).toBe(4);
    expect(await nowOf(appointment.id)).toEqual(appointment);
  });

  test('another role for the same service is no admin of it', async () => {
    const { appointment } = await aServiceDay();
    const person = await aHandler({ role: 'service-admin', scope: newId() });
    const actor = { ...person.actor, roles: [...person.actor.roles, { role: 'supervisor', scope: appointment.serviceId } as const] };
    expect(codeOf(await markArrived({ ...person, actor }, aChangeRequest(appointment)))).toBe('appointment-not-found');
  });

  test.each(['call-handler', 'clinician', 'supervisor', 'commissioner', 'auditor', 'system-admin'] as const)('a %s may not', async (role) => {
    const ctx = await aHandler({ role });
    const request = aChangeRequest({ id: newId(), patientId: newId() });
    for (const mark of [markArrived, markFulfilled, markNoShow, undoAttendance]) await expect(mark(ctx, request)).rejects.toThrow(ForbiddenError);
  });
});
