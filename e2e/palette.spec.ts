import { expect, test } from '@playwright/test';
import { expectAccessible } from './support/axe';
import { chooseService, holdFirst, signInAsSomebody, startCall } from './support/call';
import { aServiceNearby } from './support/world';

test('every action of the page is found as one types, and done with Enter', async ({ page }) => {
  const { service, postcode } = await aServiceNearby();
  await signInAsSomebody(page);
  await startCall(page, { postcode });
  await holdFirst(page, service.name);
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'What do you want to do?' });
  const field = palette.getByRole('combobox', { name: 'Part of its name' });
  await expect(field).toBeFocused();
  for (const name of ['Check and book', 'Let the slot go', 'Extend the hold', 'Find a service by name', 'New call', 'Sign out']) {
    await expect(palette.getByRole('option', { name })).toBeVisible();
  }
  await expectAccessible(page);

  await page.keyboard.type('zzz');
  await expect(palette.getByRole('status')).toContainText('Nothing here is called that');
  await field.fill('the book ch');
  await expect(palette.getByRole('option')).toHaveCount(0);
  await field.fill('book check');
  await expect(palette.getByRole('option', { name: 'Check and book' })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Check and book' })).toBeVisible();
});

test('the arrow keys choose, and Escape closes and gives the focus back', async ({ page }) => {
  await signInAsSomebody(page);
  await page.goto('/calls/new');
  const field = page.getByLabel('NHS number');
  await field.focus();
  await page.keyboard.press('Control+k');
  const options = page.getByRole('dialog').getByRole('option');
  await expect(options.first()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowDown');
  await expect(options.nth(1)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expect(options.last()).toHaveAttribute('aria-selected', 'true');

  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(field).toBeFocused();
  await page.keyboard.type('n?m');
  await expect(field).toHaveValue('n?m');
  await expect(page).toHaveURL(/\/calls\/new$/);
});

test('? lists the keys of the page, and each does what it says', async ({ page }) => {
  const { service, postcode } = await aServiceNearby();
  await signInAsSomebody(page);
  const { callId } = await startCall(page, { postcode });
  await chooseService(page, service.name);
  await page.keyboard.press('?');
  const list = page.getByRole('dialog', { name: 'Keys of this page' });
  await expect(list).toContainText('Read the slots again');
  await expect(list).toContainText('Find an appointment');
  await expectAccessible(page);
  await page.keyboard.press('Escape');

  await page.keyboard.press('f');
  await expect(page).toHaveURL(/\/appointments$/);
  await page.goto(`/calls/${callId}/check`);
  await page.keyboard.press('s');
  await expect(page.getByRole('heading', { level: 1, name: 'Services that can help' })).toBeVisible();
  await page.keyboard.press('m');
  await expect(page.getByRole('heading', { level: 1, name: 'My calls' })).toBeVisible();
  await page.keyboard.press('n');
  await expect(page).toHaveURL(/\/calls\/new$/);
});

for (const javaScriptEnabled of [true, false]) {
  test(`single keys are switched off and on again (JavaScript ${javaScriptEnabled ? 'on' : 'off'}; WCAG 2.1.4)`, async ({ browser }) => {
    const context = await browser.newContext({ javaScriptEnabled });
    const page = await context.newPage();
    await signInAsSomebody(page);
    await page.getByRole('link', { name: 'Keys' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Keys' })).toBeVisible();
    if (javaScriptEnabled) await expectAccessible(page);
    await page.getByRole('button', { name: 'Switch single keys off' }).click();
    await expect(page.getByRole('heading', { name: 'Single keys are off' })).toBeVisible();

    if (javaScriptEnabled) {
      await page.keyboard.press('m');
      await page.keyboard.press('?');
      await page.keyboard.press('Control+k');
      await expect(page.getByRole('dialog', { name: 'What do you want to do?' })).toBeVisible();
      await expect(page).toHaveURL(/\/keys$/);
      await page.keyboard.press('Escape');
    }
    await page.getByRole('button', { name: 'Switch single keys on' }).click();
    await expect(page.getByRole('heading', { name: 'Single keys are on' })).toBeVisible();
    if (javaScriptEnabled) {
      await page.keyboard.press('m');
      await expect(page.getByRole('heading', { level: 1, name: 'My calls' })).toBeVisible();
    }
    await context.close();
  });
}
