import { expect, test, type Page } from '@playwright/test';
import { newId } from '@/lib/platform/id';
import { db } from '@/lib/platform/db';
import { aHandler } from '@/prisma/factories/staff';
import { startProvider } from './support/oidc-provider';

let stopProvider: () => Promise<void>;

test.describe.configure({ mode: 'serial' });
test.beforeAll(async ({ baseURL }) => {
  stopProvider = await startProvider(baseURL ?? '');
});
test.afterAll(async () => {
  await stopProvider();
  await db.$disconnect();
});

test('somebody whom the provider vouches for comes back signed in, to the page that was asked for', async ({ page }) => {
  const subject = await aSubject();
  await signInByProvider(page, subject);

  await expect(page).toHaveURL(/\/calls\/new$/);
  await expect(page.getByText('Test 111')).toBeVisible();
});

test('somebody whom the provider knows and Onward does not is told so', async ({ page }) => {
  await signInByProvider(page, `stranger-${newId()}`);

  await expect(page.getByRole('alert').filter({ hasText: 'You are not set up to use Onward' })).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
});

test('somebody who was disabled is told so, whatever the provider says', async ({ page }) => {
  const subject = await aSubject();
  await db.staff.updateMany({ where: { subject }, data: { isActive: false } });
  await signInByProvider(page, subject);

  await expect(page.getByRole('alert').filter({ hasText: 'You are not set up to use Onward' })).toBeVisible();
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('signing in with the provider works', async ({ page }) => {
    const subject = await aSubject();
    await signInByProvider(page, subject);

    await expect(page).toHaveURL(/\/calls\/new$/);
  });
});

async function signInByProvider(page: Page, subject: string): Promise<void> {
  await page.goto('/calls/new');
  await page.getByRole('link', { name: 'Sign in with Test identity' }).click();
  await page.getByLabel('Subject').fill(subject);
  await page.getByRole('button', { name: 'Continue' }).click();
}

async function aSubject(): Promise<string> {
  const { actor } = await aHandler();
  const subject = `subject-${newId()}`;
  await db.staff.update({ where: { id: actor.id }, data: { subject } });
  return subject;
}
