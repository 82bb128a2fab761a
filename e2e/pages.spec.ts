import { expect, test } from '@playwright/test';
import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { addDays, addMinutes, readClock, startOfLondonDay, toDateColumn } from '@/lib/platform/time';
import { londonDate } from '@/lib/platform/time-words';
import { aQuestion } from '@/prisma/factories/approval';
import { scheduleRow } from '@/prisma/factories/rows';
import { aService } from '@/prisma/factories/service';
import { freeSlotsInARow } from '@/prisma/factories/slot';
import { aHandler } from '@/prisma/factories/staff';
import { expectAccessible } from './support/axe';
import { signInAsSomebody, signInWith } from './support/call';

test('About says what is invented and where the data comes from, signed out', async ({ page }) => {
  await page.goto('/about');
  await expect(page).toHaveTitle('About – Onward');
  await expect(page.getByText('Contains OS data © Crown copyright and database right 2025', { exact: false }).first()).toBeVisible();
  await expectAccessible(page);
});

test('the API is described for developers, signed out and without a script of its own', async ({ page }) => {
  await page.goto('/developers');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('The booking API');
  await page.getByRole('link', { name: 'Book a patient into a slot' }).click();
  await expect(page.getByRole('heading', { name: 'Book a patient into a slot' })).toBeInViewport();
  await expectAccessible(page);
});

test('the sign-in page shows the accounts of the demonstration, and one neutral message for every wrong try', async ({ page }) => {
  await page.goto('/sign-in');
  await expect(page.getByText('handler@example.com')).toBeVisible();
  await expectAccessible(page);
  for (const email of ['nobody.at.all@example.com', 'auditor@example.com']) {
    await page.getByLabel('Email').fill(email);
    await page.getByLabel('Password').fill('not the password');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(page.getByRole('main').getByRole('alert')).toContainText('The email address or the password is wrong');
    await expect(page.getByLabel('Email')).toHaveValue(email);
    await expect(page.getByLabel('Password')).toHaveValue('');
  }
  await expectAccessible(page);
});

for (const width of [375, 640]) {
  test(`no page of a call is wider than a screen of ${width} pixels, as at 200 % zoom or on a phone`, async ({ page }) => {
    await page.setViewportSize({ width, height: 720 });
    await signInAsSomebody(page);
    for (const path of ['/calls', '/calls/new', '/about', '/developers', '/sign-in']) {
      await page.goto(path);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
  });
}

test('no page of a service is wider than a phone', async ({ page }) => {
  const service = await aService();
  const today = londonDate(readClock());
  const schedule = await db.schedule.create({ data: scheduleRow({ serviceId: service.id }) });
  await db.template.create({ data: { id: newId(), scheduleId: schedule.id, weekdays: [1, 2, 4, 5, 6], opensMinute: 540, closesMinute: 1020, slotMinutes: 20, places: 2, validFrom: toDateColumn(today) } });
  await freeSlotsInARow(48, { serviceId: service.id, startsAt: addMinutes(startOfLondonDay(addDays(today, -3)), 480) });
  await page.setViewportSize({ width: 375, height: 720 });
  await signInWith(page, { role: 'service-admin', scope: service.id });
  const pages = ['', '?view=month', '/day', '/templates', '/templates/new', '/sessions/new', '/closures', '/closures/new', '/profile', '/profile/accepts', '/profile/hours', '/profile/dates', '/reports', '/changes', '/levers/places', '/levers/capacity'];
  for (const path of [...pages.map((each) => `/schedules/${service.id}${each}`), '/schedules', '/schedules/new', '/schedules/job', '/schedules/import', '/contact']) {
    await page.goto(path);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(375);
  }
});

test('no page of approvals is wider than a phone', async ({ page }) => {
  await page.setViewportSize({ width: 375, height: 720 });
  await signInWith(page, { role: 'commissioner', scope: 'QOP' });
  await aQuestion(await aHandler({ now: readClock() }), { isOverride: true });
  for (const path of ['/borders', '/borders/approvals', '/borders/notices']) {
    await page.goto(path);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(375);
  }
});

test('a commissioner starts with what waits for them, and cannot open calls', async ({ page }) => {
  await signInWith(page, { role: 'commissioner', scope: 'QWO' });
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Across borders');
  await expect(page.getByText('You act for West Yorkshire')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('navigation', { name: 'Across borders' }).getByRole('link', { name: 'Notices' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Notices');
  await expectAccessible(page);
  await page.goto('/calls');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Across borders');
});

test('somebody without a role is told what to do', async ({ page }) => {
  const { ctx } = await signInAsSomebody(page);
  await db.staffRole.deleteMany({ where: { staffId: ctx.actor.id } });
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You have no role yet');
  await expectAccessible(page);
});
