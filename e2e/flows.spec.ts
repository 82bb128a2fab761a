import { expect, test } from '@playwright/test';
import { monthOf, monthSpan, monthText, previousMonth } from '@/lib/crossborder/ledger.rules';
import { addMinutes, readClock } from '@/lib/platform/time';
import { monthWords } from '@/lib/platform/time-words';
import { aCrossing } from '@/prisma/factories/border';
import { expectAccessible } from './support/axe';
import { signInWith } from './support/call';

// Nobody else books across these two borders: journeys run beside each other.
const [DEVON, NORFOLK, SUSSEX] = ['QJK', 'T6Y0W', 'S9B9J'];
const MIDDAY = 12 * 60;

/** The last whole month, and noon of its tenth day. */
function lastMonth() {
  const month = previousMonth(monthOf(readClock()));
  return { month, at: addMinutes(monthSpan(month).from, 9 * 24 * 60 + MIDDAY) };
}

test('a commissioner sees the flows of their area as a picture and as a table, in bookings or pounds, and goes on to the ledger', async ({ page }) => {
  const { month, at } = lastMonth();
  await aCrossing({ payer: DEVON, host: NORFOLK, startsAt: at, status: 'fulfilled', pricePence: 1_250, noshowPence: 500 });
  await aCrossing({ payer: DEVON, host: NORFOLK, startsAt: at, status: 'noshow', pricePence: 1_250, noshowPence: 500 });
  await aCrossing({ payer: DEVON, host: NORFOLK, startsAt: at, status: 'cancelled', pricePence: 1_250, noshowPence: 500 });
  await signInWith(page, { role: 'commissioner', scope: DEVON });
  await page.goto(`/borders/flows?from=${monthText(month)}&to=${monthText(month)}`);
  await expect(page.getByRole('heading', { level: 2, name: monthWords(month) })).toBeVisible();
  await expect(page.getByText(/2 bookings, 1 attended, £17\.50\./)).toBeVisible();
  const picture = page.getByRole('table', { name: /^Bookings by whose patients/ });
  await expect(picture.getByRole('row', { name: /^Devon/ }).getByRole('cell', { name: '2', exact: true })).toBeVisible();
  await expect(picture.getByRole('columnheader', { name: 'Norfolk and Suffolk' })).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('navigation', { name: 'What the picture shows' }).getByRole('link', { name: 'Pounds' }).click();
  await expect(page.getByRole('table', { name: /^Pounds by whose patients/ }).getByRole('cell', { name: '£18', exact: true })).toBeVisible();
  await expectAccessible(page);

  const line = page.getByRole('table', { name: 'Flows, the largest first' }).getByRole('row', { name: /Devon/ });
  await expect(line).toContainText('£17.50');
  await line.getByRole('link', { name: /Devon to Norfolk and Suffolk/ }).click();
  await expect(page).toHaveURL(`/borders/ledger/${DEVON}/${NORFOLK}?month=${monthText(month)}`);
});

test('months without a flow say what to do, and months that cannot be are said at the field', async ({ page }) => {
  await signInWith(page, { role: 'commissioner', scope: SUSSEX });
  const { month } = lastMonth();
  const [first, last] = [monthText(previousMonth(month)), monthText(month)];
  await page.goto(`/borders/flows?from=${first}&to=${first}`);
  await expect(page.getByRole('heading', { name: /^No booking crossed a border of your area in / })).toBeVisible();
  await expect(page.getByText('Choose other months.')).toBeVisible();
  await expectAccessible(page);

  await page.getByLabel('First month').selectOption(last);
  await page.getByLabel('Last month').selectOption(first);
  await page.getByRole('button', { name: 'Show these months' }).click();
  await expect(page.getByRole('link', { name: 'The last month must not be before the first' })).toBeVisible();
  await expectAccessible(page);
});

test('nobody but a commissioner has the flows', async ({ page }) => {
  await signInWith(page, { role: 'call-handler' });
  await page.goto('/borders/flows');
  await expect(page).not.toHaveURL(/flows/);
});
