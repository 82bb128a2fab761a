import { expect, test } from '@playwright/test';
import { z } from 'zod';
import { db } from '@/lib/platform/db';
import { aPatient } from '@/prisma/factories/patient';
import { aBooking } from '@/scripts/test-support/fhir/bookings';
import { expectAccessible } from './support/axe';
import { signInAsSomebody } from './support/call';
import { aRegisteredSystem, bearer } from './support/system';
import { aServiceNearby } from './support/world';

const appointment = z.looseObject({ id: z.string(), status: z.string(), meta: z.looseObject({ versionId: z.string() }) });

/** A free slot soon, with the schedule that another system found it in. */
async function aSlotSoon() {
  const { service, slots: [slot] } = await aServiceNearby({ slots: 1, startsInMinutes: 60 });
  const { scheduleId } = await db.session.findUniqueOrThrow({ where: { id: slot?.sessionId }, select: { scheduleId: true } });
  if (!slot) throw new Error('no slot was made');
  return { service, slot: { id: slot.id, startsAt: slot.startsAt, endsAt: slot.endsAt, scheduleId } };
}

test('U-160, U-161: another system books, the call handler sees who did it and cancels on the screen, and the system reads the second version', async ({ page, request }) => {
  const { name, organisation, credentials } = await aRegisteredSystem();
  const headers = { ...(await bearer(request, credentials)), 'content-type': 'application/fhir+json' };
  const { service, slot } = await aSlotSoon();
  const patient = await aPatient();

  const booked = await request.post('/STU3/Appointment', { headers, data: aBooking({ slot, nhsNumber: patient.nhsNumber }) });
  expect(booked.status(), await booked.text()).toBe(201);
  const { id } = appointment.parse(await booked.json());
  const { reference } = await db.appointment.findUniqueOrThrow({ where: { id }, select: { reference: true } });

  await signInAsSomebody(page);
  await page.getByRole('link', { name: 'Find an appointment' }).click();
  await page.getByRole('textbox', { name: 'Reference' }).fill(reference);
  await page.getByRole('button', { name: 'Find by reference' }).click();
  await expect(page.getByRole('heading', { level: 1, name: `Appointment ${reference}` })).toBeVisible();
  await expect(page.getByText(`by ${name} for ${organisation.name}, Ms Orla Samplewright`).first()).toBeVisible();
  // The other system sent a birth date that is not the one of the register.
  await expect(page.getByText('Booked as born 6 Nov 2024. Check who the patient is.')).toBeVisible();
  await expect(page.getByText('First: Next-of-Kin, Hanna Notreal, 07700 900153')).toBeVisible();
  const through = page.getByRole('region', { name: 'Came through the API' });
  await expect(through).toContainText(`${organisation.name} (${organisation.code})`);
  await expect(through).toContainText('Ms Orla Samplewright, id u-204, role profile not known');
  await expect(through).toContainText(/\d{2}:\d{2}:\d{2}/);
  await expectAccessible(page);

  await page.getByRole('link', { name: 'Cancel this appointment' }).click();
  await expect(page.getByText(service.name).first()).toBeVisible();
  await page.getByLabel('Patient cannot attend at that time').check();
  await page.getByRole('button', { name: 'Cancel this appointment' }).click();
  await expect(page.getByText(/Cancelled today at/).first()).toBeVisible();

  const read = await request.get(`/STU3/Appointment/${id}`, { headers });
  expect(read.headers()['etag']).toBe('W/"2"');
  expect(appointment.parse(await read.json())).toMatchObject({ status: 'cancelled', meta: { versionId: '2' } });
});

test('what another system cancels is told on the screen as that system’s doing', async ({ page, request }) => {
  const { name, credentials } = await aRegisteredSystem();
  const headers = { ...(await bearer(request, credentials)), 'content-type': 'application/fhir+json' };
  const { slot } = await aSlotSoon();
  const booked = await request.post('/STU3/Appointment', { headers, data: aBooking({ slot }) });
  const body = appointment.parse(await booked.json());
  const cancelled = await request.put(`/STU3/Appointment/${body.id}`, { headers: { ...headers, 'if-match': 'W/"1"' }, data: { ...body, status: 'cancelled' } });
  expect(cancelled.status(), await cancelled.text()).toBe(200);

  await signInAsSomebody(page);
  await page.goto(`/appointments/${body.id}`);
  await expect(page.getByRole('heading', { name: new RegExp(`^Cancelled today at \\d\\d:\\d\\d by ${name} for `) })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Came through the API' }).getByRole('heading', { level: 3 })).toHaveText(['Cancelled', 'Booked']);
  await expectAccessible(page);
});
