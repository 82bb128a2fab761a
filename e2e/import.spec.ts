import { readFile } from 'node:fs/promises';
import { expect, test, type Page } from '@playwright/test';
import { addDays, readClock } from '@/lib/platform/time';
import { londonDate } from '@/lib/platform/time-words';
import { aService } from '@/prisma/factories/service';
import { expectAccessible } from './support/axe';
import { signInWith } from './support/call';

const HEADER = 'service_dos_id,schedule,channel,weekdays,from,to,breaks,slot_minutes,places,valid_from';
const TOMORROW = addDays(londonDate(readClock()), 1);

async function asAdmin(page: Page) {
  const service = await aService();
  await signInWith(page, { role: 'service-admin', scope: service.id });
  await page.goto('/schedules/import');
  return service;
}

async function send(page: Page, { what, text }: { what: string; text: string }) {
  await page.getByLabel(what).check();
  await page.getByLabel('CSV file').setInputFiles({ name: 'file.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await page.getByRole('button', { name: 'Check the file' }).click();
}

test('a file with bad rows lists every fault and applies nothing; mended, it is looked at and applied', async ({ page }) => {
  const service = await asAdmin(page);
  await expectAccessible(page);
  const bad = [
    HEADER,
    `${service.dosId},Minor injuries,in-person,Mon;Tue;Wed;Thu;Fri;Sat;Sun,09:00,12:00,10:00-10:30,15,2,${TOMORROW}`,
    `${service.dosId},Minor injuries,in-person,Mon,11:00,13:00,,15,1,${TOMORROW}`,
    `${service.dosId},Eyes,fax,Someday,12:00,09:00,,15,0,${TOMORROW}`,
    `999,Eyes,in-person,Mon,09:00,12:00,,15,1,${TOMORROW}`,
  ];
  await send(page, { what: 'Weekly patterns', text: bad.join('\n') });
  await expect(page.getByRole('main').getByRole('alert')).toContainText('Nothing was imported: the file has 6 faults');
  for (const fault of ['Row 3, from: It crosses row 2', 'Row 4, channel: Enter in-person', 'Row 4, weekdays: Enter days', 'Row 4, places: Enter at least 1 place', 'Row 4, to:', 'Row 5, service_dos_id: You run no service']) {
    await expect(page.getByRole('listitem').filter({ hasText: fault })).toBeVisible();
  }
  await expectAccessible(page);

  await send(page, { what: 'Weekly patterns', text: bad.slice(0, 2).join('\n') });
  await page.waitForURL(/\/proposals\//);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Apply this change' }).click();
  await expect(page.getByRole('heading', { name: /^Applied / })).toBeVisible();

  const download = page.waitForEvent('download');
  await page.goto('/schedules/import');
  await page.getByRole('link', { name: 'Weekly patterns of your services' }).click();
  const file = await readFile(await (await download).path(), 'utf8');
  expect(file).toContain(`${service.dosId},Minor injuries,in-person`);
  await send(page, { what: 'Weekly patterns', text: file });
  await expect(page.getByRole('heading', { name: 'Nothing would change' })).toBeVisible();
});

test('settings of services are shown before and after, then applied', async ({ page }) => {
  const service = await asAdmin(page);
  await send(page, { what: 'Settings of services', text: `dos_id,hold_minutes,access_needs\n${service.dosId},99,Ramp\n` });
  await expect(page.getByText('Row 2, hold_minutes:')).toBeVisible();
  await send(page, { what: 'Settings of services', text: `dos_id,hold_minutes,access_needs\n${service.dosId},8,Ramp at the side door\n` });
  await expect(page.getByRole('heading', { name: 'The file would change 1 service' })).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: 'hold_minutes' })).toContainText('8');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Apply these changes' }).click();
  await expect(page.getByRole('heading', { name: '1 service was changed' })).toBeVisible();
  await expectAccessible(page);
});

test('no file, and one that is no text, are said so at the field', async ({ page }) => {
  await asAdmin(page);
  await page.getByRole('button', { name: 'Check the file' }).click();
  await expect(page.getByRole('link', { name: 'Choose a file that has something in it' })).toBeVisible();
  await page.getByLabel('CSV file').setInputFiles({ name: 'book.xlsx', mimeType: 'text/csv', buffer: Buffer.from([0x50, 0x4b, 3, 4, 0xff, 0]) });
  await page.getByRole('button', { name: 'Check the file' }).click();
  await expect(page.getByRole('link', { name: /^The file is not CSV in UTF-8/ })).toBeVisible();
  await expectAccessible(page);
});

test.describe('with JavaScript off', () => {
  test.use({ javaScriptEnabled: false });

  test('a file is checked, looked at and applied', async ({ page }) => {
    const service = await asAdmin(page);
    await send(page, { what: 'Settings of services', text: `dos_id,name\n${service.dosId},\n` });
    await expect(page.getByText('Row 2, name: Enter the name of the service')).toBeVisible();
    await send(page, { what: 'Settings of services', text: `dos_id,hold_minutes\n${service.dosId},7\n` });
    await page.getByRole('button', { name: 'Apply these changes' }).click();
    await expect(page.getByRole('heading', { name: '1 service was changed' })).toBeVisible();
  });
});
