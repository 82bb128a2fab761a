import { expect, test } from '@playwright/test';
import { db } from '@/lib/platform/db';
import { expectAccessible } from './support/axe';
import { holdFirst, signInAsSomebody, signInWith, startCall } from './support/call';
import { aServiceNearby } from './support/world';

test('a call is taken up again from My calls, on any machine, with the slot it holds', async ({ page, browser }) => {
  const { service, postcode } = await aServiceNearby();
  const { ctx } = await signInAsSomebody(page);
  const { callId } = await startCall(page, { postcode });
  await holdFirst(page, service.name);

  await page.goto('/calls');
  const open = page.getByRole('table', { name: 'Open' });
  await expect(open.getByRole('row')).toHaveCount(2);
  await expectAccessible(page);
  await open.getByRole('link', { name: 'Tomasz Notreal' }).click();
  await expect(page.getByText('Held for you')).toBeVisible();

  const elsewhere = await browser.newPage();
  await signInWith(elsewhere, { organisationCode: ctx.actor.organisation.code });
  await elsewhere.goto(`/calls/${callId}/services`);
  await expect(elsewhere.getByRole('heading', { name: `This call is with ${ctx.actor.name}` })).toBeVisible();
  await elsewhere.close();
});

test('a call is handed to a colleague, who goes on with it and its held slot; the first one takes it back', async ({ page, browser }) => {
  const { service, postcode } = await aServiceNearby();
  const { ctx } = await signInAsSomebody(page);
  const other = await browser.newPage();
  const colleague = await signInWith(other, { organisationCode: ctx.actor.organisation.code });
  const { callId } = await startCall(page, { postcode });
  await holdFirst(page, service.name);

  await page.getByRole('link', { name: 'Hand over' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Hand this call over' })).toBeVisible();
  await page.getByRole('button', { name: 'Hand the call over' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('Choose the colleague');
  await expectAccessible(page);
  await page.getByLabel('Who goes on with this call?').selectOption(colleague.ctx.actor.name);
  await page.getByRole('button', { name: 'Hand the call over' }).click();
  await expect(page.getByRole('heading', { name: `The call is now with ${colleague.ctx.actor.name}` })).toBeVisible();
  await expectAccessible(page);

  await other.goto('/calls');
  await other.getByRole('table', { name: 'Open' }).getByRole('link', { name: 'Tomasz Notreal' }).click();
  await expect(other.getByText('Held for you')).toBeVisible();

  await page.goto(`/calls/${callId}/services`);
  await expect(page.getByRole('heading', { name: `This call is with ${colleague.ctx.actor.name}` })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Take this call over' }).click();
  await expect(page.getByRole('heading', { name: /^This call is with/ })).toHaveCount(0);
  await expect(page.getByText('Held for you')).toBeVisible();
  await other.close();
});

test('closing a call says that its slot is let go, asks why, and frees it', async ({ page }) => {
  const { service, postcode, slots } = await aServiceNearby({ slots: 1 });
  await signInAsSomebody(page);
  const { callId } = await startCall(page, { postcode });
  await holdFirst(page, service.name);

  await page.getByRole('link', { name: 'Close without a service' }).click();
  await expect(page.getByRole('heading', { name: new RegExp(`at ${service.name} is let go$`) })).toBeVisible();
  await page.getByRole('button', { name: 'Close this call' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('Choose why the call is closed');
  await page.getByLabel('Another reason').check();
  await page.getByRole('button', { name: 'Close this call' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('Say what the other reason is');
  await expect(page.getByLabel('Another reason')).toBeChecked();
  await expectAccessible(page);
  await page.getByLabel('Details').fill('Caller rings back tomorrow');
  await page.getByRole('button', { name: 'Close this call' }).click();

  await expect(page.getByRole('heading', { name: 'The call is closed' })).toBeVisible();
  await expect(page.getByRole('table', { name: 'Ended today' })).toContainText('Closed');
  await expectAccessible(page);
  const [slot] = slots;
  expect(await db.slot.findUniqueOrThrow({ where: { id: slot?.id }, select: { status: true, heldByCall: true } })).toEqual({ status: 'free', heldByCall: null });
  await page.goto(`/calls/${callId}/services`);
  await expect(page.getByRole('heading', { level: 1, name: 'This call has ended' })).toBeVisible();
  await expect(page.getByText('Caller rings back tomorrow')).toBeVisible();
  await expectAccessible(page);
});
