import { expect, test, type Page } from '@playwright/test';
import { db } from '@/lib/platform/db';
import { addDays, readClock, toDateColumn, weekday } from '@/lib/platform/time';
import { londonDate, type LocalDate } from '@/lib/platform/time-words';
import { aService } from '@/prisma/factories/service';
import { expectAccessible } from './support/axe';
import { signInWith } from './support/call';

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const tomorrow = () => addDays(londonDate(readClock()), 1);

async function onWeeklyPatterns(page: Page) {
  const service = await aService();
  await signInWith(page, { role: 'service-admin', scope: service.id });
  await page.goto(`/schedules/${service.id}/templates`);
  await expect(page.getByRole('heading', { level: 1, name: 'Weekly patterns' })).toBeVisible();
  return service;
}

/** The first pattern of a service that has no schedule yet: on tomorrow's weekday, bank holiday or not. */
async function typePattern(page: Page, day: LocalDate) {
  await page.getByLabel(DAYS[weekday(day) - 1] ?? '').check();
  await page.getByLabel('Also works on bank holidays').check();
  await page.getByLabel('Starts at').fill('9');
  await page.getByLabel('Ends at').fill('17:00');
  await page.getByLabel('Name of the schedule').fill('Room 2');
  await page.getByLabel('How patients are seen').selectOption('In person');
  await page.getByRole('textbox', { name: /^Role/ }).fill('Nurse practitioner');
}

function slotsOf(serviceId: string, day: LocalDate) {
  return db.slot.count({ where: { serviceId, status: 'free', session: { date: toDateColumn(day), schedule: { serviceId } } } });
}

test('a weekly pattern from nothing: counted while typing, looked at, applied, and shown in the schedule', async ({ page }) => {
  const service = await onWeeklyPatterns(page);
  await expectAccessible(page);
  await page.getByRole('link', { name: 'New weekly pattern' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'New weekly pattern' })).toBeVisible();
  await expectAccessible(page);

  const day = tomorrow();
  const sum = page.getByRole('main').getByRole('status');
  await expect(sum).toHaveText(/^Enter the hours/);
  await typePattern(page, day);
  await expect(sum).toHaveText(`48 slots on ${DAYS[weekday(day) - 1]}, 6 an hour`);
  await page.getByLabel('Kept back, in %').fill('20');
  await expect(sum).toHaveText(/6 an hour; 9 kept back$/);
  await page.getByRole('button', { name: 'See what it does' }).click();

  await expect(page.getByRole('heading', { level: 1, name: /^New weekly pattern of Room 2/ })).toBeVisible();
  await expectAccessible(page);
  expect(await slotsOf(service.id, day)).toBe(0);
  await page.getByRole('button', { name: 'Apply this change' }).click();
  await expect(page.getByRole('heading', { name: /^Applied/ })).toBeVisible();
  expect(await slotsOf(service.id, day)).toBe(48);

  await page.goto(`/schedules/${service.id}?view=day&date=${day}`);
  await expect(page.getByRole('main')).toContainText('09:00–17:00');
  await expect(page.getByRole('main')).toContainText('48 unbooked');
  await page.goto(`/schedules/${service.id}/templates`);
  await expect(page.getByRole('table', { name: /^Room 2/ })).toContainText('20 %, open to 111 60 min before');
});

test('what cannot be is told at its field, and everything that was typed stays', async ({ page }) => {
  const service = await onWeeklyPatterns(page);
  await page.goto(`/schedules/${service.id}/templates/new`);
  await typePattern(page, tomorrow());
  await page.getByLabel('Ends at').fill('08:00');
  await page.getByLabel('Break 1 from').fill('noon');
  await page.getByLabel('Break 1 to').fill('13:00');
  await page.getByRole('button', { name: 'See what it does' }).click();
  const faults = page.getByRole('main').getByRole('alert');
  await expect(faults).toContainText('Enter a time like 09:00 or 17:30');
  await expect(faults).toContainText('The end must be after the start');
  await expect(page.getByLabel('Break 1 from')).toHaveValue('noon');
  await expect(page.getByLabel('Name of the schedule')).toHaveValue('Room 2');
  await expect(page.getByLabel('How patients are seen')).toHaveValue('in-person');
  await expectAccessible(page);

  await page.getByLabel('Break 1 from').fill('12:00');
  await page.getByLabel('Ends at').fill('12:30');
  await page.getByRole('button', { name: 'See what it does' }).click();
  await expect(faults).toContainText('The break 12:00 to 13:00 is outside the session');
  await page.getByLabel('Ends at').fill('17:05');
  await page.getByRole('button', { name: 'See what it does' }).click();
  await expect(faults).toContainText('5 minutes are left over before 17:05');
  await faults.getByRole('link').click();
  await expect(page.getByLabel('Ends at')).toBeFocused();
  await expectAccessible(page);
});

