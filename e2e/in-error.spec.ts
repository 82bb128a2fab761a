import { expect, test } from '@playwright/test';
import { db } from '@/lib/platform/db';
import { bookedByHand } from './support/appointment';
import { expectAccessible } from './support/axe';
import { signInAsSomebody } from './support/call';

test('a supervisor marks an appointment as entered in error, says what was wrong, and its slot is free again', async ({ page }) => {
  const { ctx } = await signInAsSomebody(page, 'supervisor');
  const { appointment } = await bookedByHand(ctx);
  await page.goto(`/appointments/${appointment.id}`);
  await page.getByRole('link', { name: 'Entered in error' }).click();
  await expect(page.getByRole('heading', { level: 1, name: `Mark appointment ${appointment.reference} as entered in error` })).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Mark as entered in error' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('Enter the words that say what was wrong');
  await expectAccessible(page);
  await page.getByLabel('What was wrong?').fill('Booked for the wrong patient');
  await page.getByRole('button', { name: 'Mark as entered in error' }).click();

  await expect(page.getByRole('heading', { level: 2, name: /^Marked as entered in error today at/ })).toBeVisible();
  await expect(page.getByText('Booked for the wrong patient').first()).toBeVisible();
  await expect(page.getByRole('link', { name: 'Cancel this appointment' })).toHaveCount(0);
  await expectAccessible(page);
  expect(await db.slot.findUniqueOrThrow({ where: { id: appointment.slotId } })).toMatchObject({ status: 'free' });
});

test('a call handler is not offered it, and the page leads them away', async ({ page }) => {
  const { ctx } = await signInAsSomebody(page);
  const { appointment } = await bookedByHand(ctx);
  await page.goto(`/appointments/${appointment.id}`);
  await expect(page.getByRole('link', { name: 'Cancel this appointment' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Entered in error' })).toHaveCount(0);
  await page.goto(`/appointments/${appointment.id}/in-error`);
  await expect(page.getByRole('heading', { level: 1, name: 'My calls' })).toBeVisible();
});
