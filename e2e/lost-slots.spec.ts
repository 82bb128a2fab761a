import { expect, test, type Browser } from '@playwright/test';
import { db } from '@/lib/platform/db';
import { addMinutes, readClock } from '@/lib/platform/time';
import { expectAccessible } from './support/axe';
import { chooseService, holdFirst, signInAsSomebody, startCall } from './support/call';
import { aServiceNearby } from './support/world';

/** Somebody else, in a browser of their own, on the same services. */
async function another(browser: Browser) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await signInAsSomebody(page);
  return page;
}

test('a slot that another call holds meanwhile is refused in words, with what is free instead', async ({ page, browser }) => {
  const { service, postcode } = await aServiceNearby({ slots: 4 });
  await signInAsSomebody(page);
  await startCall(page, { postcode });
  await chooseService(page, service.name);
  await expect(page.getByRole('button', { name: /^Hold \d/ })).toHaveCount(4);

  const rival = await another(browser);
  await startCall(rival, { postcode });
  await holdFirst(rival, service.name);

  await page.getByRole('button', { name: /^Hold \d/ }).first().click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText(/another call holds/i);
  await expect(page.getByRole('button', { name: /^Hold / })).not.toHaveCount(0);
  await expectAccessible(page);
});

test('a hold that expired while typing keeps the typed form and offers the nearest slots', async ({ page }) => {
  const { service, postcode, slots } = await aServiceNearby({ slots: 4 });
  await signInAsSomebody(page);
  await startCall(page, { postcode });
  await holdFirst(page, service.name);
  await page.getByRole('link', { name: 'Check and book' }).click();
  await page.getByLabel('Reason for the appointment').fill('Typed with care');
  await db.slot.updateMany({ where: { id: slots[0]?.id }, data: { heldUntil: addMinutes(readClock(), -1) } });

  await page.getByRole('button', { name: 'Book this appointment' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText(/hold/i);
  await expect(page.getByLabel('Reason for the appointment')).toHaveValue('Typed with care');
  await expectAccessible(page);
  await expect(page.getByText('Held for you')).toBeHidden();
  const offers = page.getByRole('region', { name: 'Free now' }).getByRole('button', { name: /^Hold/ });
  expect(await offers.count()).toBeGreaterThanOrEqual(3);

  await offers.nth(1).click();
  await expect(page.getByText('Held for you')).toBeVisible();
  await expect(page.getByLabel('Reason for the appointment')).toHaveValue('Typed with care');
  await page.getByRole('button', { name: 'Book this appointment' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Booked' })).toBeVisible();
});

test('a slot that the service withdraws while it is held is refused in words', async ({ page }) => {
  const { service, postcode, slots } = await aServiceNearby({ slots: 2 });
  await signInAsSomebody(page);
  await startCall(page, { postcode });
  await holdFirst(page, service.name);
  await page.getByRole('link', { name: 'Check and book' }).click();
  await page.getByLabel('Reason for the appointment').fill('Typed with care');
  await db.slot.updateMany({ where: { id: slots[0]?.id }, data: { status: 'withdrawn', heldByCall: null, heldUntil: null } });

  await page.getByRole('button', { name: 'Book this appointment' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText(/withdrawn/i);
  await expect(page.getByLabel('Reason for the appointment')).toHaveValue('Typed with care');
});

test('a slot that has begun is refused in words', async ({ page }) => {
  const { service, postcode, slots } = await aServiceNearby({ slots: 2 });
  await signInAsSomebody(page);
  await startCall(page, { postcode });
  await chooseService(page, service.name);
  await expect(page.getByRole('button', { name: /^Hold \d/ }).first()).toBeVisible();
  const begun = addMinutes(readClock(), -5);
  await db.slot.updateMany({ where: { id: slots[0]?.id }, data: { startsAt: begun, endsAt: addMinutes(begun, 10) } });

  await page.getByRole('button', { name: /^Hold \d/ }).first().click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText(/already begun/i);
});

test('a slot after the due time asks a call handler for approval and the caller for agreement', async ({ page }) => {
  const { service, postcode } = await aServiceNearby({ slots: 1, startsInMinutes: 150 });
  await signInAsSomebody(page);
  await startCall(page, { postcode });
  await chooseService(page, service.name);
  await page.getByRole('button', { name: /^Hold / }).click();
  await page.getByRole('link', { name: 'Check and book' }).click();
  await page.getByLabel('Reason for the appointment').fill('Earache');
  await page.getByRole('button', { name: 'Book this appointment' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText(/clinician|approv/i);
  await expectAccessible(page);

  await page.getByLabel('Approved by').fill('Dr Placeholder');
  await page.getByLabel('Why the clinician approved it').fill('Nothing sooner within reach');
  await page.getByLabel('The caller knows').check();
  await page.getByRole('button', { name: 'Book this appointment' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Booked' })).toBeVisible();
});
