import { expect, test, type Page } from '@playwright/test';
import { db } from '@/lib/platform/db';
import { expectAccessible } from './support/axe';
import { holdFirst, signInAsSomebody, startCall } from './support/call';
import { aServiceNearby } from './support/world';

async function onBookedPage(page: Page) {
  const { service, postcode } = await aServiceNearby();
  await signInAsSomebody(page);
  const { callId } = await startCall(page, { postcode });
  await holdFirst(page, service.name);
  await page.getByRole('link', { name: 'Check and book' }).click();
  await page.getByLabel('Reason for the appointment').fill('Sore throat for three days');
  await page.getByRole('button', { name: 'Book this appointment' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Booked' })).toBeVisible();
  return { callId };
}

test('ticks of the read-back are kept with their time, through a reload and on the way to the next call', async ({ page }) => {
  const { callId } = await onBookedPage(page);
  await expectAccessible(page);
  await page.getByLabel(/^Your appointment is on/).check();
  await page.getByRole('button', { name: 'Save the ticks' }).click();
  await expect(page.getByText(/^1 of 5 lines were read to the caller \(today at/)).toBeVisible();
  await expectAccessible(page);
  await page.reload();
  await expect(page.getByLabel(/^Your appointment is on/)).toBeChecked();
  await expect(page.getByLabel(/^Your reference is/)).not.toBeChecked();

  for (const line of await page.getByRole('checkbox').all()) await line.check();
  await page.getByRole('button', { name: 'New call' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'New call' })).toBeVisible();
  const events = await db.callEvent.findMany({ where: { callId, kind: 'read-back' }, orderBy: { seq: 'asc' }, select: { body: true } });
  expect(events).toMatchObject([{ body: { lines: ['when'] } }, { body: { lines: ['when', 'service', 'how', 'worse', 'reference'] } }]);
});

test('nothing is kept when nothing was ticked', async ({ page }) => {
  const { callId } = await onBookedPage(page);
  await page.getByRole('button', { name: 'New call' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'New call' })).toBeVisible();
  expect(await db.callEvent.count({ where: { callId, kind: 'read-back' } })).toBe(0);
});

test('whoever comes back to a booking is told when it was booked, and that nothing was booked twice', async ({ page }) => {
  const { callId } = await onBookedPage(page);
  await page.goto(`/calls/${callId}/booked?again=1`);
  await expect(page.getByRole('heading', { name: /^This was already booked today at \d\d:\d\d/ })).toBeVisible();
  await expect(page.getByText('Nothing was booked twice.')).toBeVisible();
  await expectAccessible(page);
  expect(await db.appointment.count({ where: { callId } })).toBe(1);
});
