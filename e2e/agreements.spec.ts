import { expect, test, type Browser, type Page } from '@playwright/test';
import { db } from '@/lib/platform/db';
import { addDays, readClock } from '@/lib/platform/time';
import { londonDate, shortDate, type LocalDate } from '@/lib/platform/time-words';
import { anAgreement, GREATER_MANCHESTER, WEST_YORKSHIRE } from '@/prisma/factories/agreement';
import { aService } from '@/prisma/factories/service';
import { unique } from '@/prisma/factories/unique';
import { expectAccessible } from './support/axe';
import { signInWith } from './support/call';

const NORTH_WEST = 'Y62';
const WALES = 'W92000004';
const PHONE = { width: 375, height: 812 };

const today = () => londonDate(readClock());
const tomorrow = () => addDays(today(), 1);
const look = (page: Page) => page.getByRole('region', { name: 'How it stands to others' });
const heading = (page: Page) => page.getByRole('heading', { level: 1 });

/** A service in Greater Manchester that no other journey agrees anything about. */
function aServiceInManchester() {
  return aService({ icbCode: GREATER_MANCHESTER });
}

/** Somebody of the other side in a browser of their own. */
async function manchester(browser: Browser, baseURL: string | undefined): Promise<Page> {
  const context = await browser.newContext({ baseURL, viewport: { width: 1280, height: 720 }, locale: 'en-GB', timezoneId: 'Europe/London' });
  const page = await context.newPage();
  await signInWith(page, { role: 'commissioner', scope: GREATER_MANCHESTER });
  return page;
}

async function onNewAgreement(page: Page) {
  await signInWith(page, { role: 'commissioner', scope: WEST_YORKSHIRE });
  await page.goto('/borders/agreements/new');
  await expect(page.getByRole('heading', { level: 1, name: 'New agreement' })).toBeVisible();
}

async function typeAgreement(page: Page, { title, dosId }: { title: string; dosId: string }) {
  await page.getByLabel('Title').fill(title);
  await page.getByLabel('Services in').selectOption(GREATER_MANCHESTER);
  await page.getByLabel('Or one service').fill(dosId);
  await page.getByLabel('Allowed, the host is told').check();
}

async function typeDate(page: Page, legend: string, date: LocalDate) {
  const [year = '', month = '', day = ''] = date.split('-');
  const group = page.getByRole('group', { name: legend });
  await group.getByLabel('Day').fill(day);
  await group.getByLabel('Month').fill(month);
  await group.getByLabel('Year').fill(year);
}

