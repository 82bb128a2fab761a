import { expect, test, type Page } from '@playwright/test';
import { aService } from '@/prisma/factories/service';
import { db } from '@/lib/platform/db';
import { expectAccessible } from './support/axe';
import { passOverOthers, signInAsSomebody, startCall } from './support/call';
import { anEnglishPostcode } from './support/world';

async function aCallNear(page: Page, given: { isBookable: boolean; isBookingOnly?: boolean }) {
  const place = await anEnglishPostcode();
  const service = await aService({ ...place, ...given });
  await signInAsSomebody(page);
  const { callId } = await startCall(page, { postcode: place.postcode });
  return { service, callId };
}

test('a service without bookings is referred to, with the reason that the facts give, and the call ends', async ({ page }) => {
  const { service, callId } = await aCallNear(page, { isBookable: false });
  await page.goto(`/calls/${callId}/refer?service=${service.id}`);
  await expect(page.getByRole('heading', { level: 1, name: 'Refer without a booking' })).toBeVisible();
  await expect(page.getByLabel('The service takes no bookings here')).toBeChecked();
  await expectAccessible(page);

  await passOverOthers(page);
  await page.getByRole('button', { name: 'Refer without a booking' }).click();
  await expect(page.getByRole('heading', { name: `The referral was sent to ${service.name}` })).toBeVisible();
  await expectAccessible(page);
  expect(await db.referral.findFirstOrThrow({ where: { callId } })).toMatchObject({ serviceId: service.id, appointmentId: null, reason: 'no-booking-here' });
});

test('a service with nothing free in time has that as the reason already (D-054)', async ({ page }) => {
  const { service, callId } = await aCallNear(page, { isBookable: true });
  await page.goto(`/calls/${callId}/refer?service=${service.id}`);
  await expect(page.getByLabel('No slot in time')).toBeChecked();
  await page.getByLabel('Another reason').check();
  await page.getByRole('button', { name: 'Refer without a booking' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('Say what the other reason is');
  await expect(page.getByLabel('Another reason')).toBeChecked();
  await expectAccessible(page);
});

test('a booking-only service takes no referral without a booking, and the screen offers its slots and other services (U-091 to U-093)', async ({ page }) => {
  const { service, callId } = await aCallNear(page, { isBookable: true, isBookingOnly: true });
  await page.goto(`/calls/${callId}/refer?service=${service.id}`);
  await expect(page.getByRole('heading', { name: `${service.name} takes no referral without a booking` })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Refer without a booking' })).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'Choose another service' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('link', { name: 'See the slots there' }).click();
  await expect(page.getByRole('heading', { level: 2, name: service.name })).toBeVisible();
});
