import { expect, test, type Page } from '@playwright/test';
import { db } from '@/lib/platform/db';
import { addDays, readClock, toDateColumn } from '@/lib/platform/time';
import { londonDate, type LocalDate } from '@/lib/platform/time-words';
import { aService } from '@/prisma/factories/service';
import { expectAccessible } from './support/axe';
import { signInWith } from './support/call';

const inDays = (days: number) => addDays(londonDate(readClock()), days);

async function onNewSession(page: Page, day: LocalDate) {
  const service = await aService();
  await signInWith(page, { role: 'service-admin', scope: service.id });
  await page.goto(`/schedules/${service.id}/sessions/new?date=${day}`);
  await expect(page.getByRole('heading', { level: 1, name: 'New session' })).toBeVisible();
  return service;
}

async function makeSession(page: Page) {
  await page.getByLabel('Starts at').fill('09:00');
  await page.getByLabel('Ends at').fill('13:00');
  await page.getByLabel('Break 1 from').fill('10');
  await page.getByLabel('Break 1 to').fill('11');
  await page.getByLabel('Name of the schedule').fill('Room 2');
  await apply(page);
}

async function apply(page: Page) {
  await page.getByRole('button', { name: 'See what it does' }).click();
  await applyProposed(page);
}

async function applyProposed(page: Page) {
  await page.getByRole('button', { name: 'Apply this change' }).click();
  await expect(page.getByRole('heading', { name: /^Applied/ })).toBeVisible();
}

async function typeDate(page: Page, legend: string, day: LocalDate) {
  const [year = '', month = '', date = ''] = day.split('-');
  const group = page.getByRole('group', { name: legend });
  await group.getByLabel('Day').fill(date);
  await group.getByLabel('Month').fill(month);
  await group.getByLabel('Year').fill(year);
}

function sessionsOf(serviceId: string, day: LocalDate) {
  return db.session.findMany({
    where: { schedule: { serviceId }, date: toDateColumn(day), status: 'open' },
    select: { id: true, _count: { select: { slots: { where: { status: 'free' } } } } },
  });
}

test('a session of its own with a break is made, changed and taken away', async ({ page }) => {
  const day = inDays(2);
  const service = await onNewSession(page, day);
  await expect(page.getByRole('group', { name: 'Date of the session' }).getByLabel('Day')).toHaveValue(String(Number(day.slice(8))));
  await expectAccessible(page);
  await makeSession(page);
  const [session] = await sessionsOf(service.id, day);
  expect(session?._count.slots).toBe(18);

  await page.goto(`/schedules/${service.id}/sessions/${session?.id}`);
  await expect(page.getByText('0 booked, 18 unbooked, 18 in total')).toBeVisible();
  await expect(page.getByText('A session of its own, of no weekly pattern')).toBeVisible();
  await expect(page.getByLabel('Break 1 from')).toHaveValue('10:00');
  await expectAccessible(page);
  await page.getByLabel('Places').fill('2');
  await apply(page);
  expect(await sessionsOf(service.id, day)).toEqual([{ id: session?.id, _count: { slots: 36 } }]);

  await page.goto(`/schedules/${service.id}/sessions/${session?.id}`);
  await page.getByRole('button', { name: 'No session on this day' }).click();
  await applyProposed(page);
  expect(await sessionsOf(service.id, day)).toEqual([]);
  await page.goto(`/schedules/${service.id}/sessions/${session?.id}`);
  await expect(page.getByRole('heading', { name: 'There is no session on this day' })).toBeVisible();
  await expectAccessible(page);
});

test('a day is copied to another day', async ({ page }) => {
  const service = await onNewSession(page, inDays(2));
  await makeSession(page);
  await page.goto(`/schedules/${service.id}/copy?from=${inDays(2)}&what=day`);
  await expect(page.getByRole('heading', { level: 1, name: 'Copy a day' })).toBeVisible();
  await expect(page.getByText('1 session, 18 slots')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'See what it does' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('Enter the first day to copy it to');
  await expectAccessible(page);

  await typeDate(page, 'To this day', inDays(4));
  await apply(page);
  expect(await sessionsOf(service.id, inDays(4))).toMatchObject([{ _count: { slots: 18 } }]);
});

test('a week is copied to the week after, and a week without sessions is refused', async ({ page }) => {
  const service = await onNewSession(page, inDays(7));
  await makeSession(page);
  await page.goto(`/schedules/${service.id}/copy?from=${inDays(7)}&what=week`);
  await expect(page.getByRole('heading', { level: 1, name: 'Copy a week' })).toBeVisible();
  await expectAccessible(page);
  await apply(page);
  expect(await sessionsOf(service.id, inDays(14))).toMatchObject([{ _count: { slots: 18 } }]);

  await page.goto(`/schedules/${service.id}/copy?from=${inDays(28)}&what=week`);
  await page.getByRole('button', { name: 'See what it does' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('to copy');
});

test.describe('with JavaScript off', () => {
  test.use({ javaScriptEnabled: false });

  test('a session is made as a plain form', async ({ page }) => {
    const service = await onNewSession(page, inDays(2));
    await makeSession(page);
    expect(await sessionsOf(service.id, inDays(2))).toMatchObject([{ _count: { slots: 18 } }]);
  });
});
