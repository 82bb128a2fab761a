import { expect, test } from '@playwright/test';
import { db } from '@/lib/platform/db';
import { expectAccessible } from './support/axe';
import { signInAsSomebody, startCall } from './support/call';
import { aServiceNearby } from './support/world';

const TWO_READS_MS = 25_000;

test('U-015, U-017: the counts of the list read themselves again in their places, and keep their last words without an answer', async ({ page }) => {
  const { service, slots, postcode } = await aServiceNearby({ slots: 3 });
  await signInAsSomebody(page);
  await startCall(page, { postcode });
  const row = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: service.name }) });
  await expect(row.getByText('3 free in time')).toBeVisible();
  await expect(page.getByText(/^Free slots as of \d\d:\d\d/)).toBeVisible();
  const order = await page.getByRole('listitem').allInnerTexts();

  await db.slot.updateMany({ where: { id: slots[0]?.id }, data: { status: 'withdrawn' } });
  await expect(row.getByText('2 free in time')).toBeVisible({ timeout: TWO_READS_MS });
  const first = (texts: string[]) => texts.map((text) => text.split('\n').slice(0, 2));
  expect(first(await page.getByRole('listitem').allInnerTexts())).toEqual(first(order));
  await expectAccessible(page);

  await page.route('**/api/calls/*/services?*', (route) => route.abort());
  await db.slot.updateMany({ where: { id: slots[1]?.id }, data: { status: 'withdrawn' } });
  await page.waitForRequest(/\/api\/calls\/[^/]+\/services\?/, { timeout: TWO_READS_MS });
  await expect(row.getByText('2 free in time')).toBeVisible();
  await page.unroute('**/api/calls/*/services?*');
  await expect(row.getByText('1 free in time')).toBeVisible({ timeout: 2 * TWO_READS_MS });
});
