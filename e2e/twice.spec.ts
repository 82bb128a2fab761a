import { expect, test } from '@playwright/test';
import { db } from '@/lib/platform/db';
import { holdFirst, signInAsSomebody, startCall } from './support/call';
import { aServiceNearby } from './support/world';

test('a double click books once', async ({ page }) => {
  const { service, postcode } = await aServiceNearby();
  await signInAsSomebody(page);
  const { callId } = await startCall(page, { postcode });
  await holdFirst(page, service.name);
  await page.getByRole('link', { name: 'Check and book' }).click();
  await page.getByLabel('Reason for the appointment').fill('Earache');
  await page.getByRole('button', { name: 'Book this appointment' }).dblclick();

  await expect(page.getByRole('heading', { level: 1, name: 'Booked' })).toBeVisible();
  expect(await db.appointment.count({ where: { callId } })).toBe(1);
});

test('the back button after booking shows the truth, and sending again books nothing more', async ({ page }) => {
  const { service, postcode } = await aServiceNearby();
  await signInAsSomebody(page);
  const { callId } = await startCall(page, { postcode });
  await holdFirst(page, service.name);
  await page.getByRole('link', { name: 'Check and book' }).click();
  await page.getByLabel('Reason for the appointment').fill('Earache');
  await page.getByRole('button', { name: 'Book this appointment' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Booked' })).toBeVisible();

  await page.goBack();
  const again = page.getByRole('button', { name: 'Book this appointment' });
  const ended = page.getByRole('heading', { level: 1, name: 'This call has ended' });
  await expect(again.or(ended)).toBeVisible();
  if (await again.isVisible()) {
    await page.getByLabel('Reason for the appointment').fill('Earache');
    await again.click();
    await expect(page.getByText(/ONW-/).first()).toBeVisible();
  }
  expect(await db.appointment.count({ where: { callId } })).toBe(1);
});

test('the same call in two tabs leads to one booking, and the second tab says so', async ({ page, context }) => {
  const { service, postcode } = await aServiceNearby();
  await signInAsSomebody(page);
  const { callId } = await startCall(page, { postcode });
  await holdFirst(page, service.name);
  await page.goto(`/calls/${callId}/check`);
  const second = await context.newPage();
  await second.goto(`/calls/${callId}/check`);

  for (const tab of [page, second]) await tab.getByLabel('Reason for the appointment').fill('Earache');
  await page.getByRole('button', { name: 'Book this appointment' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Booked' })).toBeVisible();
  await second.getByRole('button', { name: 'Book this appointment' }).click();
  await expect(second.getByText(/ONW-/).first()).toBeVisible();
  expect(await db.appointment.count({ where: { callId } })).toBe(1);
});

test('the back button after booking, with JavaScript off, books nothing more', async ({ browser }) => {
  const { service, postcode } = await aServiceNearby();
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await signInAsSomebody(page);
  const { callId } = await startCall(page, { postcode });
  await holdFirst(page, service.name);
  await page.getByRole('link', { name: 'Check and book' }).click();
  await page.getByLabel('Reason for the appointment').fill('Earache');
  await page.getByRole('button', { name: 'Book this appointment' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Booked' })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(await db.appointment.count({ where: { callId } })).toBe(1);
  await context.close();
});
