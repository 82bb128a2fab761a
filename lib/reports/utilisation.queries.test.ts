import { expect, test } from 'vitest';
import { db } from '@/lib/platform/db';
import { addMinutes, parseLocalDate } from '@/lib/platform/time';
import { utilisationOf } from '@/lib/reports/utilisation.queries';
import { anAppointment } from '@/prisma/factories/appointment';
import { aService } from '@/prisma/factories/service';
import { freeSlotsInARow } from '@/prisma/factories/slot';
import { A_TUESDAY_AT_TEN, aHandler } from '@/prisma/factories/staff';

const TODAY = parseLocalDate('2026-11-24') ?? expect.fail();
const SPAN = { from: TODAY, to: TODAY };

async function aServiceWithAdmin() {
  const service = await aService();
  return { service, admin: await aHandler({ role: 'service-admin', scope: service.id }), handler: await aHandler() };
}

test('slots count by weekday and hour of London; withdrawn ones do not', async () => {
  const { service, admin, handler } = await aServiceWithAdmin();
  const slots = await freeSlotsInARow(7, { serviceId: service.id, startsAt: addMinutes(A_TUESDAY_AT_TEN, 30) });
  await db.slot.update({ where: { id: slots[6]?.id }, data: { status: 'withdrawn' } });
  await anAppointment(handler, { slot: { serviceId: service.id, startsAt: addMinutes(A_TUESDAY_AT_TEN, 45) } });

  const used = await utilisationOf(admin, { serviceId: service.id, span: SPAN });
  expect(used?.hours).toEqual([
    { weekday: 2, hour: 10, offered: 4, booked: 1 },
    { weekday: 2, hour: 11, offered: 3, booked: 0 },
  ]);
});

test('lead times are from booking to start, with their median; a cancelled appointment has none', async () => {
  const { service, admin, handler } = await aServiceWithAdmin();
  const made = [];
  for (const minutes of [30, 90, 100, 110]) made.push(await anAppointment(handler, { slot: { serviceId: service.id, startsAt: addMinutes(A_TUESDAY_AT_TEN, minutes) } }));
  await db.appointment.update({ where: { id: made[3]?.id }, data: { status: 'cancelled', releasedAt: A_TUESDAY_AT_TEN } });

  const used = await utilisationOf(admin, { serviceId: service.id, span: SPAN });
  expect(used).toMatchObject({ medianLeadMinutes: 90, cancelled: 1, attended: 0, noShows: 0 });
  expect(used?.leads.slice(0, 3)).toEqual([
    { fromHours: 0, toHours: 1, count: 1 },
    { fromHours: 1, toHours: 2, count: 2 },
    { fromHours: 2, toHours: 4, count: 0 },
  ]);
  expect(used?.leads.at(-1)).toEqual({ fromHours: 168, toHours: null, count: 0 });
});

test('those who came and those who did not are counted', async () => {
  const { service, admin, handler } = await aServiceWithAdmin();
  for (const [minutes, steps] of [[30, ['arrived']], [45, ['arrived', 'fulfilled']], [60, ['noshow']]] as const) {
    const { id } = await anAppointment(handler, { slot: { serviceId: service.id, startsAt: addMinutes(A_TUESDAY_AT_TEN, minutes) } });
    for (const status of steps) await db.appointment.update({ where: { id }, data: { status } });
  }
  expect(await utilisationOf(admin, { serviceId: service.id, span: SPAN })).toMatchObject({ attended: 2, noShows: 1 });
});

test('a service without a slot has no hours and no median', async () => {
  const { service, admin } = await aServiceWithAdmin();
  const used = await utilisationOf(admin, { serviceId: service.id, span: SPAN });
  expect(used).toMatchObject({ hours: [], medianLeadMinutes: null });
  expect(used?.leads.map(({ count }) => count)).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
});

test('an admin of another service sees nothing, which is audited', async () => {
  const { service } = await aServiceWithAdmin();
  const { admin } = await aServiceWithAdmin();
  expect(await utilisationOf(admin, { serviceId: service.id, span: SPAN })).toBeNull();
  expect(await db.auditEvent.count({ where: { type: 'service.access-refused', subject: service.id, actorId: admin.actor.id } })).toBe(1);
});
