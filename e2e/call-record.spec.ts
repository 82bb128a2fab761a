import { expect, test } from '@playwright/test';
import { readClock } from '@/lib/platform/time';
import { dayWords, londonDate } from '@/lib/platform/time-words';
import { expectAccessible } from './support/axe';
import { holdFirst, signInAsSomebody, signInWith, startCall } from './support/call';
import { aServiceNearby } from './support/world';

test('the record of a call tells what was shown, held, let go and booked, in order and to the second', async ({ page, browser }) => {
  const { service, postcode, slots } = await aServiceNearby();
  const { ctx } = await signInAsSomebody(page);
  const { callId, patient } = await startCall(page, { postcode });
  await holdFirst(page, service.name);
  await page.getByRole('button', { name: 'let go' }).click();
  await expect(page.getByText('Held for you')).toHaveCount(0);
  await holdFirst(page, service.name);
  await page.getByRole('link', { name: 'Check and book' }).click();
  await page.getByLabel('Reason for the appointment').fill('Sore throat for three days');
  await page.getByRole('button', { name: 'Book this appointment' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Booked' })).toBeVisible();

  await page.getByRole('link', { name: 'Call record' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Call record' })).toBeVisible();
  await expectAccessible(page);
  const told = await page.getByRole('region', { name: / \d{4}$/ }).getByRole('paragraph').allInnerTexts();
  const whole = told.join('\n');
  const [first] = slots;
  if (!first) throw new Error('no slot was made');
  const day = dayWords(londonDate(first.startsAt), readClock());
  expect(whole).toMatch(new RegExp(`Opened the call: Dx05[^]*Shown \\d+ service[^]*Held the slot ${day}[^]*Let the slot ${day}[^]*Held the slot ${day}[^]*Booked ONW-`));
  await expect(page.getByText(/^\d\d:\d\d:\d\d$/).first()).toBeVisible();

  // An auditor of another organisation reads it too, and sees nothing of who the patient is.
  const context = await browser.newContext();
  const other = await context.newPage();
  await signInWith(other, { role: 'auditor', scope: 'national' });
  await other.goto(`/calls/${callId}/record`);
  await expect(other.getByRole('heading', { level: 1, name: 'Call record' })).toBeVisible();
  await expect(other.getByText(ctx.actor.name).first()).toBeVisible();
  await expect(other.getByText(patient.familyName.toUpperCase())).toHaveCount(0);
  await expectAccessible(other);
  await context.close();
});

test('another organisation finds no such record', async ({ page }) => {
  const { postcode } = await aServiceNearby({ slots: 0 });
  await signInAsSomebody(page);
  const { callId } = await startCall(page, { postcode });
  await page.context().clearCookies();
  await signInAsSomebody(page);
  const answer = await page.goto(`/calls/${callId}/record`);
  expect(answer?.status()).toBe(404);
});
