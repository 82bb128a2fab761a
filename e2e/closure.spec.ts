import { expect, test, type Page } from '@playwright/test';
import { db } from '@/lib/platform/db';
import { addMinutes } from '@/lib/platform/time';
import { closureValues } from '@/lib/schedule/closure-form.schema';
import { aHandler } from '@/prisma/factories/staff';
import { bookedByHand } from './support/appointment';
import { expectAccessible } from './support/axe';
import { signInWith } from './support/call';

/** Somebody booked in an hour, with free slots of the same service an hour after that; its admin is signed in. */
async function aBookedService(page: Page) {
  const { service, appointment } = await bookedByHand(await aHandler());
  await signInWith(page, { role: 'service-admin', scope: service.id });
  return { service, appointment };
}

/** Fills in the hours around the appointment, and not the free slots after it. */
async function fillHours(page: Page, { startsAt }: { startsAt: Date }): Promise<void> {
  const typed = closureValues({ serviceIds: [], startsAt: addMinutes(startsAt, -30), endsAt: addMinutes(startsAt, 30), reason: '' });
  await page.getByRole('radio', { name: 'From one time to another' }).check();
  for (const [group, name] of [['First day', 'from'], ['Last day', 'to']] as const) {
    const date = page.getByRole('group', { name: group });
    for (const part of ['Day', 'Month', 'Year']) await date.getByLabel(part).fill(typed[name + part] ?? '');
  }
  await page.getByLabel('From, on the first day').fill(typed['fromTime'] ?? '');
  await page.getByLabel('Until, on the last day').fill(typed['toTime'] ?? '');
}

test('a closure is rehearsed, moves who is booked, and leaves nobody on the list untold; then it is lifted', async ({ page }) => {
  const { service, appointment } = await aBookedService(page);
  await page.goto(`/schedules/${service.id}/closures`);
  await expect(page.getByText('No closure is running or to come.')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Close dates…' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Close dates' })).toBeVisible();
  await expect(page.getByRole('checkbox', { name: service.name })).toBeChecked();
  await page.getByRole('button', { name: 'See what it does' }).click();
  const alert = page.getByRole('main').getByRole('alert');
  await expect(alert).toContainText('Enter the first day');
  await expect(alert).toContainText('Say why: call handlers are shown it');
  await expectAccessible(page);

  await fillHours(page, appointment);
  await page.getByLabel('Reason, shown to call handlers').fill('Staff training');
  await expect(page.getByText('Closed: Staff training.')).toBeVisible();
  await page.getByRole('button', { name: 'See what it does' }).click();
  await expect(page.getByRole('heading', { name: '1 patient who is booked loses this place' })).toBeVisible();
  await expectAccessible(page);
  expect(await db.appointment.findUniqueOrThrow({ where: { id: appointment.id } })).toEqual(appointment);
  await page.getByRole('radio', { name: /^Move it to / }).check();
  await page.getByRole('button', { name: 'Apply this change' }).click();
  await expect(page.getByRole('heading', { name: /^Applied / })).toBeVisible();

  await page.getByRole('main').getByRole('link', { name: 'People to contact' }).click();
  await expect(page.getByText(/^Moved from .* to .*: Staff training$/)).toBeVisible();
  await page.getByRole('link', { name: /^Record/ }).click();
  await page.getByRole('radio', { name: 'Reached and told' }).check();
  await page.getByRole('button', { name: 'Record it' }).click();
  await expect(page.getByRole('heading', { name: 'Nobody is waiting to be contacted' })).toBeVisible();

  await page.goto(`/schedules/${service.id}/closures`);
  await expect(page.getByRole('table', { name: 'To come' })).toContainText('Staff training');
  await expectAccessible(page);
  await page.getByRole('button', { name: /^Lift it/ }).click();
  await page.getByRole('button', { name: 'Apply this change' }).click();
  await expect(page.getByRole('heading', { name: /^Applied / })).toBeVisible();
  await page.goto(`/schedules/${service.id}/closures`);
  await page.getByText('Over or lifted (1)').click();
  await expect(page.getByText(/^Lifted today at/)).toBeVisible();
});

test.describe('with JavaScript off', () => {
  test.use({ javaScriptEnabled: false });

  test('what was typed stays beside its faults, and the rehearsal cancels who cannot be kept', async ({ page }) => {
    const { service, appointment } = await aBookedService(page);
    await page.goto(`/schedules/${service.id}/closures/new`);
    await fillHours(page, appointment);
    await page.getByRole('checkbox', { name: service.name }).uncheck();
    await page.getByLabel('Reason, shown to call handlers').fill('Flooded');
    await page.getByRole('button', { name: 'See what it does' }).click();
    await expect(page.getByRole('link', { name: 'Choose at least one service' })).toBeVisible();
    await expect(page.getByLabel('Reason, shown to call handlers')).toHaveValue('Flooded');
    await expect(page.getByText('Closed: Flooded.')).toBeVisible();
    await page.getByRole('checkbox', { name: service.name }).check();
    await page.getByRole('button', { name: 'See what it does' }).click();
    await page.getByRole('radio', { name: 'Cancel it' }).check();
    await page.getByRole('button', { name: 'Apply this change' }).click();
    await expect(page.getByRole('heading', { name: /^Applied / })).toBeVisible();

    expect(await db.appointment.findUniqueOrThrow({ where: { id: appointment.id } })).toMatchObject({ status: 'cancelled' });
    await page.goto(`/contact?service=${service.id}`);
    await expect(page.getByText('Cancelled: Flooded')).toBeVisible();
  });
});
