import { readFile } from 'node:fs/promises';
import { expect, test, type Page } from '@playwright/test';
import { londonDate } from '@/lib/platform/time-words';
import { anAppointment } from '@/prisma/factories/appointment';
import { aService } from '@/prisma/factories/service';
import { freeSlotsInARow } from '@/prisma/factories/slot';
import { aHandler } from '@/prisma/factories/staff';
import { addMinutes, readClock } from '@/lib/platform/time';
import { expectAccessible } from './support/axe';
import { signInWith } from './support/call';
import { wholeMinute } from './support/world';

async function aUsedService(page: Page) {
  const service = await aService();
  const startsAt = addMinutes(wholeMinute(), 30);
  await freeSlotsInARow(3, { serviceId: service.id, startsAt });
  const appointment = await anAppointment(await aHandler({ now: readClock() }), { slot: { serviceId: service.id, startsAt } });
  await signInWith(page, { role: 'service-admin', scope: service.id });
  return { service, appointment, day: londonDate(startsAt) };
}

test('a report shows what was booked by day and hour, and files of a day are downloaded from it', async ({ page }) => {
  const { service, appointment, day } = await aUsedService(page);
  await page.goto(`/schedules/${service.id}/reports`);
  await expect(page.getByText('No slots were offered on these days.')).toBeVisible();
  await expectAccessible(page);

  await page.getByLabel('First day').fill(day);
  await page.getByLabel('Last day').fill(day);
  await page.getByRole('button', { name: 'Show these days' }).click();
  await expect(page.getByRole('region', { name: 'Booked by day and hour' })).toBeVisible();
  await expect(page.getByText('1 of 4 offered')).toBeVisible();
  await expect(page.getByRole('row', { name: /^under 1 h 1 100 %/ })).toBeVisible();
  await expectAccessible(page);

  await page.getByLabel('Day', { exact: true }).fill(day);
  const bookings = await fileOf(page, 'Download bookings');
  expect(bookings.name).toBe(`bookings-${day}.csv`);
  expect(bookings.text).toContain(appointment.reference);
  const slots = await fileOf(page, 'Download slots');
  expect(slots.name).toBe(`slots-${day}.csv`);
  expect(slots.text.match(/,free,/g)).toHaveLength(3);
});

test('days that cannot be are said so at the field', async ({ page }) => {
  const { service } = await aUsedService(page);
  await page.goto(`/schedules/${service.id}/reports?from=2026-11-02&to=2026-11-01`);
  await expect(page.getByRole('link', { name: 'The last day must not be before the first' })).toBeVisible();
  await expectAccessible(page);
});

test("another's service has no report, and no files", async ({ page }) => {
  const { day } = await aUsedService(page);
  const other = await aService();
  await page.goto(`/schedules/${other.id}/reports`);
  await expect(page.getByRole('heading', { level: 1, name: 'Page not found' })).toBeVisible();
  for (const file of ['slots', 'bookings']) {
    expect((await page.request.get(`/api/schedules/${other.id}/${file}?date=${day}`)).status()).toBe(404);
  }
});

async function fileOf(page: Page, button: string) {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: button }).click();
  const file = await download;
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') };
}
