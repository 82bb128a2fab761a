import { expect, test, type Page } from '@playwright/test';
import { db } from '@/lib/platform/db';
import { readClock } from '@/lib/platform/time';
import { aRegisteredEntry } from '@/prisma/factories/entry';
import { unique } from '@/prisma/factories/unique';
import { expectAccessible } from './support/axe';
import { signInAsSomebody } from './support/call';

const DAY_MS = 24 * 60 * 60_000;

/** What nobody else has added. */
function aName() {
  const number = unique();
  return { name: `Example System ${number}`, root: `https://source-${number}.example.nhs.uk/STU3` };
}

/** Fills in what must be typed, and sends it. */
async function add(page: Page, given: { name: string; root: string; odsCode: string }): Promise<void> {
  await page.getByLabel('Name of the system').fill(given.name);
  await page.getByLabel('Its FHIR service root').fill(given.root);
  await page.getByLabel('Organisation that Onward reads for').fill(given.odsCode);
  await page.getByRole('button', { name: 'Add this source' }).click();
}

test('a source is added after mistakes that are explained and keep what was typed, listed, switched off and on', async ({ page }) => {
  const { ctx } = await signInAsSomebody(page, 'system-admin');
  const { name, root } = aName();
  await page.getByRole('link', { name: 'Appointment sources' }).first().click();
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Add a source' }).click();
  await expectAccessible(page);

  await add(page, { name, root: root.replace('https', 'http'), odsCode: 'NOSUCH' });
  await expect(page.getByRole('main').getByRole('alert')).toContainText('Enter the service root as a full address that begins with https');
  await expect(page.getByLabel('Name of the system')).toHaveValue(name);
  await expect(page.getByLabel('Its FHIR service root')).toHaveValue(root.replace('https', 'http'));
  await expectAccessible(page);
  await add(page, { name, root, odsCode: 'NOSUCH' });
  await expect(page.getByRole('main').getByRole('alert')).toContainText('No organisation has the ODS code NOSUCH');
  await expect(page.getByLabel('Its FHIR service root')).toHaveValue(root);
  await add(page, { name, root, odsCode: ctx.actor.organisation.code });
  await expect(page.getByRole('heading', { name: 'The source was added' })).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(`${name} On`);
  await expectAccessible(page);

  await page.goto('/sources/new');
  await add(page, { name: 'Another', root: `${root}/`, odsCode: ctx.actor.organisation.code });
  await expect(page.getByRole('main').getByRole('alert')).toContainText('This service root is in the list already');

  await page.goto('/sources');
  await expect(page.getByRole('row', { name: new RegExp(name) })).toContainText('On');
  await page.getByRole('link', { name }).click();
  await page.getByRole('button', { name: 'Switch this source off' }).click();
  await expect(page.getByRole('heading', { name: 'The source is off' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Switch this source on' }).click();
  await expect(page.getByRole('heading', { name: 'The source is on again' })).toBeVisible();
});

test('a source says how many of its appointments could not be confirmed and why, and nothing of the patients', async ({ page }) => {
  await signInAsSomebody(page, 'system-admin');
  const { name, root } = aName();
  const now = readClock();
  const source = await db.registrySource.create({
    data: { id: crypto.randomUUID(), root, name, readsForCode: 'Y99901', addedAt: now, changedAt: now, failures: 3, restsUntil: new Date(now.getTime() + DAY_MS) },
  });
  // Due far in the future: the jobs leave them alone.
  const [startsAt, checkDueAt] = [new Date(now.getTime() + 30 * DAY_MS), new Date(now.getTime() + 20 * DAY_MS)];
  const entries = await Promise.all([1, 1, 0].map((checkFailures) => aRegisteredEntry({ url: `${root}/Appointment/${unique()}`, startsAt, checkDueAt, checkFailures })));
  await db.registryEntry.updateMany({ where: { id: { in: entries.map(({ id }) => id) }, checkFailures: 1 }, data: { checkOutcome: 'gone' } });

  await page.goto('/sources');
  await expect(page.getByRole('row', { name: new RegExp(name) })).toContainText('3 to re-read, 2 of them not confirmed');
  await expect(page.getByRole('row', { name: new RegExp(name) })).toContainText('Resting until tomorrow');
  await page.goto(`/sources/${source.id}`);
  await expect(page.getByRole('region', { name: 'Not confirmed' })).toContainText('2 Not there any more');
  await expect(page.getByRole('main')).not.toContainText('Notreal');
  await expectAccessible(page);
});

test('a source that a colleague switched meanwhile is not switched again', async ({ page }) => {
  const { ctx } = await signInAsSomebody(page, 'system-admin');
  await page.goto('/sources/new');
  const { name, root } = aName();
  await add(page, { name, root, odsCode: ctx.actor.organisation.code });
  await expect(page.getByRole('heading', { name: 'The source was added' })).toBeVisible();
  await db.registrySource.update({ where: { root }, data: { isOn: false, version: { increment: 1 } } });
  await page.getByRole('button', { name: 'Switch this source off' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('A colleague changed this source');
});

test('whoever is not a system admin has no page of sources', async ({ page }) => {
  await signInAsSomebody(page, 'supervisor');
  await page.goto('/sources');
  await expect(page.getByRole('heading', { level: 1, name: 'My calls' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Appointment sources' })).toHaveCount(0);
});

test('a source is added with the keyboard alone', async ({ page }) => {
  const { ctx } = await signInAsSomebody(page, 'system-admin');
  const { name, root } = aName();
  await page.goto('/sources/new');
  await page.getByLabel('Name of the system').focus();
  await page.keyboard.type(name);
  await page.keyboard.press('Tab');
  await page.keyboard.type(root);
  await page.keyboard.press('Tab');
  await page.keyboard.type(ctx.actor.organisation.code);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'The source was added' })).toBeVisible();
});

test.describe('with JavaScript off', () => {
  test.use({ javaScriptEnabled: false });

  test('a source is added, with what was typed kept after a mistake, and switched off', async ({ page }) => {
    const { ctx } = await signInAsSomebody(page, 'system-admin');
    const { name, root } = aName();
    await page.goto('/sources/new');
    await add(page, { name: '', root, odsCode: ctx.actor.organisation.code });
    await expect(page.getByRole('main').getByRole('alert')).toContainText('Enter the name of the system');
    await expect(page.getByLabel('Its FHIR service root')).toHaveValue(root);
    await add(page, { name, root, odsCode: ctx.actor.organisation.code });
    await expect(page.getByRole('heading', { name: 'The source was added' })).toBeVisible();
    await page.getByRole('button', { name: 'Switch this source off' }).click();
    await expect(page.getByRole('heading', { name: 'The source is off' })).toBeVisible();
  });
});

test('no page of a source is wider than a phone', async ({ page }) => {
  await page.setViewportSize({ width: 375, height: 720 });
  const { ctx } = await signInAsSomebody(page, 'system-admin');
  await page.goto('/sources/new');
  const { name, root } = aName();
  await add(page, { name, root, odsCode: ctx.actor.organisation.code });
  await expect(page.getByRole('heading', { name: 'The source was added' })).toBeVisible();
  for (const path of [page.url(), '/sources', '/sources/new']) {
    await page.goto(path);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(375);
  }
});
