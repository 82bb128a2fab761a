import { expect, test } from '@playwright/test';
import { db } from '@/lib/platform/db';
import { expectAccessible } from './support/axe';
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
  const moving = page.getByRole('heading', { level: 1, name: 'Check and move' });
  await expect(again.or(moving)).toBeVisible();
  if (await again.isVisible()) {
    await page.getByLabel('Reason for the appointment').fill('Earache');
    await again.click();
    await expect(page.getByText(/This was already booked today at \d\d:\d\d/)).toBeVisible();
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
  await expect(second.getByText(/This was already booked today at \d\d:\d\d/)).toBeVisible();
  await expect(second.getByText('Nothing was booked twice.')).toBeVisible();
  await expectAccessible(second);
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

test('a lost answer leaves the form as it was, and sending it again tells that it was booked', async ({ page }) => {
  const { service, postcode } = await aServiceNearby();
  await signInAsSomebody(page);
  const { callId } = await startCall(page, { postcode });
  await holdFirst(page, service.name);
  await page.getByRole('link', { name: 'Check and book' }).click();
  await page.getByLabel('Reason for the appointment').fill('Earache');
  // It is booked, but the answer never reaches the browser.
  await page.route(/\/check$/, async (route) => {
    await route.fetch({ maxRedirects: 0 });
    await route.abort();
  });
  await page.getByRole('button', { name: 'Book this appointment' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('Onward did not answer in time');
  await expect(page.getByLabel('Reason for the appointment')).toHaveValue('Earache');
  await expectAccessible(page);
  expect(await db.appointment.count({ where: { callId } })).toBe(1);

  await page.unroute(/\/check$/);
  await page.getByRole('button', { name: 'Book this appointment' }).click();
  await expect(page.getByText(/This was already booked today at \d\d:\d\d/)).toBeVisible();
  expect(await db.appointment.count({ where: { callId } })).toBe(1);
});
