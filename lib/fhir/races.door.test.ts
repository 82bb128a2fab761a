import { expect, test } from 'vitest';
import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { aSystem } from '@/prisma/factories/client';
import { aService } from '@/prisma/factories/service';
import { aToken } from '@/prisma/factories/token';
import { A_TUESDAY_AT_TEN } from '@/prisma/factories/staff';
import { aBooking, aSlotToBook, slotsToBook } from '@/scripts/test-support/fhir/bookings';
import { aDoor } from '@/scripts/test-support/fhir/door';

const SLOTS = 20;
const PATIENTS = 200;

test('B-422 and B-347: of 200 patients booked at once into 20 slots exactly 20 get one, 180 are told that it has gone, and no slot is free afterwards', { timeout: 60_000 }, async () => {
  const service = await aService();
  const slots = await slotsToBook(SLOTS, { serviceId: service.id });
  const door = aDoor({ token: await aToken(await aSystem(), { now: A_TUESDAY_AT_TEN }) });

  const bookings = Array.from({ length: PATIENTS }, (_, index) => slots[index % SLOTS]).flatMap((slot) => (slot ? [aBooking({ slot })] : []));
  const told = await Promise.all(bookings.map((body) => door('/Appointment', { method: 'POST', headers: { 'x-request-id': newId() }, body })));

  const refused = told.filter(({ status }) => status !== 201);
  expect(told.length - refused.length).toBe(SLOTS);
  expect(refused).toHaveLength(PATIENTS - SLOTS);
  for (const { status, resource } of refused) expect([status, resource?.issue]).toMatchObject([422, [{ severity: 'error', code: 'processing', diagnostics: 'Slot no longer available' }]]);

  expect((await door(`/Slot?service=${service.dosId}&status=free`)).resource).toMatchObject({ total: 0 });
  expect((await door(`/Slot?service=${service.dosId}&status=busy`)).resource).toMatchObject({ total: SLOTS });
  expect(await db.appointment.count({ where: { slotId: { in: slots.map(({ id }) => id) }, releasedAt: null, status: 'booked' } })).toBe(SLOTS);
});

test('B-047: one request that arrives twenty times at once books once; the others are told where', async () => {
  const slot = await aSlotToBook();
  const door = aDoor({ token: await aToken(await aSystem(), { now: A_TUESDAY_AT_TEN }) });
  const request = { method: 'POST', headers: { 'x-request-id': newId() }, body: aBooking({ slot }) };

  const told = await Promise.all(Array.from({ length: 20 }, () => door('/Appointment', request)));

  const booked = told.filter(({ status }) => status === 201);
  expect(booked).toHaveLength(1);
  const repeats = told.filter(({ status }) => status === 409);
  expect(repeats).toHaveLength(19);
  for (const { headers, resource } of repeats) {
    expect(headers.get('location')).toBe(booked[0]?.headers.get('location'));
    expect(resource?.issue).toMatchObject([{ code: 'duplicate', diagnostics: 'X-Request-Id has been used previously' }]);
  }
});

test('B-064: twenty who cancel the same version at once: one cancels, nineteen are told that it has changed', async () => {
  const door = aDoor({ token: await aToken(await aSystem(), { now: A_TUESDAY_AT_TEN }) });
  const booked = await door('/Appointment', { method: 'POST', body: aBooking({ slot: await aSlotToBook() }) });
  const cancel = { method: 'PUT', headers: { 'if-match': 'W/"1"' }, body: { ...booked.resource, status: 'cancelled' } };

  const told = await Promise.all(Array.from({ length: 20 }, () => door(`/Appointment/${booked.resource?.id}`, cancel)));

  expect(told.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 19 }, () => 409)]);
});
