import { expect, test } from 'vitest';
import { bookingsCsv } from '@/lib/booking/day-export.queries';
import { db } from '@/lib/platform/db';
import { addMinutes, parseLocalDate } from '@/lib/platform/time';
import { anAppointment } from '@/prisma/factories/appointment';
import { aPatient } from '@/prisma/factories/patient';
import { aService } from '@/prisma/factories/service';
import { A_TUESDAY_AT_TEN, aHandler } from '@/prisma/factories/staff';

const TODAY = parseLocalDate('2026-11-24') ?? expect.fail();

test('the bookings of a day name each patient, are audited with whom they show, and leave cancelled ones out', async () => {
  const service = await aService();
  const admin = await aHandler({ role: 'service-admin', scope: service.id });
  const handler = await aHandler();
  const patient = await aPatient({ familyName: '=Notreal' });
  const booked = await anAppointment(handler, { call: { patientId: patient.id }, slot: { serviceId: service.id } });
  const cancelled = await anAppointment(handler, { slot: { serviceId: service.id, startsAt: addMinutes(A_TUESDAY_AT_TEN, 90) } });
  await db.appointment.update({ where: { id: cancelled.id }, data: { status: 'cancelled', releasedAt: A_TUESDAY_AT_TEN } });

  const [header, ...rows] = (await bookingsCsv(admin, { serviceId: service.id, date: TODAY }))?.trim().split('\r\n') ?? [];
  expect(header).toContain('reference,status,orphaned,family_name');
  expect(rows).toEqual([
    `2026-11-24,11:00,11:10,${booked.reference},booked,no,'=Notreal,Tomasz,1984-03-02,male,${patient.nhsNumber},07700 900153,Sore throat for three days,,in-person,Nurse practitioner,`,
  ]);
  const [audited] = await db.auditEvent.findMany({ where: { type: 'schedule.day-exported', subject: service.id } });
  expect(audited?.detail).toEqual({ date: '2026-11-24', count: 1, patients: [patient.id], appointments: [booked.id] });
});

test("the bookings of another's service are not told, which is audited", async () => {
  const service = await aService();
  const admin = await aHandler({ role: 'service-admin', scope: (await aService()).id });
  expect(await bookingsCsv(admin, { serviceId: service.id, date: TODAY })).toBeNull();
  expect(await db.auditEvent.count({ where: { type: 'service.access-refused', subject: service.id } })).toBe(1);
});

test('whoever may not read appointments may not export them', async () => {
  await expect(bookingsCsv(await aHandler({ role: 'commissioner' }), { serviceId: (await aService()).id, date: TODAY })).rejects.toThrow('appointment:read');
});
