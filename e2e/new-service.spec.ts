import { expect, test } from '@playwright/test';
import { db } from '@/lib/platform/db';
import { unique } from '@/prisma/factories/unique';
import { expectAccessible } from './support/axe';
import { holdFirst, signInAsSomebody, signInWith, startCall } from './support/call';
import { anEnglishPostcode } from './support/world';

const WEEK = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

test('a service is set up from nothing, and a call handler in another browser books its first appointment', async ({ page, browser }) => {
  test.slow();
  const { postcode } = await anEnglishPostcode();
  const name = `Example Walk-in Centre ${unique()}`;
  await signInWith(page, { role: 'service-admin', scope: 'none yet' });
  await page.goto('/schedules/new');
  await expectAccessible(page);

  await page.getByLabel('Name of the service').fill(name);
  await page.getByLabel('Address where patients go').fill('1 Example Street');
  await page.getByLabel('Postcode').fill('ZZ99 9ZZ');
  await page.getByRole('button', { name: 'Make this service' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('Choose the type of service');
  await page.getByLabel('Type of service').selectOption('Urgent Treatment Centre (UTC)');
  await page.getByRole('button', { name: 'Make this service' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('No place is known for ZZ99 9ZZ');
  await expect(page.getByLabel('Name of the service')).toHaveValue(name);
  await expectAccessible(page);
  await page.getByLabel('Postcode').fill(postcode);
  await page.getByRole('button', { name: 'Make this service' }).click();

  await expect(page.getByRole('heading', { name: 'The service was made' })).toBeVisible();
  const todo = page.getByRole('region', { name: 'Still to do before a call can book here' });
  await expect(todo.getByRole('listitem')).toHaveCount(5);
  await expectAccessible(page);

  await todo.getByRole('link', { name: 'Accept dispositions' }).click();
  await page.getByLabel(/^Dx05 /).check();
  await page.getByRole('button', { name: 'Save' }).click();
  await todo.getByRole('link', { name: 'Set opening hours' }).click();
  await page.getByLabel('Open all hours, every day').check();
  await page.getByRole('button', { name: 'Save' }).click();
  await todo.getByRole('link', { name: 'Switch bookings on' }).click();
  await page.getByRole('radio', { name: 'On', exact: true }).check();
  await page.getByRole('button', { name: 'Save' }).click();

  await todo.getByRole('link', { name: 'Make a weekly pattern' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'New weekly pattern' })).toBeVisible();
  for (const day of WEEK) await page.getByRole('checkbox', { name: day, exact: true }).check();
  await page.getByLabel('Also works on bank holidays').check();
  await page.getByLabel('Starts at').fill('00:00');
  await page.getByLabel('Ends at').fill('24:00');
  await page.getByLabel('Name of the schedule').fill('Room 1');
  await page.getByLabel('How patients are seen').selectOption('In person');
  await page.getByRole('button', { name: 'See what it does' }).click();
  await expect(page.getByRole('button', { name: 'Apply this change' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Apply this change' }).click();
  await expect(page.getByRole('heading', { name: /^Applied / })).toBeVisible();

  const service = await db.service.findFirstOrThrow({ where: { name }, select: { id: true } });
  await page.goto(`/schedules/${service.id}/profile`);
  await expect(todo.getByRole('listitem')).toHaveText([/symptoms/]);

  const context = await browser.newContext();
  const handler = await context.newPage();
  await signInAsSomebody(handler);
  await startCall(handler, { postcode });
  await holdFirst(handler, name);
  await handler.getByRole('link', { name: 'Check and book' }).click();
  await handler.getByLabel('Reason for the appointment').fill('Fever and earache since last night. Assessed by 111.');
  await handler.getByRole('button', { name: 'Book this appointment' }).click();
  await expect(handler.getByRole('heading', { level: 1, name: 'Booked' })).toBeVisible();
  await context.close();
  expect(await db.appointment.count({ where: { serviceId: service.id, status: 'booked' } })).toBe(1);
});

test('a form sent twice makes one service, and only its maker runs it', async ({ page }) => {
  const { postcode } = await anEnglishPostcode();
  const name = `Example Walk-in Centre ${unique()}`;
  const { ctx } = await signInWith(page, { role: 'service-admin', scope: 'none yet' });
  await page.goto('/schedules/new');
  await page.getByLabel('Name of the service').fill(name);
  await page.getByLabel('Address where patients go').fill('1 Example Street');
  await page.getByLabel('Postcode').fill(postcode);
  await page.getByLabel('Type of service').selectOption('Urgent Treatment Centre (UTC)');
  await page.getByRole('button', { name: 'Make this service' }).dblclick();
  await expect(page.getByRole('heading', { name: 'The service was made' })).toBeVisible();

  const made = await db.service.findMany({ where: { name }, select: { id: true, odsCode: true } });
  expect(made).toHaveLength(1);
  expect(made[0]?.odsCode).toBe(ctx.actor.organisation.code);
  await page.goto('/schedules');
  await expect(page.getByRole('link', { name })).toBeVisible();
});
