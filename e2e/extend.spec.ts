import { expect, test } from '@playwright/test';
import { db } from '@/lib/platform/db';
import { minutesBetween } from '@/lib/platform/time-words';
import { expectAccessible } from './support/axe';
import { HOLD, holdFirst, signInAsSomebody, startCall } from './support/call';
import { aServiceNearby } from './support/world';

for (const javaScriptEnabled of [true, false]) {
  test(`a hold survives a reload, is extended once, and then let go (JavaScript ${javaScriptEnabled ? 'on' : 'off'})`, async ({ browser }) => {
    const { service, postcode, slots } = await aServiceNearby({ slots: 2 });
    const context = await browser.newContext({ javaScriptEnabled });
    const page = await context.newPage();
    await signInAsSomebody(page);
    await startCall(page, { postcode });
    await holdFirst(page, service.name);
    await page.reload();
    await expect(page.getByText('Held for you', { exact: true })).toBeVisible();

    const before = await heldUntil(slots[0]?.id);
    await page.getByRole('button', { name: 'extend' }).click();
    await expect(page.getByText('extended')).toBeVisible();
    await expect(page.getByRole('button', { name: 'extend' })).toHaveCount(0);
    expect(minutesBetween(before, await heldUntil(slots[0]?.id))).toBe(5);
    if (javaScriptEnabled) await expectAccessible(page);

    await page.getByRole('button', { name: 'let go' }).click();
    await expect(page.getByText('Held for you', { exact: true })).toHaveCount(0);
    await expect(page.getByRole('button', { name: HOLD })).toHaveCount(2);
    await context.close();
  });
}

test('extending in the form keeps what was typed, and a second time in another tab is refused in words', async ({ page, context }) => {
  const { service, postcode } = await aServiceNearby({ slots: 2 });
  await signInAsSomebody(page);
  const { callId } = await startCall(page, { postcode });
  await holdFirst(page, service.name);
  const second = await context.newPage();
  for (const tab of [page, second]) {
    await tab.goto(`/calls/${callId}/check`);
    await tab.getByLabel('Reason for the appointment').fill('Typed with care');
  }
  await page.getByRole('button', { name: 'extend' }).click();
  await expect(page.getByText('extended')).toBeVisible();
  await expect(page.getByLabel('Reason for the appointment')).toHaveValue('Typed with care');
  await expectAccessible(page);

  await second.getByRole('button', { name: 'extend' }).click();
  await expect(second.getByRole('main').getByRole('alert')).toContainText('already extended once');
  await expect(second.getByLabel('Reason for the appointment')).toHaveValue('Typed with care');
});

async function heldUntil(slotId: string | undefined): Promise<Date> {
  const slot = await db.slot.findUniqueOrThrow({ where: { id: slotId ?? '' }, select: { heldUntil: true } });
  if (!slot.heldUntil) throw new Error('the slot is not held');
  return slot.heldUntil;
}
