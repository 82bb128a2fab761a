import { expect, test, type Page } from '@playwright/test';
import { db } from '@/lib/platform/db';
import { addMinutes, readClock } from '@/lib/platform/time';
import { aCall } from '@/prisma/factories/call';
import { aHandler } from '@/prisma/factories/staff';
import { expectAccessible } from './support/axe';
import { chooseService, HOLD, holdFirst, passOverOthers, signInAsSomebody, startCall } from './support/call';
import { aServiceNearby } from './support/world';

const SLOTS = /\/api\/calls\/[^/]+\/slots/;

/** Another call holds the slot from now on, and the list in front of the loser cannot read itself again before they press. */
async function heldByAnother(page: Page, slotId: string | undefined): Promise<void> {
  await page.route(SLOTS, (route) => route.abort());
  // Asked to read again it gives up a reading that is on its way, which would still come in.
  const givenUp = page.waitForEvent('requestfailed', (request) => SLOTS.test(request.url()));
  await page.getByRole('link', { name: 'Refresh' }).click();
  await givenUp;
  const rival = await aCall(await aHandler({ now: readClock() }));
  await db.slot.update({ where: { id: slotId ?? '' }, data: { heldByCall: rival.id, heldUntil: addMinutes(readClock(), 4) } });
}

test('the loser of a race gets the nearest slot held at once, and two more one key press away (U-071, U-074)', async ({ page }) => {
  const { service, postcode, slots } = await aServiceNearby({ slots: 4 });
  await signInAsSomebody(page);
  const { callId } = await startCall(page, { postcode });
  await chooseService(page, service.name);
  await passOverOthers(page);
  await expect(page.getByRole('button', { name: HOLD })).toHaveCount(4);

  await heldByAnother(page, slots[0]?.id);
  await page.getByRole('button', { name: HOLD }).first().click();
  const alert = page.getByRole('main').getByRole('alert');
  await expect(alert).toContainText(/another call holds/i);
  await expect(alert).toContainText(/\d\d:\d\d is held for you instead/);
  await expect(page.getByText('Held for you', { exact: true })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Or hold one of these' }).getByRole('button', { name: /^Hold/ })).not.toHaveCount(0);
  await expectAccessible(page);
  expect(await heldBy(callId)).toEqual([slots[1]?.id]);

  await page.keyboard.press('1');
  await expect(alert).toHaveCount(0);
  await expect(page.getByText('Held for you', { exact: true })).toBeVisible();
  expect(await heldBy(callId)).toEqual([slots[2]?.id]);
});

test('a call that holds a slot keeps it when another one has gone', async ({ page }) => {
  const { service, postcode, slots } = await aServiceNearby({ slots: 4 });
  await signInAsSomebody(page);
  const { callId } = await startCall(page, { postcode });
  await holdFirst(page, service.name);
  await heldByAnother(page, slots[1]?.id);
  await page.getByRole('button', { name: HOLD }).first().click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText(/another call holds/i);
  expect(await heldBy(callId)).toEqual([slots[0]?.id]);
});

test('a hold that expired while typing keeps the typed form and offers the nearest slots', async ({ page }) => {
  const { service, postcode, slots } = await aServiceNearby({ slots: 4 });
  await signInAsSomebody(page);
  await startCall(page, { postcode });
  await holdFirst(page, service.name);
  await page.getByRole('link', { name: 'Check and book' }).click();
  await page.getByLabel('Reason for the appointment').fill('Typed with care');
  await db.slot.updateMany({ where: { id: slots[0]?.id }, data: { heldUntil: addMinutes(readClock(), -1) } });

  await page.getByRole('button', { name: 'Book this appointment' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText(/hold/i);
  await expect(page.getByLabel('Reason for the appointment')).toHaveValue('Typed with care');
  await expectAccessible(page);
  await expect(page.getByText('Held for you', { exact: true })).toHaveCount(0);
  const offers = page.getByRole('region', { name: 'Free now' }).getByRole('button', { name: /^Hold/ });
  expect(await offers.count()).toBeGreaterThanOrEqual(3);

  await offers.nth(1).click();
  await expect(page.getByText('Held for you', { exact: true })).toBeVisible();
  await expect(page.getByLabel('Reason for the appointment')).toHaveValue('Typed with care');
  await page.getByRole('button', { name: 'Book this appointment' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Booked' })).toBeVisible();
});

test('a slot that the service withdraws while it is held is refused in words', async ({ page }) => {
  const { service, postcode, slots } = await aServiceNearby({ slots: 2 });
  await signInAsSomebody(page);
  await startCall(page, { postcode });
  await holdFirst(page, service.name);
  await page.getByRole('link', { name: 'Check and book' }).click();
  await page.getByLabel('Reason for the appointment').fill('Typed with care');
  await db.slot.updateMany({ where: { id: slots[0]?.id }, data: { status: 'withdrawn', heldByCall: null, heldUntil: null } });

  await page.getByRole('button', { name: 'Book this appointment' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText(/withdrawn/i);
  await expect(page.getByLabel('Reason for the appointment')).toHaveValue('Typed with care');
});

test('a slot that has begun is refused in words', async ({ page }) => {
  const { service, postcode, slots } = await aServiceNearby({ slots: 2 });
  await signInAsSomebody(page);
  await startCall(page, { postcode });
  await chooseService(page, service.name);
  await passOverOthers(page);
  await expect(page.getByRole('button', { name: HOLD }).first()).toBeVisible();
  const begun = addMinutes(readClock(), -5);
  await db.slot.updateMany({ where: { id: slots[0]?.id }, data: { startsAt: begun, endsAt: addMinutes(begun, 10) } });

  await page.getByRole('button', { name: HOLD }).first().click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText(/already begun/i);
});

test('a slot after the due time asks a call handler who approved it and why, and the caller to agree (U-081, U-084 to U-087)', async ({ page }) => {
  const { service, postcode } = await aServiceNearby({ slots: 1, startsInMinutes: 150 });
  const { ctx } = await signInAsSomebody(page);
  const clinician = await aHandler({ role: 'clinician', organisationCode: ctx.actor.organisation.code });
  const { callId } = await startCall(page, { postcode });
  await chooseService(page, service.name);
  await expect(page.getByText('needs a clinician’s approval for Dx05')).toBeVisible();
  await passOverOthers(page);
  await page.getByRole('button', { name: /^Hold / }).click();
  await page.getByRole('link', { name: 'Check and book' }).click();
  await page.getByLabel('Reason for the appointment').fill('Earache');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Book this appointment' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText(/clinician|approv/i);
  await expectAccessible(page);

  await page.getByLabel('Clinician who approved it').selectOption(clinician.actor.name);
  await page.getByLabel('Why the clinician approved it').fill('Nothing sooner within reach');
  await page.getByLabel('The caller knows').check();
  await page.getByRole('button', { name: 'Book this appointment' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Booked' })).toBeVisible();
  expect(await db.appointment.findFirst({ where: { callId }, select: { approvedById: true, approvalReason: true, callerInformed: true } })).toEqual({
    approvedById: clinician.actor.id,
    approvalReason: 'Nothing sooner within reach',
    callerInformed: true,
  });
});

/** The slots that this call holds. */
async function heldBy(callId: string): Promise<string[]> {
  const slots = await db.slot.findMany({ where: { heldByCall: callId, heldUntil: { gt: readClock() } }, select: { id: true } });
  return slots.map(({ id }) => id);
}
