import { expect, test, type Page } from '@playwright/test';
import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { addMinutes } from '@/lib/platform/time';
import { bookedByHand } from './support/appointment';
import { expectAccessible } from './support/axe';
import { signInAsSomebody } from './support/call';

// U-104: every outcome of a cancellation in its own words on the screen.

type Booked = Awaited<ReturnType<typeof openedToCancel>>;

/** Somebody looks at the form that cancels an appointment of theirs. */
async function openedToCancel(page: Page) {
  const { ctx } = await signInAsSomebody(page);
  const booked = await bookedByHand(ctx);
  await page.goto(`/appointments/${booked.appointment.id}/cancel`);
  await expect(page.getByRole('heading', { level: 1, name: `Cancel appointment ${booked.appointment.reference}` })).toBeVisible();
  return booked;
}

async function cancel(page: Page) {
  await page.getByLabel('Patient is better').check();
  await page.getByRole('button', { name: 'Cancel this appointment' }).click();
}

async function expectRefused(page: Page, words: string | RegExp) {
  const alert = page.getByRole('main').getByRole('alert');
  await expect(alert).toContainText(words);
  await expectAccessible(page);
}

async function statusOf({ appointment }: Booked) {
  return (await db.appointment.findUniqueOrThrow({ where: { id: appointment.id } })).status;
}

/** What a form sends unseen, as it would be after somebody's page had gone wrong. */
async function setHidden(page: Page, name: string, value: string) {
  await page.locator(`input[name="${name}"]`).evaluate((input, given) => input.setAttribute('value', given), value);
}

