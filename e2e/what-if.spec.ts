import { expect, test } from '@playwright/test';
import { monthOf, monthSpan, monthText, previousMonth } from '@/lib/crossborder/ledger.rules';
import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { addMinutes, readClock, toDateColumn } from '@/lib/platform/time';
import { londonDate, monthWords } from '@/lib/platform/time-words';
import { anAgreement, of } from '@/prisma/factories/agreement';
import { aCrossing } from '@/prisma/factories/border';
import { expectAccessible } from './support/axe';
import { signInWith } from './support/call';

// Nobody else books across this border: journeys run beside each other.
const [CORNWALL, LINCOLNSHIRE] = ['QT6', 'QJM'];
const MIDDAY = 12 * 60;

/** A draft between the two, and a booking of the last whole month that it would change. */
async function aDraft() {
  const now = readClock();
  const month = previousMonth(monthOf(now));
  const booking = await aCrossing({ payer: CORNWALL, host: LINCOLNSHIRE, startsAt: addMinutes(monthSpan(month).from, 9 * 24 * 60 + MIDDAY), status: 'fulfilled', pricePence: null, noshowPence: null });
  const given = { state: 'draft', from: of(CORNWALL), to: of(LINCOLNSHIRE), validFrom: londonDate(now), agreedAt: now } as const;
  const draft = await anAgreement({ ...given, outcome: 'approval', approvers: ['host'], pricePence: 1_250, noshowPence: 500 });
  return { month, booking, draft, path: `/borders/agreements/${draft.id}/1/what-if` };
}

test('a month is replayed with a draft: how many would change, which, and what it would cost', async ({ page }) => {
  const { month, booking, draft, path } = await aDraft();
  await signInWith(page, { role: 'commissioner', scope: CORNWALL });
  await page.goto(path);
  await expect(page.getByLabel('Bookings of')).toHaveValue(monthText(month));
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Start', exact: true }).click();

  const found = page.getByRole('heading', { level: 2, name: new RegExp(`^${monthWords(month)}: .* would change$`) });
  await expect(found).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(/^\d+ from allowed to needing approval$/)).toBeVisible();
  await expect(page.getByText(/^It would cost £[\d,.]+ more\.$/)).toBeVisible();
  const row = page.getByRole('row', { name: new RegExp(booking.reference) });
  await expect(row).toContainText('+£12.50');
  await expect(row).toContainText(draft.title);
  await expect(page.getByRole('main')).not.toContainText('NOTREAL');
  await expect(page.getByRole('heading', { name: 'What is assumed' })).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Start again' }).click();
  await expect(found).toBeVisible({ timeout: 30_000 });
});

test('without JavaScript a replay is started, looked at again by a link, and answered', async ({ browser }) => {
  const { path } = await aDraft();
  const page = await browser.newPage({ javaScriptEnabled: false });
  await signInWith(page, { role: 'commissioner', scope: LINCOLNSHIRE });
  await page.goto(path);
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(page).toHaveURL(path);
  await expect(async () => {
    const again = page.getByRole('link', { name: 'See how far it is now' });
    if (await again.isVisible()) await again.click();
    await expect(page.getByRole('heading', { level: 2, name: / of .+ would change$/ })).toBeVisible();
  }).toPass({ timeout: 30_000 });
  await page.close();
});

test('a replay that was broken off says so, and is started again', async ({ page }) => {
  const { month, draft, path } = await aDraft();
  const { ctx } = await signInWith(page, { role: 'commissioner', scope: CORNWALL });
  const askedAt = addMinutes(readClock(), -5);
  const row = { id: newId(), agreementId: draft.id, agreementVersion: 1, edition: 1, month: toDateColumn(month), askedAt, askedById: ctx.actor.id, seenAt: askedAt, done: 10, total: 100 };
  await db.whatIf.create({ data: row });
  await page.goto(path);
  await expect(page.getByRole('heading', { name: `The replay of ${monthWords(month)} was broken off` })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Start again' }).click();
  await expect(page.getByRole('heading', { level: 2, name: / of .+ would change$/ })).toBeVisible({ timeout: 30_000 });
});
