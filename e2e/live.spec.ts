import { expect, test } from '@playwright/test';
import { db } from '@/lib/platform/db';
import { addMinutes, readClock } from '@/lib/platform/time';
import { expectAccessible } from './support/axe';
import { chooseService, HOLD, holdFirst, signInAsSomebody, startCall } from './support/call';
import { aServiceNearby } from './support/world';

const NEXT_READING = { timeout: 25_000 };

test('a dead network is said, nothing moves, and the bar goes when Onward answers again', async ({ page, context }) => {
  const { service, postcode } = await aServiceNearby();
  await signInAsSomebody(page);
  await startCall(page, { postcode });
  await chooseService(page, service.name);
  const bar = page.getByRole('status').filter({ hasText: 'No answer from Onward since' });
  const button = page.getByRole('button', { name: HOLD }).first();
  const place = await button.boundingBox();

  await context.setOffline(true);
  await expect(bar).toContainText(/since \d\d:\d\d/, NEXT_READING);
  expect(await button.boundingBox()).toEqual(place);
  await expectAccessible(page);

  await context.setOffline(false);
  await expect(bar).toHaveCount(0, NEXT_READING);
  expect(await button.boundingBox()).toEqual(place);
});

test('a slot that goes meanwhile stays in its place, struck through, and a new one comes in', async ({ page }) => {
  const { service, postcode, slots } = await aServiceNearby({ slots: 3 });
  await signInAsSomebody(page);
  await startCall(page, { postcode });
  await chooseService(page, service.name);
  await expect(page.getByRole('button', { name: HOLD })).toHaveCount(3);

  await db.slot.update({ where: { id: slots[1]?.id ?? '' }, data: { status: 'withdrawn' } });
  await expect(page.getByText('Just taken')).toBeVisible(NEXT_READING);
  await expect(page.getByRole('button', { name: HOLD })).toHaveCount(2);
  await expectAccessible(page);

  await db.slot.update({ where: { id: slots[1]?.id ?? '' }, data: { status: 'free' } });
  await expect(page.getByRole('button', { name: HOLD })).toHaveCount(3, NEXT_READING);
});

test('a slot that another call holds says when it is free again, and is offered then', async ({ page, browser }) => {
  const { service, postcode } = await aServiceNearby({ slots: 1 });
  const rival = await (await browser.newContext()).newPage();
  await signInAsSomebody(rival);
  await startCall(rival, { postcode });
  await holdFirst(rival, service.name);

  await signInAsSomebody(page);
  await startCall(page, { postcode });
  await chooseService(page, service.name);
  await expect(page.getByText(/free again in up to [45] min/).first()).toBeVisible();
  await expect(page.getByText('Everything in time is held by other calls')).toBeVisible();
  await rival.getByRole('button', { name: 'let go' }).click();
  await expect(page.getByRole('button', { name: HOLD })).toHaveCount(1, NEXT_READING);
});

test('a browser whose clock is three hours wrong shows the right time left, and books', async ({ page }) => {
  await page.clock.install({ time: addMinutes(readClock(), 180) });
  const { service, postcode } = await aServiceNearby();
  await signInAsSomebody(page);
  await startCall(page, { postcode });
  await expect(page.getByRole('timer', { name: 'Disposition clock' })).toContainText(/^(2 h|1 h 5\d min) left/);
  await holdFirst(page, service.name);
  await expect(page.getByRole('timer', { name: 'Time left of the hold' })).toContainText(/^[45]:\d\d left/);

  await page.getByRole('link', { name: 'Check and book' }).click();
  await expect(page.getByRole('timer', { name: 'Time left of the hold' })).toContainText(/^[45]:\d\d left/);
  await page.getByLabel('Reason for the appointment').fill('Earache');
  await page.getByRole('button', { name: 'Book this appointment' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Booked' })).toBeVisible();
});
