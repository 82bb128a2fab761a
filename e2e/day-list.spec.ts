import { expect, test, type Page } from '@playwright/test';
import { db } from '@/lib/platform/db';
import { addMinutes, readClock } from '@/lib/platform/time';
import { clockTime, londonDate } from '@/lib/platform/time-words';
import { anAppointment } from '@/prisma/factories/appointment';
import { aPatient } from '@/prisma/factories/patient';
import { aService } from '@/prisma/factories/service';
import { aHandler } from '@/prisma/factories/staff';
import { expectAccessible } from './support/axe';
import { signInWith } from './support/call';
import { wholeMinute } from './support/world';

/**
 * A service with two appointments that have just begun. They were booked an hour before; the list is asked for their own day, which near
 * midnight is yesterday.
 */
async function aFrontDesk() {
  const service = await aService();
  const handler = await aHandler({ now: addMinutes(readClock(), -60) });
  const names = ['Placeholder', 'Madeup'] as const;
  const appointments = [];
  for (const [index, familyName] of names.entries()) {
    const patient = await aPatient({ familyName, givenName: 'Ada' });
    const startsAt = addMinutes(wholeMinute(), -20 + index);
    const call = { patientId: patient.id, openedAt: handler.now, dispositionAt: handler.now, dueAt: addMinutes(handler.now, 120) };
    appointments.push(await anAppointment(handler, { call, slot: { serviceId: service.id, startsAt } }));
  }
  const [first, second] = appointments;
  if (!first || !second) throw new Error('no appointments');
  return { service, handler, first, second, path: `/schedules/${service.id}/day?date=${londonDate(first.startsAt)}` };
}

const rowOf = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });

for (const width of [1280, 375]) {
  test(`the front desk marks who arrived, was seen and did not come, and takes it back, ${width} pixels wide`, async ({ page }) => {
    const { service, first, second, path } = await aFrontDesk();
    await page.setViewportSize({ width, height: 812 });
    await signInWith(page, { role: 'service-admin', scope: service.id });
    await page.goto(path);
    const [one, other] = [rowOf(page, 'PLACEHOLDER, Ada'), rowOf(page, 'MADEUP, Ada')];
    await expect(page.getByText('2 appointments')).toBeVisible();
    await expect(one).toContainText(clockTime(first.startsAt));
    await expect(one).toContainText(first.reference);
    await expect(one).toContainText(first.reason);
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);

    await one.getByRole('button', { name: 'Arrived' }).click();
    await expect(one.getByText('Now: arrived')).toBeFocused();
    await expectAccessible(page);
    await one.getByRole('button', { name: 'Seen' }).click();
    await expect(one.getByText('Now: attended')).toBeFocused();
    await other.getByRole('button', { name: 'Did not come' }).click();
    await expect(other.getByText('Now: did not attend')).toBeFocused();
    await expect(page.getByText('1 attended')).toBeVisible();
    await expectAccessible(page);

    await other.getByRole('button', { name: 'Undo' }).click();
    await expect(other.getByText('Now: booked')).toBeFocused();
    await expect(other.getByRole('button', { name: 'Arrived' })).toBeVisible();
    expect(await db.appointment.findUniqueOrThrow({ where: { id: second.id } })).toMatchObject({ status: 'booked', version: 3 });
    expect(await db.appointment.findUniqueOrThrow({ where: { id: first.id } })).toMatchObject({ status: 'fulfilled', version: 3 });
  });
}

test('what a colleague marked meanwhile is told, and the list is as it stands; nothing is marked twice', async ({ page, context }) => {
  const { service, first, path } = await aFrontDesk();
  await signInWith(page, { role: 'service-admin', scope: service.id });
  await page.goto(path);
  const colleague = await context.newPage();
  await colleague.goto(path);
  await rowOf(colleague, 'PLACEHOLDER, Ada').getByRole('button', { name: 'Did not come' }).click();
  await expect(colleague.getByText('Now: did not attend')).toBeVisible();

  await rowOf(page, 'PLACEHOLDER, Ada').getByRole('button', { name: 'Arrived' }).click();
  const alert = page.getByRole('main').getByRole('alert');
  await expect(alert).toContainText('The appointment has changed since you looked');
  await expect(alert).toContainText(first.reference);
  await expect(rowOf(page, 'PLACEHOLDER, Ada').getByText('Did not attend', { exact: true })).toBeVisible();
  await expectAccessible(page);
});

test('marks are made by the keyboard, and one press does one thing', async ({ page }) => {
  const { service, first, path } = await aFrontDesk();
  await signInWith(page, { role: 'service-admin', scope: service.id });
  await page.goto(path);
  await rowOf(page, 'PLACEHOLDER, Ada').getByRole('button', { name: 'Arrived' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Now: arrived')).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(rowOf(page, 'PLACEHOLDER, Ada').getByRole('button', { name: 'Seen' })).toBeFocused();
  expect(await db.appointment.findUniqueOrThrow({ where: { id: first.id } })).toMatchObject({ status: 'arrived', version: 2 });
});

test('printed, it is a table without buttons; who was cancelled is folded away', async ({ page }) => {
  const { service, handler, second, path } = await aFrontDesk();
  await db.appointment.update({ where: { id: second.id }, data: { status: 'cancelled', version: 2, releasedAt: handler.now, cancelReason: 'patient-better' } });
  await signInWith(page, { role: 'service-admin', scope: service.id });
  await page.goto(path);
  await expect(rowOf(page, 'MADEUP, Ada')).toBeHidden();
  await page.getByText('Cancelled, moved or entered in error (1)').click();
  await expect(rowOf(page, 'MADEUP, Ada').getByText('Cancelled', { exact: true })).toBeVisible();
  await expectAccessible(page);

  await page.emulateMedia({ media: 'print' });
  await expect(page.getByText('PLACEHOLDER, Ada')).toBeVisible();
  for (const name of ['Arrived', 'Print', 'Show']) await expect(page.getByRole('button', { name })).toBeHidden();
  await expect(page.getByRole('navigation')).toHaveCount(0);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('marks are plain forms, and another day is asked for by a plain form too', async ({ page }) => {
    const { service, first, path } = await aFrontDesk();
    await signInWith(page, { role: 'service-admin', scope: service.id });
    await page.goto(path);
    await rowOf(page, 'PLACEHOLDER, Ada').getByRole('button', { name: 'Arrived' }).click();
    await expect(rowOf(page, 'PLACEHOLDER, Ada').getByText('Now: arrived')).toBeVisible();
    expect(await db.appointment.findUniqueOrThrow({ where: { id: first.id } })).toMatchObject({ status: 'arrived', version: 2 });
    await page.getByLabel('Day', { exact: true }).fill('2026-01-05');
    await page.getByRole('button', { name: 'Show' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Day list, Monday 5 January 2026' })).toBeVisible();
    await expect(page.getByText('Nobody is booked on this day.')).toBeVisible();
  });
});