test('an agreement from nothing: shadowed-by is told while typing; the other side agrees, and it is live', async ({ page, browser, baseURL }) => {
  const service = await aServiceInManchester();
  const other = await anAgreement({ serviceId: service.id, validFrom: today() });
  const title = `Evenings ${unique()}`;
  await onNewAgreement(page);
  await expect(page.getByLabel('Patients of')).toHaveValue(WEST_YORKSHIRE);
  await typeAgreement(page, { title, dosId: service.dosId });
  // The same patients and service, but a wider area to be: so the other one is more specific.
  await page.getByLabel('Services in').selectOption(NORTH_WEST);
  await expect(look(page)).toContainText(`This is shadowed by “${other.title}” (version 1)`);
  await expect(look(page)).toContainText('so this one would never decide');
  await expectAccessible(page);

  await page.getByLabel('Services in').selectOption(GREATER_MANCHESTER);
  await expect(look(page)).toContainText('both cannot be agreed');
  await page.getByLabel('Sat', { exact: true }).check();
  await page.getByLabel('At most, a day').fill('50');
  await page.getByLabel('A price for each appointment').check();
  await page.getByLabel('When the patient came, in £').fill('12.50');
  await page.getByLabel('For a no-show, in £').fill('5');
  await expect(look(page)).toContainText(`Patients from West Yorkshire at ${service.name} in Greater Manchester, Sat, up to 50 a day`);
  await expect(look(page)).toContainText('West Yorkshire pays £12.50, and £5.00 for a no-show.');
  await expect(look(page)).not.toContainText('both cannot be agreed');
  await page.getByRole('button', { name: 'Save as a draft' }).click();

  await expect(page.getByRole('heading', { name: 'The draft was saved' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Propose it' }).click();
  await expect(page.getByRole('heading', { name: 'It is proposed' })).toBeVisible();
  await expect(page.getByText('It waits for somebody who speaks for Greater Manchester to agree')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Agree', exact: true })).toHaveCount(0);

  const theirs = await manchester(browser, baseURL);
  await theirs.goto('/borders/agreements?state=drafts');
  await expect(theirs.getByRole('row', { name: new RegExp(title) })).toContainText('Waits for your answer');
  await expectAccessible(theirs);
  await theirs.getByRole('link', { name: title }).click();
  await expect(theirs.getByRole('main')).toContainText('£12.50 when the patient came, £5.00 for a no-show');
  await theirs.getByRole('button', { name: 'Agree', exact: true }).click();
  await expect(theirs.getByRole('heading', { name: 'It is agreed' })).toBeVisible();
  await expect(heading(theirs)).toContainText('Live');
  await expectAccessible(theirs);
  await theirs.context().close();
});

test('a proposal is declined with words, which the other side reads, and is changed and proposed again', async ({ page, browser, baseURL }) => {
  const service = await aServiceInManchester();
  const { id, title } = await anAgreement({ serviceId: service.id, validFrom: today(), state: 'proposed' });
  const theirs = await manchester(browser, baseURL);
  await theirs.goto(`/borders/agreements/${id}/1`);
  await theirs.getByRole('button', { name: 'Decline' }).click();
  await expect(theirs.getByRole('main').getByRole('alert')).toContainText('Enter the reason');
  await expectAccessible(theirs);
  await theirs.getByLabel('Or decline it').fill('Too dear on Sundays');
  await theirs.getByRole('button', { name: 'Decline' }).click();
  await expect(theirs.getByRole('heading', { name: 'It was declined' })).toBeVisible();
  await theirs.context().close();

  await signInWith(page, { role: 'commissioner', scope: WEST_YORKSHIRE });
  await page.goto(`/borders/agreements/${id}/1`);
  await expect(page.getByText('“Too dear on Sundays”').first()).toBeVisible();
  await page.getByRole('link', { name: 'Change it' }).click();
  await expect(page.getByLabel('Title')).toHaveValue(title);
  await page.getByLabel('At most, a day').fill('5');
  await page.getByRole('button', { name: 'Save as a draft' }).click();
  await page.getByRole('button', { name: 'Propose it' }).click();
  await expect(page.getByRole('heading', { name: 'It is proposed' })).toBeVisible();
  await page.getByRole('button', { name: 'Take it back' }).click();
  await expect(page.getByRole('heading', { name: 'The proposal was taken back' })).toBeVisible();
});

test('what cannot be is told at its field, and everything that was typed stays', async ({ page }) => {
  const service = await aServiceInManchester();
  await onNewAgreement(page);
  await typeAgreement(page, { title: 'Nights', dosId: service.dosId });
  await typeDate(page, 'First day', addDays(today(), -1));
  await page.getByLabel('From', { exact: true }).fill('noon');
  await page.getByLabel('To', { exact: true }).fill('08:00');
  await page.getByLabel('At most, a day').fill('0');
  await page.getByLabel('Needs approval').check();
  await page.getByLabel('A price for each appointment').check();
  await page.getByLabel('When the patient came, in £').fill('-1');
  await page.getByLabel('For a no-show, in £').fill('0');
  await page.getByRole('button', { name: 'Save as a draft' }).click();

  const faults = page.getByRole('main').getByRole('alert');
  await expect(faults).toContainText('What is past stays as it was');
  await expect(faults).toContainText('Enter a time like 09:00');
  await expect(faults).toContainText('Enter a whole number from 1');
  await expect(faults).toContainText('Choose at least one who may approve');
  await expect(faults).toContainText('Enter 0 or more');
  await expect(page.getByLabel('Title')).toHaveValue('Nights');
  await expect(page.getByLabel('Services in')).toHaveValue(GREATER_MANCHESTER);
  await expect(page.getByLabel('Needs approval')).toBeChecked();
  await expect(page.getByLabel('When the patient came, in £')).toHaveValue('-1');
  await expectAccessible(page);
  await faults.getByRole('link', { name: /^Enter a time/ }).click();
  await expect(page.getByLabel('From', { exact: true })).toBeFocused();

  await page.getByLabel('From', { exact: true }).fill('20:00');
  await typeDate(page, 'First day', today());
  await page.getByLabel('At most, a day').fill('5');
  await page.getByLabel('A supervisor').check();
  await page.getByLabel('When the patient came, in £').fill('20');
  await page.getByLabel('Or one service').fill('1');
  await page.getByRole('button', { name: 'Save as a draft' }).click();
  await expect(faults).toContainText('No service or type has the code “1”');
  await expect(page.getByLabel('From', { exact: true })).toHaveValue('20:00');
  await expectAccessible(page);
});

test('a board that was abolished is answered with what came in its place, and put in by a button', async ({ page }) => {
  const abolished = await db.icbSuccessor.findFirstOrThrow({ where: { oldCode: { not: WEST_YORKSHIRE } }, orderBy: [{ oldCode: 'asc' }, { lsoaCount: 'desc' }] });
  const [old, successor] = await Promise.all([abolished.oldCode, abolished.newCode].map((code) => db.icb.findUniqueOrThrow({ where: { code } })));
  await onNewAgreement(page);
  await typeAgreement(page, { title: 'Old names', dosId: '' });
  await page.getByLabel('Type of service').selectOption({ label: 'Dental Practice' });
  await page.getByLabel('Services in').selectOption(abolished.oldCode);
  await page.getByRole('button', { name: 'Save as a draft' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText(`${old?.shortName} was abolished on 1 April 2026`);
  await expectAccessible(page);
  await page.getByRole('button', { name: `Choose ${successor?.shortName}` }).click();
  await expect(page.getByRole('heading', { name: `${successor?.shortName} is chosen now` })).toBeVisible();
  await expect(page.getByLabel('Services in')).toHaveValue(abolished.newCode);
  await expect(page.getByLabel('Title')).toHaveValue('Old names');
});

test('a new version takes the place of the old one from its first day on, and an agreement ends', async ({ page, browser, baseURL }) => {
  const service = await aServiceInManchester();
  const { id } = await anAgreement({ serviceId: service.id, validFrom: today() });
  await signInWith(page, { role: 'commissioner', scope: WEST_YORKSHIRE });
  await page.goto(`/borders/agreements/${id}/1`);
  await page.getByRole('button', { name: 'New version' }).click();
  await expect(page.getByRole('heading', { level: 1, name: /version 2$/ })).toBeVisible();
  await typeDate(page, 'First day', tomorrow());
  await page.getByLabel('Needs approval').check();
  await page.getByLabel('A supervisor').check();
  await page.getByRole('button', { name: 'Save as a draft' }).click();
  await page.getByRole('button', { name: 'Propose it' }).click();
  await expect(page.getByRole('heading', { name: 'It is proposed' })).toBeVisible();

  const theirs = await manchester(browser, baseURL);
  await theirs.goto(`/borders/agreements/${id}/2`);
  await theirs.getByRole('button', { name: 'Agree', exact: true }).click();
  await expect(heading(theirs)).toContainText('Agreed, to come');
  const versions = theirs.getByRole('region', { name: 'Versions' });
  await expect(versions.getByRole('listitem').filter({ hasText: 'Version 1' })).toContainText(`${shortDate(today(), readClock())} to ${shortDate(today(), readClock())}`);

  await theirs.getByRole('link', { name: 'End it' }).click();
  await expect(theirs.getByRole('heading', { level: 1, name: /^End “/ })).toBeVisible();
  await typeDate(theirs, 'Last day on which it holds', addDays(today(), -1));
  await theirs.getByRole('button', { name: 'End it on this day' }).click();
  await expect(theirs.getByRole('main').getByRole('alert')).toContainText('cannot end there');
  await expectAccessible(theirs);
  await typeDate(theirs, 'Last day on which it holds', addDays(today(), 30));
  await theirs.getByRole('button', { name: 'End it on this day' }).click();
  await expect(theirs.getByRole('heading', { name: 'Its last day was set' })).toBeVisible();
  await expect(theirs.getByRole('main')).toContainText(`to ${shortDate(addDays(today(), 30), readClock())}`);
  await theirs.context().close();
});

test('on a phone the list is cards and the form one column, and nothing is cut off', async ({ page }) => {
  await page.setViewportSize(PHONE);
  const service = await aServiceInManchester();
  const { title } = await anAgreement({ serviceId: service.id, validFrom: today() });
  await signInWith(page, { role: 'commissioner', scope: WEST_YORKSHIRE });
  for (const path of ['/borders/agreements', '/borders/agreements/new', '/borders/defaults']) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width);
    await expectAccessible(page);
  }
  await page.goto('/borders/agreements');
  await page.getByRole('link', { name: title }).click();
  await expect(page.getByRole('heading', { level: 2, name: 'What to do now' })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width);
});

test('the default of a nation is changed by its own commissioner, who may not change the others', async ({ page }) => {
  await signInWith(page, { role: 'commissioner', scope: WALES });
  await page.goto('/borders/defaults');
  await expectAccessible(page);
  await expect(page.getByRole('link', { name: 'Change the default for England' })).toHaveCount(0);
  await page.getByRole('link', { name: 'Change the default for Wales' }).click();
  await page.getByLabel('Urgent is a timeframe').fill('-6');
  await page.getByRole('button', { name: 'Change the default' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('Enter a whole number of minutes');
  await expect(page.getByLabel('Urgent is a timeframe')).toHaveValue('-6');
  await expectAccessible(page);
  // As shipped again: other journeys live by it.
  await page.getByLabel('Urgent is a timeframe').fill('360');
  await page.getByRole('button', { name: 'Change the default' }).click();
  await expect(page.getByRole('heading', { name: 'The default was changed' })).toBeVisible();

  await page.goto('/borders/defaults/E');
  await expect(page).toHaveURL('/borders/defaults');
});

test.describe('with JavaScript off', () => {
  test.use({ javaScriptEnabled: false });

  test('how it stands to others is read by a button of its own, and the draft is saved as a plain form', async ({ page }) => {
    const service = await aServiceInManchester();
    const other = await anAgreement({ serviceId: service.id, validFrom: today() });
    const title = `Plain ${unique()}`;
    await onNewAgreement(page);
    await typeAgreement(page, { title, dosId: service.dosId });
    await page.getByRole('button', { name: 'Check against other agreements' }).click();
    await expect(look(page)).toContainText(`“${other.title}” (version 1) says already what holds`);
    await expect(page.getByLabel('Title')).toHaveValue(title);
    await page.getByLabel('Sun', { exact: true }).check();
    await page.getByRole('button', { name: 'Save as a draft' }).click();
    await expect(page.getByRole('heading', { name: 'The draft was saved' })).toBeVisible();
    await page.getByRole('button', { name: 'Propose it' }).click();
    await expect(page.getByRole('heading', { name: 'It is proposed' })).toBeVisible();
  });
});
