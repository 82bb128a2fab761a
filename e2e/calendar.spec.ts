import { expect, test } from '@playwright/test';
import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { addDays, addMinutes, readClock, startOfLondonDay } from '@/lib/platform/time';
import { dayAndMonth, londonDate, longDate, monthWords, shortDate } from '@/lib/platform/time-words';
import { mondayOf } from '@/lib/schedule/calendar.rules';
import { anAppointment } from '@/prisma/factories/appointment';
import { aService } from '@/prisma/factories/service';
import { freeSlotsInARow } from '@/prisma/factories/slot';
import { aHandler } from '@/prisma/factories/staff';
import { expectAccessible } from './support/axe';
import { signInWith } from './support/call';

/** A service with a session of six slots at ten on the Wednesday after next Monday, so that nothing of it begins while a journey runs. */
async function aServiceNextWeek() {
  const service = await aService();
  const now = readClock();
  const monday = addDays(mondayOf(londonDate(now)), 7);
  const date = addDays(monday, 2);
  const startsAt = addMinutes(startOfLondonDay(date), 600);
  const slots = await freeSlotsInARow(6, { serviceId: service.id, startsAt });
  return { service, now, monday, date, startsAt, slots, base: `/schedules/${service.id}` };
}

test('the week counts what is booked, unbooked and orphaned, and leads to sessions, lists and the people to contact', async ({ page }) => {
  const { service, now, monday, date, slots, base } = await aServiceNextWeek();
  await db.slot.update({ where: { id: slots[0]?.id }, data: { keptBackUntil: slots[0]?.startsAt } });
  await signInWith(page, { role: 'service-admin', scope: service.id });
  await page.goto(base);
  await page.getByRole('navigation', { name: 'Calendar' }).getByRole('link', { name: 'Next week' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`${service.name} week of ${dayAndMonth(monday, now)}`);
  const day = page.getByRole('region', { name: shortDate(date, now) });
  await expect(day.getByText('6 unbooked', { exact: true })).toBeVisible();
  await expect(day.getByText('1 kept back until 10:00')).toBeVisible();
  await expect(page.getByText('Booked 0 of 6 this week')).toBeVisible();
  await expect(page.getByRole('link', { name: 'New session' })).toHaveAttribute('href', new RegExp(`^${base}/sessions/new\\?date=`));
  await expect(day.getByRole('link', { name: /^10:00–11:00 / })).toHaveAttribute('href', `${base}/sessions/${slots[0]?.sessionId}`);
  await expectAccessible(page);

  const appointment = await anAppointment({ ...(await aHandler()), now }, { call: { dueAt: null, openedAt: now, dispositionAt: now }, slot: { serviceId: service.id, startsAt: addMinutes(slots[5]?.startsAt ?? now, 60) } });
  await page.reload();
  await expect(day.getByText('all 1 booked')).toBeVisible();
  await expect(page.getByText('Booked 1 of 7 this week')).toBeVisible();

  await db.slot.update({ where: { id: appointment.slotId }, data: { orphanedAt: now } });
  await page.reload();
  await expect(day.getByText('1 orphaned')).toBeVisible();
  await expect(page.getByText('Booked 0 of 6 this week')).toBeVisible();
  await expectAccessible(page);
  await expect(day.getByRole('link', { name: 're-fit or contact' })).toHaveAttribute('href', `/contact?service=${service.id}`);
  await day.getByRole('link', { name: /^list/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: `Day list, ${longDate(date)}` })).toBeVisible();
});

test('closures are told in words on their days; the month and the day show the same counts, on a phone too', async ({ page }) => {
  const { service, now, date, base } = await aServiceNextWeek();
  const { ctx } = await signInWith(page, { role: 'service-admin', scope: service.id });
  await db.closure.create({
    data: {
      ...{ id: newId(), kind: 'closure', reason: 'Staff training', createdAt: now, createdById: ctx.actor.id, services: { create: { serviceId: service.id } } },
      ...{ startsAt: startOfLondonDay(addDays(date, 1)), endsAt: addMinutes(startOfLondonDay(addDays(date, 1)), 780) },
    },
  });
  await page.goto(`${base}?date=${date}`);
  const closed = page.getByRole('region', { name: shortDate(addDays(date, 1), now) });
  await expect(closed.getByText('Closed until 13:00')).toBeVisible();
  await expect(closed.getByText('Staff training')).toBeVisible();

  for (const width of [1280, 375]) {
    await page.setViewportSize({ width, height: 812 });
    await page.goto(`${base}?view=week&date=${date}`);
    await expect(page.getByRole('region', { name: shortDate(date, now) }).getByText('6 unbooked', { exact: true })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Month', exact: true }).click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText(monthWords(date));
    await expect(page.getByRole('listitem').filter({ hasText: shortDate(date, now) }).getByText('0 of 6 booked')).toBeVisible();
    // A phone leaves out what is of another month.
    if (width === 1280) await expect(page.getByText('Closed until 13:00: Staff training')).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('link', { name: shortDate(date, now), exact: true }).click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText(longDate(date));
    await expect(page.getByRole('listitem').filter({ hasText: '10:00' }).getByText('free', { exact: true })).toBeVisible();
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
});

test('an address that cannot be shows the present week; nobody but the admin of the service sees it', async ({ page }) => {
  const { service, now, date, base } = await aServiceNextWeek();
  const other = await aService();
  const { ctx } = await signInWith(page, { role: 'service-admin', scope: service.id });
  await page.goto(`${base}?view=decade&date=2026-13-45`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText(`week of ${dayAndMonth(mondayOf(londonDate(now)), now)}`);
  for (const path of ['', '?view=month', `/day?date=${date}`]) {
    await page.goto(`/schedules/${other.id}${path}`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Page not found');
    await expectAccessible(page);
  }
  expect(await db.auditEvent.count({ where: { type: 'service.access-refused', subject: other.id, actorId: ctx.actor.id } })).toBeGreaterThanOrEqual(3);
});

test('the week is walked by the keyboard alone, in the order of the days', async ({ page }) => {
  const { service, now, date, base } = await aServiceNextWeek();
  await signInWith(page, { role: 'service-admin', scope: service.id });
  await page.goto(`${base}?date=${date}`);
  await page.getByRole('link', { name: shortDate(date, now), exact: true }).focus();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: `list of ${shortDate(date, now)}` })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: /^10:00–11:00 / })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: shortDate(addDays(date, 1), now), exact: true })).toBeFocused();
});
