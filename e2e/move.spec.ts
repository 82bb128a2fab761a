import { expect, test } from '@playwright/test';
import { db } from '@/lib/platform/db';
import { bookedByHand } from './support/appointment';
import { expectAccessible } from './support/axe';
import { callIdOf, chooseService, holdFirst, signInAsSomebody, startCall } from './support/call';
import { aServiceNearby } from './support/world';

test('inside the encounter: the slot is moved in the same call, both results are shown, and the old slot is free again (U-113, U-116)', async ({ page }) => {
  const { service, postcode } = await aServiceNearby();
  await signInAsSomebody(page);
  const { callId } = await startCall(page, { postcode });
  await holdFirst(page, service.name);
  await page.getByRole('link', { name: 'Check and book' }).click();
  await page.getByLabel('Reason for the appointment').fill('Earache since last night');
  await page.getByRole('button', { name: 'Book this appointment' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Booked' })).toBeVisible();
  const old = await db.appointment.findFirstOrThrow({ where: { callId } });

  await page.getByRole('link', { name: 'See or cancel the appointment' }).click();
  await page.getByRole('link', { name: 'Move', exact: true }).click();
  await expect(page.getByRole('heading', { level: 2, name: `You are moving ${old.reference}` })).toBeVisible();
  await expectAccessible(page);
  await chooseService(page, service.name);
  await page.getByRole('button', { name: /^Hold / }).last().click();
  await expect(page.getByText('Held for you', { exact: true })).toBeVisible();
  expect(await db.appointment.findUniqueOrThrow({ where: { id: old.id } })).toMatchObject({ status: 'booked', version: 1 });

  await page.getByRole('link', { name: 'Check and book' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Check and move' })).toBeVisible();
  await expect(page.getByRole('heading', { level: 2, name: `Instead of ${old.reference}` })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Move this appointment' }).click();

  await expect(page.getByRole('heading', { level: 1, name: 'Moved' })).toBeVisible();
  await expect(page.getByText(`${old.reference},`)).toContainText('released');
  await expectAccessible(page);
  expect(callIdOf(page)).toBe(callId);
  expect(await db.slot.findUniqueOrThrow({ where: { id: old.slotId } })).toMatchObject({ status: 'free' });

  await page.goto(`/appointments/${old.id}`);
  await expect(page.getByRole('heading', { level: 2, name: /^Moved to / })).toBeVisible();
  await page.getByRole('link', { name: /^ONW-/ }).click();
  await expect(page.getByRole('listitem').filter({ hasText: `Booked instead of ${old.reference}` })).toBeVisible();
  await expectAccessible(page);
});

test('after the encounter: the patient is assessed again in a new call, and the old appointment stands until the new one is booked (U-114, U-115)', async ({ page, browser }) => {
  const { ctx } = await signInAsSomebody(page);
  const { appointment, service, postcode } = await bookedByHand(ctx);
  const context = await browser.newContext();
  const colleague = await context.newPage();
  await signInAsSomebody(colleague);
  await colleague.goto(`/appointments/${appointment.id}`);
  await colleague.getByRole('link', { name: 'Move in a new call' }).click();
  await expect(colleague.getByRole('heading', { level: 1, name: `New call to move ${appointment.reference}` })).toBeVisible();
  await expect(colleague.getByText('NOTREAL, Tomasz')).toBeVisible();
  await expectAccessible(colleague);

  await colleague.getByLabel('Disposition').fill('Dx06');
  await colleague.getByLabel('Where the patient is now').fill(postcode);
  await colleague.getByRole('button', { name: 'Find services' }).click();
  await expect(colleague.getByRole('heading', { level: 2, name: `You are moving ${appointment.reference}` })).toBeVisible();
  await holdFirst(colleague, service.name);
  await colleague.getByRole('link', { name: 'Check and book' }).click();
  expect(await db.appointment.findUniqueOrThrow({ where: { id: appointment.id } })).toMatchObject({ status: 'booked' });
  await colleague.getByRole('button', { name: 'Move this appointment' }).click();
  await expect(colleague.getByRole('heading', { level: 1, name: 'Moved' })).toBeVisible();
  expect(await db.appointment.findUniqueOrThrow({ where: { id: appointment.id }, include: { replacedBy: true } })).toMatchObject({
    ...{ status: 'moved', replacedBy: { status: 'booked', callId: callIdOf(colleague), patientId: appointment.patientId } },
  });
  await context.close();
});

test('refused: when the old appointment was cancelled meanwhile, nothing is moved, and the page says so', async ({ page, context }) => {
  const { ctx } = await signInAsSomebody(page);
  const { appointment, service } = await bookedByHand(ctx);
  await page.goto(`/appointments/${appointment.id}`);
  await page.getByRole('link', { name: 'Move', exact: true }).click();
  await expect(page.getByRole('heading', { level: 2, name: `You are moving ${appointment.reference}` })).toBeVisible();
  await page.goto(`${page.url().split('?')[0]}?service=${service.id}`);
  await page.getByRole('button', { name: /^Hold / }).first().click();
  await page.getByRole('link', { name: 'Check and book' }).click();
  await expect(page.getByRole('button', { name: 'Move this appointment' })).toBeVisible();

  const second = await context.newPage();
  await second.goto(`/appointments/${appointment.id}/cancel`);
  await second.getByLabel('Patient is better').check();
  await second.getByRole('button', { name: 'Cancel this appointment' }).click();
  await expect(second.getByRole('heading', { level: 2, name: /^Cancelled today at/ })).toBeVisible();

  await page.getByRole('button', { name: 'Move this appointment' }).click();
  await expect(page.getByRole('main').getByRole('alert').or(page.getByRole('heading', { level: 1, name: 'This call has ended' }))).toBeVisible();
  expect(await db.appointment.count({ where: { patientId: appointment.patientId } })).toBe(1);
});

test('refused: the slot was lost while it was checked; the old appointment stands', async ({ page }) => {
  const { ctx } = await signInAsSomebody(page);
  const { appointment, service, slots } = await bookedByHand(ctx);
  await page.goto(`/calls/${appointment.callId}/services?service=${service.id}`);
  await page.getByRole('button', { name: /^Hold / }).first().click();
  await expect(page.getByText('Held for you', { exact: true })).toBeVisible();
  await page.getByRole('link', { name: 'Check and book' }).click();
  await expect(page.getByRole('button', { name: 'Move this appointment' })).toBeVisible();
  await db.slot.updateMany({ where: { id: { in: slots.map(({ id }) => id) }, heldByCall: appointment.callId }, data: { status: 'withdrawn', heldByCall: null, heldUntil: null } });

  await page.getByRole('button', { name: 'Move this appointment' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toBeVisible();
  await expectAccessible(page);
  expect(await db.appointment.findUniqueOrThrow({ where: { id: appointment.id } })).toMatchObject({ status: 'booked', version: 1 });
});