/** Runs `send` while the change it asks for has to wait, and cuts the change's connection to the database in the middle. */
async function withConnectionCut({ appointment }: Booked, send: () => Promise<void>) {
  await db.$transaction(
    async (tx) => {
      const [own] = await tx.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid FROM appointment WHERE id = ${appointment.id}::uuid FOR UPDATE`;
      await send();
      const cut = () => db.$queryRaw<unknown[]>`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${own?.pid}::int = ANY (pg_blocking_pids(pid))`;
      await expect.poll(async () => (await cut()).length).toBeGreaterThan(0);
    },
    { timeout: 30_000 },
  );
}

test('cancelled: with when, by whom and why, and the slot is free again', async ({ page }) => {
  const booked = await openedToCancel(page);
  await cancel(page);
  await expect(page.getByRole('heading', { level: 2, name: /^Cancelled today at/ })).toBeVisible();
  await expect(page.getByText('Patient is better. The slot is free again for others.')).toBeVisible();
  await expectAccessible(page);
  expect(await db.slot.findUniqueOrThrow({ where: { id: booked.appointment.slotId } })).toMatchObject({ status: 'free' });
});

test('a system failure in the middle: it is not known, everything typed stays, and sending it again tells the truth', async ({ page }) => {
  const booked = await openedToCancel(page);
  await page.getByLabel('Details').fill('Feels fine');
  await withConnectionCut(booked, () => cancel(page));
  await expectRefused(page, 'Onward did not answer in time');
  await expect(page.getByLabel('Details')).toHaveValue('Feels fine');
  await expect(page.getByLabel('Patient is better')).toBeChecked();
  expect(await statusOf(booked)).toBe('booked');

  await page.getByRole('button', { name: 'Cancel this appointment' }).click();
  await expect(page.getByRole('heading', { level: 2, name: /^Cancelled today at/ })).toBeVisible();
  expect(await statusOf(booked)).toBe('cancelled');
});

test('not cancelled, not found', async ({ page }) => {
  const booked = await openedToCancel(page);
  await setHidden(page, 'appointmentId', newId());
  await cancel(page);
  await expectRefused(page, 'This appointment cannot be found');
  expect(await statusOf(booked)).toBe('booked');
});

test('not cancelled, not this patient’s', async ({ page }) => {
  const booked = await openedToCancel(page);
  await setHidden(page, 'patientId', newId());
  await cancel(page);
  await expectRefused(page, 'This appointment belongs to another patient');
  expect(await statusOf(booked)).toBe('booked');
});

test('not cancelled, already begun', async ({ page }) => {
  const booked = await openedToCancel(page);
  const { id, startsAt, endsAt } = booked.appointment;
  await db.appointment.update({ where: { id }, data: { startsAt: addMinutes(startsAt, -120), endsAt: addMinutes(endsAt, -120) } });
  await cancel(page);
  await expectRefused(page, /The appointment began .* and cannot be changed any more/);
  await expect(page.getByRole('button', { name: 'Cancel this appointment' })).toHaveCount(0);
  expect(await statusOf(booked)).toBe('booked');
});

test('not cancelled, already cancelled in another window: with when', async ({ page, context }) => {
  const { appointment } = await openedToCancel(page);
  const second = await context.newPage();
  await second.goto(`/appointments/${appointment.id}/cancel`);
  await cancel(second);
  await expect(second.getByRole('heading', { level: 2, name: /^Cancelled today at/ })).toBeVisible();

  await cancel(page);
  await expectRefused(page, /The appointment was already cancelled today at/);
  await page.getByRole('link', { name: 'See the appointment' }).click();
  await expect(page.getByRole('heading', { level: 2, name: /^Cancelled today at/ })).toBeVisible();
});

test('not cancelled, changed since you looked; a second look cancels it', async ({ page, context }) => {
  const booked = await openedToCancel(page);
  const second = await context.newPage();
  await second.goto(`/appointments/${booked.appointment.id}/amend`);
  await second.getByLabel('Reason for the appointment').fill('Earache and fever');
  await second.getByRole('button', { name: 'Change the reason' }).click();
  await expect(second.getByRole('heading', { level: 2, name: /^Reason changed/ })).toBeVisible();

  await cancel(page);
  await expectRefused(page, 'The appointment has changed since you looked');
  await expect(page.getByLabel('Patient is better')).toBeChecked();
  expect(await statusOf(booked)).toBe('booked');
  await page.getByRole('button', { name: 'Cancel this appointment' }).click();
  await expect(page.getByRole('heading', { level: 2, name: /^Cancelled today at/ })).toBeVisible();
});

test('not allowed here: the service lets only its booker cancel (U-106)', async ({ page, browser }) => {
  const booked = await openedToCancel(page);
  await db.service.update({ where: { id: booked.service.id }, data: { cancelBy: 'booker' } });
  const other = await browser.newContext();
  const theirs = await other.newPage();
  await signInAsSomebody(theirs);
  await theirs.goto(`/appointments/${booked.appointment.id}/cancel`);
  await cancel(theirs);
  await expectRefused(theirs, `${booked.service.name} lets only`);
  expect(await statusOf(booked)).toBe('booked');
  await other.close();

  await cancel(page);
  await expect(page.getByRole('heading', { level: 2, name: /^Cancelled today at/ })).toBeVisible();
});

test('the same request sent twice is done once, and says when', async ({ page, context }) => {
  const { appointment } = await openedToCancel(page);
  const second = await context.newPage();
  await second.goto(`/appointments/${appointment.id}/cancel`);
  const requestId = await page.locator('input[name="requestId"]').inputValue();
  await cancel(page);
  await expect(page.getByRole('heading', { level: 2, name: /^Cancelled today at/ })).toBeVisible();

  await setHidden(second, 'requestId', requestId);
  await cancel(second);
  await expect(second.getByRole('heading', { level: 2, name: /^This was already done: Cancelled today at/ })).toBeVisible();
  expect(await db.appointmentVersion.count({ where: { appointmentId: appointment.id } })).toBe(2);
});

test('without JavaScript a refusal and a cancellation are told in the same words', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await openedToCancel(page);
  await page.getByRole('button', { name: 'Cancel this appointment' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('Choose why it is cancelled');
  await cancel(page);
  await expect(page.getByRole('heading', { level: 2, name: /^Cancelled today at/ })).toBeVisible();
  await context.close();
});
