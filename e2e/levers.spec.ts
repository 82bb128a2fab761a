import { expect, test, type Browser, type Page } from '@playwright/test';
import { db } from '@/lib/platform/db';
import { aHandler } from '@/prisma/factories/staff';
import { setBookings } from '@/lib/schedule/lever.commands';
import { addMinutes, readClock } from '@/lib/platform/time';
import { expectAccessible } from './support/axe';
import { chooseService, HOLD, passOverOthers, signInAsSomebody, signInWith, startCall } from './support/call';
import { aServiceNearby, wholeMinute, within } from './support/world';

/** A service with three slots in ten minutes; its admin on the page, and a call handler who looks at it in a second browser. */
async function twoBrowsers(page: Page, browser: Browser) {
  const { service, slots, postcode } = await aServiceNearby({ slots: 3, startsInMinutes: 10 });
  await signInWith(page, { role: 'service-admin', scope: service.id });
  const other = await browser.newPage();
  await signInAsSomebody(other);
  const { callId } = await startCall(other, { postcode });
  const calendar = `/schedules/${service.id}`;
  /** The handler looks again: the services, then this one. */
  const look = async () => {
    await other.goto(`/calls/${callId}/services`);
    await chooseService(other, service.name);
  };
  return { service, slots, other, callId, calendar, look };
}

const holdButtons = (page: Page) => page.getByRole('button', { name: HOLD });

test('what acts at once is seen by the call handler at once: kept-back slots released, bookings stopped and started, capacity', async ({ page, browser }) => {
  const { service, slots, other, callId, calendar, look } = await twoBrowsers(page, browser);
  await db.session.updateMany({ where: { id: slots[0]?.sessionId ?? '' }, data: { keptBackPercent: 100 } });
  for (const { id, startsAt } of slots) await db.slot.update({ where: { id }, data: { keptBackUntil: startsAt } });
  await look();
  await expect(other.getByText('What is left is kept back by the service for its own patients.')).toBeVisible();

  await page.goto(calendar);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Release kept-back slots (3)' }).click();
  await expect(page.getByRole('heading', { name: '3 kept-back slots are open to calls now' })).toBeVisible();
  await expect(page.getByRole('button', { name: /Release kept-back/ })).toHaveCount(0);
  await expectAccessible(page);
  await look();
  await expect(holdButtons(other)).toHaveCount(3);

  await page.getByRole('button', { name: 'Stop bookings' }).click();
  await expect(page.getByRole('heading', { name: /^Bookings are off/ })).toBeVisible();
  await look();
  await expect(other.getByRole('heading', { name: 'This service takes no bookings here' })).toBeVisible();
  await page.getByRole('button', { name: 'Start bookings' }).click();
  await expect(page.getByRole('heading', { name: /^Bookings are on/ })).toBeVisible();

  await page.getByRole('link', { name: 'Capacity: green' }).click();
  await page.getByLabel(/^Amber: limited/).check();
  await page.getByLabel(/^Note for call handlers/).fill('One nurse is ill');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Set capacity' }).click();
  await expect(page.getByRole('link', { name: /^Capacity: amber until / })).toBeVisible();
  await look();
  await expect(other.getByText('Limited capacity').first()).toBeVisible();
  await passOverOthers(other);
  await holdButtons(other).first().click();
  await expect(other.getByText('Held for you', { exact: true })).toBeVisible();

  await page.getByRole('link', { name: /^Capacity: amber/ }).click();
  await page.getByLabel(/^Red: full/).check();
  await page.getByRole('button', { name: 'Set capacity' }).click();
  await expect(page.getByRole('link', { name: /^Capacity: red until / })).toBeVisible();
  await other.goto(`/calls/${callId}/services`);
  await expect(other.getByRole('heading', { level: 1, name: 'Services that can help' })).toBeVisible();
  await expect(other.getByRole('listitem').getByRole('link', { name: service.name })).toHaveCount(0);
});

test('a pause and more places are looked at first; once applied, the call handler is told why, and has the places', async ({ page, browser }) => {
  test.skip(isDayOver(), 'no part of today is left to add places to');
  const { service, other, calendar, look } = await twoBrowsers(page, browser);
  await page.goto(calendar);
  await page.getByRole('link', { name: 'Add places today' }).click();
  await page.getByLabel('More places at a time').fill('none');
  await page.getByRole('button', { name: 'See what it does' }).click();
  await expect(page.getByRole('link', { name: 'Enter 1 to 50 places' })).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel('More places at a time').fill('2');
  const session = await db.session.findFirstOrThrow({ where: { schedule: { serviceId: service.id } } });
  await page.getByLabel('From', { exact: true }).fill(clock(session.opensMinute));
  await page.getByRole('button', { name: 'See what it does' }).click();
  await page.getByRole('button', { name: 'Apply this change' }).click();
  await expect(page.getByRole('heading', { name: /^Applied / })).toBeVisible();
  await look();
  await expect(holdButtons(other)).toHaveCount(9);

  await page.goto(calendar);
  await page.getByRole('link', { name: 'Pause 30 minutes' }).click();
  await page.getByRole('button', { name: 'See what it does' }).click();
  await expect(page.getByRole('link', { name: 'Say why: call handlers are shown it' })).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel('1 h', { exact: true }).check();
  await page.getByLabel('Why?').fill('Fire alarm');
  await page.getByRole('button', { name: 'See what it does' }).click();
  await expectAccessible(page);
  await look();
  await expect(holdButtons(other)).toHaveCount(9);
  await page.getByRole('button', { name: 'Apply this change' }).click();
  await expect(page.getByRole('heading', { name: /^Applied / })).toBeVisible();
  await look();
  await expect(other.getByText(/^Closed until \d\d:\d\d: Fire alarm\./)).toBeVisible();
});

test.describe('with JavaScript off', () => {
  test.use({ javaScriptEnabled: false });

  test('bookings are stopped; what a colleague has done since is told, and the page shows what stands', async ({ page }) => {
    const { service } = await aServiceNearby({ slots: 0 });
    await signInWith(page, { role: 'service-admin', scope: service.id });
    const calendar = `/schedules/${service.id}`;
    await page.goto(calendar);
    const colleague = await aHandler({ role: 'service-admin', scope: service.id, name: 'Mel Sample', now: readClock() });
    await setBookings(colleague, { serviceId: service.id, isBookable: false, version: service.version });
    await page.getByRole('button', { name: 'Stop bookings' }).click();
    await expect(page.getByRole('main').getByRole('alert')).toContainText('Mel Sample changed this service');

    await page.goto(calendar);
    await page.getByRole('button', { name: 'Start bookings' }).click();
    await expect(page.getByRole('heading', { name: /^Bookings are on/ })).toBeVisible();
  });
});

test('the levers of another’s service are not found', async ({ page }) => {
  const { service } = await aServiceNearby({ slots: 0 });
  const { service: own } = await aServiceNearby({ slots: 0 });
  await signInWith(page, { role: 'service-admin', scope: own.id });
  for (const lever of ['capacity', 'pause', 'places']) {
    const answer = await page.goto(`/schedules/${service.id}/levers/${lever}`);
    expect(answer?.status()).toBe(404);
  }
});

/** The three slots of `twoBrowsers` are of tomorrow. */
function isDayOver(): boolean {
  const startsAt = addMinutes(wholeMinute(), 10);
  return within(startsAt, 30) > startsAt;
}

function clock(minute: number): string {
  return [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
