import { expect, test } from '@playwright/test';
import { HOLD, holdFirst, signInAsSomebody, signInWith, startCall } from './support/call';
import { aServiceNearby } from './support/world';

test.use({ javaScriptEnabled: false });

test('the whole journey works as plain forms, with JavaScript off', async ({ page }) => {
  const { service, postcode } = await aServiceNearby();
  await signInAsSomebody(page);
  await startCall(page, { postcode, disposition: 'primary care 2 hours contact' });
  await holdFirst(page, service.name);

  await page.getByRole('link', { name: 'Check and book' }).click();
  await page.getByRole('button', { name: 'Book this appointment' }).click();
  await expect(page.getByRole('link', { name: 'Enter the reason for the appointment' })).toBeVisible();
  await page.getByLabel('Reason for the appointment').fill('Fever since last night');
  await page.getByRole('button', { name: 'Book this appointment' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Booked' })).toBeVisible();

  await page.getByRole('link', { name: 'See or cancel the appointment' }).click();
  await page.getByRole('link', { name: 'Cancel this appointment' }).click();
  await page.getByLabel('Patient cannot attend at that time').check();
  await page.getByRole('button', { name: 'Cancel this appointment' }).click();
  await expect(page.getByText(/Cancelled today at/).first()).toBeVisible();
});

test('letting a slot go, with JavaScript off, leaves it free for others', async ({ page }) => {
  const { service, postcode } = await aServiceNearby({ slots: 1 });
  await signInAsSomebody(page);
  await startCall(page, { postcode });
  await holdFirst(page, service.name);
  await page.getByRole('button', { name: 'let go' }).click();
  await page.getByRole('link', { name: service.name }).click();
  await expect(page.getByRole('button', { name: HOLD })).toHaveCount(1);
});

test('a call is handed over, taken back and closed as plain forms, with JavaScript off', async ({ page, browser }) => {
  const { postcode } = await aServiceNearby({ slots: 0 });
  const { ctx } = await signInAsSomebody(page);
  const other = await browser.newPage();
  const colleague = await signInWith(other, { organisationCode: ctx.actor.organisation.code });
  await other.close();
  const { callId } = await startCall(page, { postcode });
  await page.getByRole('link', { name: 'Hand over' }).click();
  await page.getByLabel('Who goes on with this call?').selectOption(colleague.ctx.actor.name);
  await page.getByRole('button', { name: 'Hand the call over' }).click();
  await expect(page.getByRole('heading', { name: `The call is now with ${colleague.ctx.actor.name}` })).toBeVisible();

  await page.goto(`/calls/${callId}/services`);
  await page.getByRole('button', { name: 'Take this call over' }).click();
  await page.getByRole('link', { name: 'Close without a service' }).click();
  await page.getByRole('button', { name: 'Close this call' }).click();
  await expect(page.getByRole('link', { name: 'Choose why the call is closed' })).toBeVisible();
  await page.getByLabel('No service could be found').check();
  await page.getByRole('button', { name: 'Close this call' }).click();
  await expect(page.getByRole('heading', { name: 'The call is closed' })).toBeVisible();
});

test('words that fit several dispositions, and ambiguous practices, are offered as buttons', async ({ page }) => {
  await signInAsSomebody(page);
  await page.goto('/calls/new');
  await page.getByText('No NHS number: type the details').click();
  await page.getByLabel('First name').fill('Ewa');
  await page.getByLabel('Last name').fill('Testperson');
  await page.getByLabel('Day').fill('6');
  await page.getByLabel('Month').fill('11');
  await page.getByLabel('Year').fill('1980');
  await page.getByLabel('Female').check();
  await page.getByLabel('Home postcode').fill('ls14ap');
  await page.getByLabel('Disposition').fill('primary care 2 hours');
  await page.getByRole('button', { name: 'Find services' }).click();
  await page.getByRole('button', { name: /^Dx05 / }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Services that can help' })).toBeVisible();
  await expect(page.getByText('TESTPERSON, Ewa')).toBeVisible();
  await expect(page.getByText('LS1 4AP')).toBeVisible();
});
