import { expect, test } from '@playwright/test';
import { expectAccessible } from './support/axe';
import { callIdOf, holdFirst, signInAsSomebody, startCall } from './support/call';
import { aServiceNearby } from './support/world';

test('a call handler finds a service, holds a slot, books it, reads it back and cancels it', async ({ page }) => {
  const { service, postcode } = await aServiceNearby({ handlerInstructions: 'Ask for the medicines list.' });
  await signInAsSomebody(page);
  await expect(page.getByRole('heading', { level: 1, name: 'My calls' })).toBeVisible();
  await expectAccessible(page);

  const { patient } = await startCall(page, { postcode });
  await expect(page).toHaveTitle('Services – this call – Onward');
  await expect(page.getByRole('timer', { name: 'Disposition clock' })).toContainText('left');
  await expectAccessible(page);

  await holdFirst(page, service.name);
  await expect(page.getByText('Ask for the medicines list.')).toBeVisible();
  await expect(page.getByText(/[45]:\d\d left/).first()).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('link', { name: 'Check and book' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Check and book' })).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel('Reason for the appointment').fill('Fever and earache since last night. Assessed by 111.');
  await page.getByRole('button', { name: 'Book this appointment' }).click();

  await expect(page.getByRole('heading', { level: 1, name: 'Booked' })).toBeVisible();
  await expect(page.getByText(/ONW-[A-Z0-9]{4}-[A-Z0-9]{2}/).first()).toBeVisible();
  await expect(page.getByText('call 111', { exact: false })).toBeVisible();
  await expectAccessible(page);
  expect(callIdOf(page)).toBeTruthy();

  await page.getByRole('link', { name: 'See or cancel the appointment' }).click();
  await expect(page.getByRole('heading', { level: 1, name: /Appointment ONW-/ })).toBeVisible();
  await expect(page.getByText(patient.familyName.toUpperCase())).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('link', { name: 'Cancel this appointment' }).click();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Cancel this appointment' }).click();
  await expect(page.getByRole('alert').getByRole('link', { name: 'Choose why it is cancelled' })).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel('Patient is better').check();
  await page.getByRole('button', { name: 'Cancel this appointment' }).click();
  await expect(page.getByText(/Cancelled today at/).first()).toBeVisible();
  await expectAccessible(page);
});
