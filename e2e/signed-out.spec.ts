import { expect, test, type BrowserContext } from '@playwright/test';
import { holdFirst, signIn, signInAsSomebody, startCall } from './support/call';
import { aServiceNearby } from './support/world';

/** What an evening does: the session has ended, the form is still on the screen. */
async function endSession(context: BrowserContext): Promise<void> {
  await context.clearCookies({ name: 'next-auth.session-token' });
}

for (const javaScriptEnabled of [true, false]) {
  test(`a session that ended in the middle of booking keeps the form (JavaScript ${javaScriptEnabled ? 'on' : 'off'})`, async ({ browser }) => {
    const context = await browser.newContext({ javaScriptEnabled });
    const page = await context.newPage();
    const { service, postcode } = await aServiceNearby();
    const { email } = await signInAsSomebody(page);
    await startCall(page, { postcode });
    await holdFirst(page, service.name);
    await page.getByRole('link', { name: 'Check and book' }).click();
    await page.getByLabel('Reason for the appointment').fill('Typed before the session ended');
    await endSession(context);
    await page.getByRole('button', { name: 'Book this appointment' }).click();

    await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
    expect(page.url()).not.toContain('Typed');
    await signIn(page, email);
    await expect(page.getByText('You were signed out')).toBeVisible();
    await expect(page.getByLabel('Reason for the appointment')).toHaveValue('Typed before the session ended');
    await page.getByRole('button', { name: 'Book this appointment' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Booked' })).toBeVisible();
    await context.close();
  });
}

test('somebody else who signs in gets nothing of what was typed', async ({ page, context }) => {
  await signInAsSomebody(page);
  await page.goto('/calls/new');
  await page.getByLabel('Where the patient is now').fill('LS1 4AP');
  await page.getByLabel('Disposition').fill('Dx05');
  await endSession(context);
  await page.getByRole('button', { name: 'Find services' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();

  await signInAsSomebody(page);
  await page.goto('/calls/new');
  await expect(page.getByLabel('Where the patient is now')).toHaveValue('');
});

for (const path of ['/', '/calls', '/calls/new', '/calls/0192aaaa-0000-7000-8000-000000000000/services', '/appointments/0192aaaa-0000-7000-8000-000000000000/cancel']) {
  test(`${path} needs a session`, async ({ page }) => {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
  });
}

test('the JSON of live lists needs a session', async ({ request }) => {
  const answer = await request.get('/api/calls/0192aaaa-0000-7000-8000-000000000000/slots?service=x');
  expect(answer.status()).toBe(401);
});

test('a call of another organisation is not found', async ({ page, browser }) => {
  const { postcode } = await aServiceNearby();
  await signInAsSomebody(page);
  const { callId } = await startCall(page, { postcode });
  const stranger = await (await browser.newContext()).newPage();
  await signInAsSomebody(stranger);
  expect((await stranger.goto(`/calls/${callId}/services`))?.status()).toBe(404);
});
