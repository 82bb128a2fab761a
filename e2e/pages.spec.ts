import { expect, test } from '@playwright/test';
import { expectAccessible } from './support/axe';
import { signInAsSomebody } from './support/call';

test('About says what is invented and where the data comes from, signed out', async ({ page }) => {
  await page.goto('/about');
  await expect(page).toHaveTitle('About – Onward');
  await expect(page.getByText('Contains OS data © Crown copyright and database right 2025', { exact: false }).first()).toBeVisible();
  await expectAccessible(page);
});

test('the sign-in page shows the accounts of the demonstration, and one neutral message for every wrong try', async ({ page }) => {
  await page.goto('/sign-in');
  await expect(page.getByText('handler@example.com')).toBeVisible();
  await expectAccessible(page);
  for (const email of ['nobody.at.all@example.com', 'auditor@example.com']) {
    await page.getByLabel('Email').fill(email);
    await page.getByLabel('Password').fill('not the password');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(page.getByRole('main').getByRole('alert')).toContainText('The email address or the password is wrong');
    await expect(page.getByLabel('Email')).toHaveValue(email);
    await expect(page.getByLabel('Password')).toHaveValue('');
  }
  await expectAccessible(page);
});

for (const width of [375, 640]) {
  test(`no page of a call is wider than a screen of ${width} pixels, as at 200 % zoom or on a phone`, async ({ page }) => {
    await page.setViewportSize({ width, height: 720 });
    await signInAsSomebody(page);
    for (const path of ['/calls', '/calls/new', '/about', '/sign-in']) {
      await page.goto(path);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
  });
}

test('somebody without calls is told what their role will do, and cannot open calls', async ({ page }) => {
  await signInAsSomebody(page, 'auditor');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expectAccessible(page);
  await page.goto('/calls');
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('My calls');
});
