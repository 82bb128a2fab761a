import { readFile } from 'node:fs/promises';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { monthOf, monthSpan, monthText, nextMonth, previousMonth } from '@/lib/crossborder/ledger.rules';
import { db } from '@/lib/platform/db';
import { addMinutes, readClock } from '@/lib/platform/time';
import { monthWords } from '@/lib/platform/time-words';
import { aCrossing } from '@/prisma/factories/border';
import { aService } from '@/prisma/factories/service';
import { expectAccessible } from './support/axe';
import { signInWith } from './support/call';

const TEN_DAYS_MINUTES = 10 * 24 * 60;
const LAST_MONTH = previousMonth(monthOf(readClock()));

test('a month is looked at, downloaded and added up, and frozen by one side; the other is told; what changes later is corrected in the month after', async ({ page, browser }) => {
  const { payer, host, noshow } = await aMonth();
  await signInWith(page, { role: 'commissioner', scope: payer.code });
  await page.goto('/borders/ledger');
  await expect(page.getByRole('heading', { level: 1, name: `Ledger of ${monthWords(LAST_MONTH)}` })).toBeVisible();
  await expect(page.getByText(/appointments? without attendance/)).toBeVisible();
  const row = page.getByRole('row').filter({ has: page.getByRole('link', { name: `${payer.name} to ${host.name}`, exact: true }) });
  await expect(row).toContainText('£17.50');
  await expect(row).toContainText('Open');
  await expectAccessible(page);
  const sums = await fileOf(page, 'Download as CSV');
  expect(sums.name).toBe(`ledger-${monthText(LAST_MONTH)}.csv`);
  expect(sums.text).toMatch(new RegExp(`${payer.code},.*,${host.code},.*,4,1,1,1,0,1,17\\.50,0\\.00,17\\.50,`));

  await row.getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(`${payer.name} to ${host.name}`);
  await expectAccessible(page);
  const entries = await fileOf(page, 'Download all as CSV');
  expect(entries.text.trim().split('\r\n').slice(1).map((line) => Number(line.split(',').at(-1))).reduce((total, pounds) => total + pounds, 0)).toBe(17.5);
  await page.getByRole('link', { name: 'See which' }).click();
  await expect(page.getByRole('row')).toHaveCount(2);
  await page.getByRole('link', { name: 'All', exact: true }).click();
  await expect(page.getByRole('row')).toHaveCount(5);

  const otherSide = await theOtherSide(browser, { payer, host });
  await page.getByRole('button', { name: `Freeze ${monthWords(LAST_MONTH)} at £17.50` }).click();
  await expect(page.getByRole('heading', { name: 'Agreed and frozen' })).toBeVisible();
  await expectAccessible(page);
  await otherSide.getByRole('button', { name: `Freeze ${monthWords(LAST_MONTH)} at £17.50` }).click();
  await expect(otherSide.getByRole('main').getByRole('alert')).toContainText(`${monthWords(LAST_MONTH)} was frozen`);
  await expect(otherSide.getByRole('heading', { name: 'Agreed and frozen' })).toBeVisible();
  await otherSide.context().close();

  await db.appointment.update({ where: { id: noshow.id }, data: { status: 'entered-in-error', releasedAt: readClock() } });
  await page.reload();
  await expect(page.getByRole('main')).toContainText('£17.50');
  await page.getByRole('link', { name: monthWords(nextMonth(LAST_MONTH)) }).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(monthWords(nextMonth(LAST_MONTH)));
  const correction = page.getByRole('row').filter({ hasText: noshow.reference });
  await expect(correction).toContainText(`Corrects ${monthWords(LAST_MONTH)}`);
  await expect(correction).toContainText('-£5.00');
  await expect(page.getByText('It can be frozen when it is over')).toBeVisible();
  await expectAccessible(page);
});

