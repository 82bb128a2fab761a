import { expect, test, type Page } from '@playwright/test';
import { db } from '@/lib/platform/db';
import { unique } from '@/prisma/factories/unique';
import { expectAccessible } from './support/axe';
import { signInAsSomebody } from './support/call';
import { askForToken, bearer, type Credentials } from './support/system';
import { aServiceNearby } from './support/world';

/** Fills in what must be typed, sends it and reads what is shown once. */
async function register(page: Page, name: string, odsCode: string): Promise<Credentials> {
  await page.getByLabel('Name of the system').fill(name);
  await page.getByLabel('Its organisation').fill(odsCode);
  await page.getByRole('button', { name: 'Register and show the secret' }).click();
  await expect(page.getByRole('heading', { name: `${name} is registered` })).toBeVisible();
  return shownOn(page);
}

async function shownOn(page: Page): Promise<Credentials> {
  const [clientId = '', secret = ''] = await page.getByRole('definition').allInnerTexts();
  return { clientId, secret };
}

test('a system is registered, its secret is shown once, and its tokens work until it is switched off', async ({ page, request }) => {
  const name = `Example Triage ${unique()}`;
  const { ctx } = await signInAsSomebody(page, 'system-admin');
  await page.getByRole('link', { name: 'Register a client' }).click();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Register and show the secret' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('Enter the name of the system');
  await expectAccessible(page);
  await page.getByLabel('Other organisations that it acts for').fill('NOSUCH');
  await page.getByLabel('Name of the system').fill(name);
  await page.getByLabel('Its organisation').fill(ctx.actor.organisation.code);
  await page.getByRole('button', { name: 'Register and show the secret' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('No organisation has the ODS code NOSUCH');
  await expect(page.getByLabel('Name of the system')).toHaveValue(name);
  await page.getByLabel('Other organisations that it acts for').fill('');
  const credentials = await register(page, name, ctx.actor.organisation.code);
  await expectAccessible(page);
  expect(page.url()).not.toContain(credentials.secret);

  const headers = await bearer(request, credentials);
  const { service } = await aServiceNearby({ slots: 1 });
  const search = `/STU3/Slot?service=${service.dosId}&status=free`;
  expect((await request.get(search, { headers })).status()).toBe(200);

  await page.getByRole('link', { name: 'I have copied it' }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await expect(page.getByRole('main')).not.toContainText(credentials.secret);
  await expectAccessible(page);
  await page.goto('/clients/new');
  await expect(page.getByRole('main')).not.toContainText(credentials.secret);

  await page.goto(`/clients/${credentials.clientId}`);
  await page.getByRole('button', { name: 'Switch this client off' }).click();
  await expect(page.getByRole('heading', { name: 'The client is off' })).toBeVisible();
  expect((await askForToken(request, credentials)).status()).toBe(401);
  await expect.poll(async () => (await request.get(search, { headers })).status(), { timeout: 10_000 }).toBe(403);
  await page.getByRole('link', { name: 'API clients' }).first().click();
  await expect(page.getByRole('row', { name: new RegExp(name) })).toContainText('Off');
});

test('a second secret is made and the first withdrawn, so that a system changes over without a gap', async ({ page, request }) => {
  const { ctx } = await signInAsSomebody(page, 'system-admin');
  await page.goto('/clients/new');
  const old = await register(page, `Example Triage ${unique()}`, ctx.actor.organisation.code);
  await page.getByRole('link', { name: 'I have copied it' }).click();
  await page.getByRole('link', { name: 'Make a new secret' }).click();
  await page.getByRole('button', { name: 'Make a secret and show it' }).click();
  await expect(page.getByRole('heading', { name: 'The secret is made' })).toBeVisible();
  const fresh = await shownOn(page);
  expect((await askForToken(request, old)).status()).toBe(200);
  expect((await askForToken(request, fresh)).status()).toBe(200);

  await page.getByRole('link', { name: 'I have copied it' }).click();
  await page.getByRole('link', { name: /^Withdraw/ }).first().click();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Withdraw this secret' }).click();
  await expect(page.getByRole('heading', { name: 'The secret was withdrawn' })).toBeVisible();
  expect((await askForToken(request, old)).status()).toBe(401);
  expect((await askForToken(request, fresh)).status()).toBe(200);
});

test('settings that a colleague changed meanwhile are not overwritten, and what was typed stays', async ({ page }) => {
  const { ctx } = await signInAsSomebody(page, 'system-admin');
  await page.goto('/clients/new');
  const { clientId } = await register(page, `Example Triage ${unique()}`, ctx.actor.organisation.code);
  await page.goto(`/clients/${clientId}/settings`);
  await db.apiClient.update({ where: { id: clientId }, data: { requestsPerMinute: 100, version: { increment: 1 } } });
  await page.getByLabel('Requests a minute').fill('900');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('A colleague changed this API client');
  await expect(page.getByLabel('Requests a minute')).toHaveValue('900');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { name: 'The settings were saved' })).toBeVisible();
  await expect(page.getByRole('main')).toContainText('At most 900 a minute');
});

test('a public key is added, and a private one is refused in words', async ({ page }) => {
  const { ctx } = await signInAsSomebody(page, 'system-admin');
  await page.goto('/clients/new');
  const { clientId } = await register(page, `Example Triage ${unique()}`, ctx.actor.organisation.code);
  await page.goto(`/clients/${clientId}/key`);
  await expectAccessible(page);
  await page.getByLabel('Public key').fill('-----BEGIN PRIVATE KEY-----');
  await page.getByRole('button', { name: 'Add this key' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('This is a private key');
  const { publicKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', publicKey);
  await page.getByLabel('Public key').fill(JSON.stringify({ kty, crv, x, y, kid: 'first-key' }));
  await page.getByRole('button', { name: 'Add this key' }).click();
  await expect(page.getByRole('heading', { name: 'The key was added' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Keys' })).toContainText('first-key, ES256, added today at');
});

test('a system is registered with the keyboard alone', async ({ page }) => {
  const name = `Example Triage ${unique()}`;
  const { ctx } = await signInAsSomebody(page, 'system-admin');
  await page.getByRole('link', { name: 'Register a client' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Register an API client' })).toBeVisible();
  await page.getByLabel('Name of the system').focus();
  await page.keyboard.type(name);
  await page.keyboard.press('Tab');
  await page.keyboard.type(ctx.actor.organisation.code);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: `${name} is registered` })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'I have copied it' })).toBeFocused();
});

test('whoever is not a system admin has no page of API clients', async ({ page }) => {
  await signInAsSomebody(page, 'supervisor');
  await page.goto('/clients');
  await expect(page.getByRole('heading', { level: 1, name: 'My calls' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'API clients' })).toHaveCount(0);
});

test.describe('with JavaScript off', () => {
  test.use({ javaScriptEnabled: false });

  test('a system is registered, shown its secret once and switched off', async ({ page, request }) => {
    const { ctx } = await signInAsSomebody(page, 'system-admin');
    await page.goto('/clients/new');
    const credentials = await register(page, `Example Triage ${unique()}`, ctx.actor.organisation.code);
    expect((await askForToken(request, credentials)).status()).toBe(200);
    await page.getByRole('link', { name: 'I have copied it' }).click();
    await expect(page.getByRole('main')).not.toContainText(credentials.secret);
    await page.getByRole('button', { name: 'Switch this client off' }).click();
    await expect(page.getByRole('heading', { name: 'The client is off' })).toBeVisible();
    expect((await askForToken(request, credentials)).status()).toBe(401);
  });
});

test('no page of an API client is wider than a phone', async ({ page }) => {
  await page.setViewportSize({ width: 375, height: 720 });
  const { ctx } = await signInAsSomebody(page, 'system-admin');
  await page.goto('/clients/new');
  const { clientId } = await register(page, `Example Triage ${unique()}`, ctx.actor.organisation.code);
  for (const path of ['/clients', '/clients/new', `/clients/${clientId}`, `/clients/${clientId}/settings`, `/clients/${clientId}/secret`, `/clients/${clientId}/key`]) {
    await page.goto(path);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(375);
  }
});
