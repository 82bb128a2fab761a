import { expect, test, type Locator, type Page } from '@playwright/test';
import { aPatient } from '@/prisma/factories/patient';
import { chooseService, signInAsSomebody, startCall } from './support/call';
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
  for (const question of await page.getByRole('combobox', { name: /^Why not / }).all()) {
    await tabToControl(page, question);
    await page.keyboard.type('Appointments not');
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('1');
  await expect(page.getByText('Held for you', { exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Check and book' })).toBeFocused();
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

test('the arrow keys walk the services, and Enter shows the slots of the one reached', async ({ page }) => {
  const { service, postcode } = await aServiceNearby();
  await signInAsSomebody(page);
  await startCall(page, { postcode });
  const services = page.getByRole('listitem').filter({ has: page.getByText(/ miles · /) }).getByRole('link');
  await chooseService(page, service.name);
  await page.getByRole('link', { name: service.name }).blur();
  const at = (await services.allInnerTexts()).findIndex((name) => name.includes(service.name));

  await page.keyboard.press('ArrowDown');
  await expect(services.nth(Math.min(at + 1, (await services.count()) - 1))).toBeFocused();
  for (let pressed = 0; pressed <= at; pressed += 1) await page.keyboard.press('ArrowUp');
  await expect(services.first()).toBeFocused();
  const first = (await services.first().innerText()).trim();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 2, name: first })).toBeVisible();
});

/** Presses Tab until that control has the focus, as somebody without a mouse would. */
async function tabTo(page: Page, role: 'link' | 'textbox' | 'button' | 'radio' | 'combobox', name: string): Promise<void> {
  await tabToControl(page, page.getByRole(role, { name, exact: role !== 'textbox' && role !== 'combobox' }).first());
}

async function tabToControl(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let stops = 0; stops < 80; stops += 1) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error('Tab never reached the control');
}
