import { expect, test, type Page } from '@playwright/test';
import { db } from '@/lib/platform/db';
import { readClock } from '@/lib/platform/time';
import { aHandler } from '@/prisma/factories/staff';
import { aService } from '@/prisma/factories/service';
import { saveProfile } from '@/lib/directory/profile.commands';
import { expectAccessible } from './support/axe';
import { signInAsSomebody, signInWith } from './support/call';
import { aServiceNearby } from './support/world';

async function openProfile(page: Page) {
  const { service, postcode } = await aServiceNearby();
  await signInWith(page, { role: 'service-admin', scope: service.id });
  await page.goto(`/schedules/${service.id}/profile`);
  await expect(page.getByRole('heading', { level: 1, name: 'Service profile' })).toBeVisible();
  return { service, postcode };
}

const faults = (page: Page) => page.getByRole('main').getByRole('alert');

test('what a service accepts is changed at once, and a fault keeps everything that was typed', async ({ page }) => {
  const { service } = await openProfile(page);
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Change what it accepts' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'What this service accepts' })).toBeVisible();
  await expectAccessible(page);

  await page.getByLabel('Show only those with these words').fill('dx11');
  await expect(page.getByLabel(/^Dx05 /)).toBeHidden();
  await page.getByLabel(/^Dx11 /).check();
  await page.getByRole('group', { name: 'Ages', exact: true }).getByLabel('From, in years').fill('16');
  await page.getByRole('group', { name: 'Ages', exact: true }).getByLabel('To, in years').fill('12');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(faults(page)).toContainText('The oldest age, 12, is below the youngest, 16');
  await expect(page.getByLabel(/^Dx11 /)).toBeChecked();
  await expectAccessible(page);

  await page.getByRole('group', { name: 'Ages', exact: true }).getByLabel('To, in years').fill('');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { name: 'What it accepts was saved' })).toBeVisible();
  await expect(page.getByText('16 years and over')).toBeVisible();
  expect(await db.serviceDisposition.count({ where: { serviceId: service.id, code: 'Dx11' } })).toBe(1);
});

test('opening hours take several sessions a day and name the day that is wrong; a bank holiday may have its own', async ({ page }) => {
  const { service } = await openProfile(page);
  await page.getByRole('link', { name: 'Change opening hours' }).click();
  await page.getByLabel('Open all hours, every day').uncheck();
  await page.getByLabel('Monday').fill('9-12.30, 13.30-18');
  await page.getByLabel('Tuesday').fill('18:00 to 09:00');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(faults(page)).toContainText('Tuesday: 09:00 is not after 18:00');
  await expect(page.getByLabel('Monday')).toHaveValue('9-12.30, 13.30-18');
  await expectAccessible(page);
  await page.getByLabel('Tuesday').fill('');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Monday: 09:00 to 12:30, 13:30 to 18:00')).toBeVisible();

  await page.getByRole('link', { name: 'Change single dates' }).click();
  await page.getByRole('row', { name: /Christmas Day/ }).first().getByRole('link', { name: /^Set hours/ }).click();
  await expect(page.getByRole('heading', { level: 2, name: /^Hours of .* 25 Dec/ })).toBeVisible();
  await page.getByLabel('Open at these hours').check();
  await page.getByRole('textbox', { name: 'Hours' }).fill('10:00 to 14:00');
  await page.getByLabel('Reason').fill('Short day');
  await page.getByRole('button', { name: 'Save this date' }).click();
  await expect(page.getByRole('heading', { name: 'The hours of that date were saved' })).toBeVisible();
  await expect(page.getByRole('row', { name: /Christmas Day: Short day/ })).toContainText('10:00 to 14:00');
  await expectAccessible(page);
  await page.getByRole('row', { name: /Short day/ }).getByRole('button', { name: /^Remove/ }).click();
  await expect(page.getByRole('heading', { name: 'That date has the usual hours again' })).toBeVisible();
  expect(await db.openingException.count({ where: { serviceId: service.id } })).toBe(0);
});