test('a pattern on the same schedule at the same time is refused; “Change it” brings what was typed back; a pattern is ended', async ({ page }) => {
  const service = await onWeeklyPatterns(page);
  await page.goto(`/schedules/${service.id}/templates/new`);
  const day = tomorrow();
  await typePattern(page, day);
  await page.getByRole('button', { name: 'See what it does' }).click();
  await page.getByRole('link', { name: 'Change it' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'New weekly pattern' })).toBeVisible();
  await expect(page.getByLabel('Starts at')).toHaveValue('09:00');
  await expect(page.getByLabel('Name of the schedule')).toHaveValue('Room 2');
  await page.getByRole('button', { name: 'See what it does' }).click();
  await page.getByRole('button', { name: 'Apply this change' }).click();
  await expect(page.getByRole('heading', { name: /^Applied/ })).toBeVisible();

  await page.goto(`/schedules/${service.id}/templates`);
  await page.getByRole('link', { name: /^Copy / }).click();
  await expect(page.getByLabel('Starts at')).toHaveValue('09:00');
  await page.getByLabel('Which schedule').selectOption({ label: 'Room 2 · In person · Nurse practitioner' });
  await page.getByRole('button', { name: 'See what it does' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('already has a session then');
  await expect(page.getByLabel('Starts at')).toHaveValue('09:00');
  await expectAccessible(page);

  await page.goto(`/schedules/${service.id}/templates`);
  await page.getByRole('link', { name: /^End it / }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'End a weekly pattern' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'See what it does' }).click();
  await page.getByRole('button', { name: 'Apply this change' }).click();
  await expect(page.getByRole('heading', { name: /^Applied/ })).toBeVisible();
  expect(await slotsOf(service.id, day)).toBe(0);
});

test('a pattern is typed, looked at and applied with the keyboard alone', async ({ page }) => {
  const service = await onWeeklyPatterns(page);
  await page.getByRole('link', { name: 'New weekly pattern' }).press('Enter');
  await page.getByLabel(DAYS[weekday(tomorrow()) - 1] ?? '').press('Space');
  await page.getByLabel('Also works on bank holidays').press('Space');
  await page.getByLabel('Starts at').pressSequentially('10');
  await page.keyboard.press('Tab');
  await page.keyboard.type('12');
  await page.getByLabel('Name of the schedule').pressSequentially('Room 7');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: /^New weekly pattern of Room 7/ })).toBeVisible();
  await page.getByRole('button', { name: 'Apply this change' }).press('Enter');
  await expect(page.getByRole('heading', { name: /^Applied/ })).toBeVisible();
  expect(await slotsOf(service.id, tomorrow())).toBe(12);
});

test.describe('with JavaScript off', () => {
  test.use({ javaScriptEnabled: false });

  test('the slots are counted by a button of their own, and the pattern is made as a plain form', async ({ page }) => {
    const service = await onWeeklyPatterns(page);
    await page.goto(`/schedules/${service.id}/templates/new`);
    await typePattern(page, tomorrow());
    await page.getByRole('button', { name: 'Count the slots' }).click();
    await expect(page.getByRole('main').getByRole('status')).toHaveText(/^48 slots on /);
    await page.getByRole('button', { name: 'See what it does' }).click();
    await page.getByRole('button', { name: 'Apply this change' }).click();
    await expect(page.getByRole('heading', { name: /^Applied/ })).toBeVisible();
    expect(await slotsOf(service.id, tomorrow())).toBe(48);
  });
});

test('the patterns of another service are not found', async ({ page }) => {
  await onWeeklyPatterns(page);
  const other = await aService();
  const answer = await page.goto(`/schedules/${other.id}/templates`);
  expect(answer?.status()).toBe(404);
  expect(await db.auditEvent.count({ where: { type: 'service.access-refused', subject: other.id } })).toBeGreaterThan(0);
});
