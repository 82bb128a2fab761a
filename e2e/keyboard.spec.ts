import { expect, test, type Page } from '@playwright/test';
import { aPatient } from '@/prisma/factories/patient';
import { signInAsSomebody } from './support/call';
import { aServiceNearby } from './support/world';

test('the journey from call to cancel is made with the keyboard alone', async ({ page }) => {
  const { service, postcode } = await aServiceNearby();
  const patient = await aPatient();
  await signInAsSomebody(page);

  await tabTo(page, 'link', 'New call');
  await page.keyboard.press('Enter');
  await tabTo(page, 'textbox', 'NHS number');
  await page.keyboard.type(patient.nhsNumber ?? '');
  await page.keyboard.press('Enter');
  await expect(page.getByText('NOTREAL, Tomasz')).toBeVisible();
  await tabTo(page, 'combobox', 'Disposition');
  await page.keyboard.type('Dx05');
  await page.keyboard.press('Tab');
  await page.keyboard.type(postcode);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Services that can help' })).toBeVisible();

  await tabTo(page, 'link', service.name);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 2, name: service.name })).toBeVisible();
  await page.keyboard.press('1');
  await expect(page.getByText('Held for you')).toBeVisible();
  await tabTo(page, 'link', 'Check and book');
  await page.keyboard.press('Enter');
  await tabTo(page, 'textbox', 'Reason for the appointment');
  await page.keyboard.type('Earache');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Booked' })).toBeVisible();

  await tabTo(page, 'link', 'See or cancel the appointment');
  await page.keyboard.press('Enter');
  await tabTo(page, 'link', 'Cancel this appointment');
  await page.keyboard.press('Enter');
  await tabTo(page, 'radio', 'Patient no longer wants it');
  await page.keyboard.press('Space');
  await tabTo(page, 'button', 'Cancel this appointment');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/Cancelled today at/).first()).toBeVisible();
});

test('the skip link is the first stop and leads past the header', async ({ page }) => {
  await signInAsSomebody(page);
  await page.goto('/calls/new');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to main content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('textbox', { name: 'NHS number' })).toBeFocused();
});

/** Presses Tab until that control has the focus, as somebody without a mouse would. */
async function tabTo(page: Page, role: 'link' | 'textbox' | 'button' | 'radio' | 'combobox', name: string): Promise<void> {
  const target = page.getByRole(role, { name, exact: role !== 'textbox' && role !== 'combobox' ? true : false }).first();
  await target.waitFor();
  for (let stops = 0; stops < 80; stops += 1) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`Tab never reached the ${role} ${name}`);
}
