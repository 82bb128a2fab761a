import { describe, expect, test } from 'vitest';
import { cancelAppointment } from '@/lib/booking/cancel.commands';
import { dayListFor } from '@/lib/booking/day-list.queries';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { addMinutes, parseLocalDate } from '@/lib/platform/time';
import type { LocalDate } from '@/lib/platform/time-words';
import { anAppointment } from '@/prisma/factories/appointment';
import { aCancelRequest } from '@/prisma/factories/call';
import { aPatient } from '@/prisma/factories/patient';
import { aService } from '@/prisma/factories/service';
import { A_TUESDAY_AT_TEN, aHandler } from '@/prisma/factories/staff';

const TUESDAY = day('2026-11-24');

function day(text: string): LocalDate {
  const date = parseLocalDate(text);
  if (!date) throw new Error(text);
  return date;
}

async function aDesk() {
  const service = await aService();
  const [admin, handler] = await Promise.all([aHandler({ role: 'service-admin', scope: service.id }), aHandler()]);
  const booked = async (minutes: number, given: Parameters<typeof aPatient>[0] = {}) => {
    const call = { patientId: (await aPatient(given)).id, dueAt: addMinutes(A_TUESDAY_AT_TEN, 4_000) };
    return anAppointment(handler, { call, slot: { serviceId: service.id, startsAt: addMinutes(A_TUESDAY_AT_TEN, minutes) } });
  };
  return { serviceId: service.id, admin, handler, booked };
}

describe('the list of a day', () => {
  test('has who comes by time, with what a front desk asks for (U-102)', async () => {
    const { serviceId, admin, booked } = await aDesk();
    const second = await booked(90, { familyName: 'Madeup', givenName: 'Ada', birthDate: '2020-05-06' });
    const first = await booked(60);
    const list = await dayListFor(admin, { serviceId, date: TUESDAY });
    expect(list?.standing.map(({ id }) => id)).toEqual([first.id, second.id]);
    expect(list?.standing[1]).toMatchObject({
      ...{ reference: second.reference, status: 'booked', version: 1, reason: second.reason, channel: 'in-person', practitionerRole: 'Nurse practitioner', isOrphaned: false },
      patient: { familyName: 'Madeup', givenName: 'Ada', birthDate: '2020-05-06', isUnknown: false },
    });
    expect(list?.ended).toEqual([]);
  });

  test('is one London day of one service, from midnight to midnight', async () => {
    const { serviceId, admin, booked } = await aDesk();
    await booked(60);
    const late = await booked(839);
    const next = await booked(840);
    await anAppointment(await aHandler());
    expect((await dayListFor(admin, { serviceId, date: TUESDAY }))?.standing.map(({ id }) => id)).toContain(late.id);
    expect((await dayListFor(admin, { serviceId, date: TUESDAY }))?.standing).toHaveLength(2);
    expect((await dayListFor(admin, { serviceId, date: day('2026-11-25') }))?.standing.map(({ id }) => id)).toEqual([next.id]);
  });

  test('keeps who was cancelled apart, and marks whose place in the schedule is gone', async () => {
    const { serviceId, admin, handler, booked } = await aDesk();
    const [cancelled, orphan] = [await booked(60), await booked(70)];
    await cancelAppointment(handler, aCancelRequest(cancelled));
    await db.slot.update({ where: { id: orphan.slotId }, data: { orphanedAt: A_TUESDAY_AT_TEN } });
    const list = await dayListFor(admin, { serviceId, date: TUESDAY });
    expect(list?.standing).toMatchObject([{ id: orphan.id, isOrphaned: true }]);
    expect(list?.ended).toMatchObject([{ id: cancelled.id, status: 'cancelled', isOrphaned: false }]);
  });
});

describe('the look at it', () => {
  test('is audited once, with whose appointments were shown and nothing that names them', async () => {
    const { serviceId, admin, booked } = await aDesk();
    const appointment = await booked(60);
    await dayListFor(admin, { serviceId, date: TUESDAY });
    const audited = await db.auditEvent.findMany({ where: { type: 'schedule.day-viewed', subject: serviceId } });
    expect(audited).toHaveLength(1);
    expect(audited[0]?.detail).toEqual({ date: '2026-11-24', count: 1, appointments: [appointment.id], patients: [appointment.patientId] });
  });

  test('is refused to the admin of another service, who learns nothing, and audited', async () => {
    const { serviceId, booked } = await aDesk();
    await booked(60);
    const stranger = await aHandler({ role: 'service-admin', scope: newId() });
    expect(await dayListFor(stranger, { serviceId, date: TUESDAY })).toBeNull();
    expect(await db.auditEvent.count({ where: { type: 'service.access-refused', subject: serviceId, actorId: stranger.actor.id } })).toBe(1);
    expect(await db.auditEvent.count({ where: { type: 'schedule.day-viewed', subject: serviceId } })).toBe(0);
  });

  test.each(['call-handler', 'clinician', 'supervisor', 'commissioner', 'auditor', 'system-admin'] as const)('is not for a %s', async (role) => {
    await expect(dayListFor(await aHandler({ role }), { serviceId: newId(), date: TUESDAY })).rejects.toThrow(ForbiddenError);
  });
});