test('a colleague who saved first is named, what was typed stays, and saving again goes through', async ({ page }) => {
  const { service } = await openProfile(page);
  await page.getByRole('link', { name: 'Change booking' }).click();
  await page.getByLabel('Minutes a slot is held').fill('9');
  const colleague = await aHandler({ role: 'service-admin', scope: service.id, now: readClock() });
  await saveProfile(colleague, { serviceId: service.id, version: 1, change: { section: 'place', name: service.name, address: '9 New Street', postcode: service.postcode } });

  await page.getByRole('button', { name: 'Save' }).click();
  await expect(faults(page)).toContainText(`${colleague.actor.name} changed this service today`);
  await expect(page.getByLabel('Minutes a slot is held')).toHaveValue('9');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('9 minutes', { exact: true })).toBeVisible();
});

test('who finds the service is tried with the search of the call screen, and what leaves it out leads to where it is mended', async ({ page }) => {
  const { postcode } = await openProfile(page);
  const search = page.getByRole('search', { name: 'Who finds this service' });
  await search.getByLabel('Where the patient is').fill(postcode);
  await search.getByLabel('Disposition').fill('Dx05');
  await search.getByLabel('Age in years').fill('40');
  await search.getByRole('button', { name: 'Try this search' }).click();
  await expect(page.getByRole('heading', { name: /^Place \d+ of \d+ in the list$/ })).toBeVisible();
  await expectAccessible(page);

  await search.getByLabel('Disposition').fill('Dx17');
  await search.getByRole('button', { name: 'Try this search' }).click();
  await expect(page.getByRole('heading', { name: 'Not in the list' })).toBeVisible();
  await expect(page.getByText('It does not take this disposition.')).toBeVisible();
  await page.getByRole('link', { name: 'Change what it accepts' }).last().click();
  await expect(page.getByRole('heading', { level: 1, name: 'What this service accepts' })).toBeVisible();
});

test('what was changed can be read by whoever runs the service, without the texts themselves', async ({ page }) => {
  const { service } = await openProfile(page);
  await page.getByRole('link', { name: 'Change words and contact' }).click();
  await page.getByLabel('Access').fill('Ring the bell for the ramp');
  await page.getByLabel('Website').fill('www.example.com');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(faults(page)).toContainText('Enter a whole address');
  await page.getByLabel('Website').fill('https://www.example.com');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { name: 'Words and contact were saved' })).toBeVisible();
  await expect(page.getByText('Ring the bell for the ramp')).toBeVisible();

  await page.goto(`/schedules/${service.id}/changes`);
  await expect(page.getByRole('cell', { name: /Changed words and contact/ })).toContainText('access');
  await expect(page.getByText('Ring the bell')).toBeHidden();
  await expectAccessible(page);
});

test('the profile is changed with JavaScript off as well', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await openProfile(page);
  await page.getByRole('link', { name: 'Change name and address' }).click();
  await page.getByLabel('Postcode').fill('ZZ99 9ZZ');
  await page.getByLabel('Address where patients go').fill('9 New Street');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(faults(page)).toContainText('No place is known for ZZ99 9ZZ');
  await expect(page.getByLabel('Address where patients go')).toHaveValue('9 New Street');
  await context.close();
});

test('the profile of another service is not found, and a call handler has none', async ({ page }) => {
  const other = await aService();
  await signInWith(page, { role: 'service-admin', scope: (await aService()).id });
  const answer = await page.goto(`/schedules/${other.id}/profile/booking`);
  expect(answer?.status()).toBe(404);
  expect(await db.auditEvent.count({ where: { subject: other.id, type: 'service.access-refused' } })).toBeGreaterThan(0);

  await page.context().clearCookies();
  await signInAsSomebody(page);
  await page.goto(`/schedules/${other.id}/profile`);
  await expect(page.getByRole('heading', { level: 1, name: 'My calls' })).toBeVisible();
});