test('neighbours have neither the page nor the file, and a month with nothing says where to look', async ({ page }) => {
  const { payer, host } = await anUnusedPair();
  const stranger = await db.icb.findFirstOrThrow({ where: { ...CURRENT, code: { notIn: [payer.code, host.code] } } });
  await signInWith(page, { role: 'commissioner', scope: stranger.code });
  await page.goto(`/borders/ledger/${payer.code}/${host.code}`);
  await expect(page.getByRole('heading', { level: 1, name: 'Page not found' })).toBeVisible();
  expect((await page.request.get(`/api/borders/ledger/${payer.code}/${host.code}?month=${monthText(LAST_MONTH)}`)).status()).toBe(404);

  await page.goto('/borders/ledger?month=2019-01');
  await expect(page.getByRole('heading', { name: 'No patient crossed a border of yours in January 2019' })).toBeVisible();
  await expectAccessible(page);
});

test('a figure that changed since the page was opened is said before anything is frozen, also without JavaScript', async ({ browser }) => {
  const { payer, host, noshow } = await aMonth();
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await signInWith(page, { role: 'commissioner', scope: host.code });
  await page.goto(`/borders/ledger/${payer.code}/${host.code}?month=${monthText(LAST_MONTH)}`);
  await db.appointment.update({ where: { id: noshow.id }, data: { status: 'entered-in-error', releasedAt: readClock() } });

  await page.getByRole('button', { name: `Freeze ${monthWords(LAST_MONTH)} at £17.50` }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('The figures changed since you looked: the sum is now £12.50');
  await page.getByRole('button', { name: `Freeze ${monthWords(LAST_MONTH)} at £12.50` }).click();
  await expect(page.getByRole('heading', { name: 'Agreed and frozen' })).toBeVisible();
  await context.close();
});

const CURRENT = { isCurrent: true };

/** Four appointments of last month between two that nobody else uses: £12.50, £5, a cancelled one, and one without attendance. */
async function aMonth() {
  const pair = await anUnusedPair();
  const serviceId = (await aService({ icbCode: pair.host.code })).id;
  const given = { payer: pair.payer.code, host: pair.host.code, serviceId };
  const startsAt = addMinutes(monthSpan(LAST_MONTH).from, TEN_DAYS_MINUTES);
  await aCrossing({ ...given, startsAt, status: 'fulfilled' });
  await aCrossing({ ...given, startsAt: addMinutes(startsAt, 20), status: 'cancelled' });
  await aCrossing({ ...given, startsAt: addMinutes(startsAt, 40) });
  return { ...pair, noshow: await aCrossing({ ...given, startsAt: addMinutes(startsAt, 60), status: 'noshow' }) };
}

/** Two boards between which nothing was ever booked: what is frozen stays, also for a second attempt. */
async function anUnusedPair(): Promise<{ payer: Board; host: Board }> {
  const [pair] = await db.$queryRaw<{ payer: Board; host: Board }[]>`
    SELECT jsonb_build_object('code', payer.code, 'name', payer.short_name) AS payer, jsonb_build_object('code', host.code, 'name', host.short_name) AS host
    FROM icb payer
    JOIN icb host ON host.code <> payer.code
    WHERE payer.is_current AND host.is_current
      AND NOT EXISTS (SELECT FROM border_decision WHERE payer_code = payer.code AND host_code = host.code)
    ORDER BY random()
    LIMIT 1`;
  if (!pair) throw new Error('every pair is used');
  return pair;
}

type Board = { code: string; name: string };

/** The page of the pair as the host's commissioner has it open. */
async function theOtherSide(browser: Browser, { payer, host }: { payer: Board; host: Board }): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await signInWith(page, { role: 'commissioner', scope: host.code });
  await page.goto(`/borders/ledger/${payer.code}/${host.code}?month=${monthText(LAST_MONTH)}`);
  return page;
}

async function fileOf(page: Page, button: string) {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: button }).click();
  const file = await download;
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') };
}
