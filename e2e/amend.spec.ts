import { expect, test } from '@playwright/test';
import { bookedByHand } from './support/appointment';
import { expectAccessible } from './support/axe';
import { signInAsSomebody } from './support/call';

test('the reason of an appointment is changed, and its history keeps both texts (U-118, U-108)', async ({ page }) => {
  const { ctx } = await signInAsSomebody(page);
  const { appointment } = await bookedByHand(ctx);
  await page.goto(`/appointments/${appointment.id}`);
  await page.getByRole('link', { name: 'Change the reason' }).click();
  await expect(page.getByRole('heading', { level: 1, name: /Change the reason/ })).toBeVisible();
  const reason = page.getByLabel('Reason for the appointment');
  await expect(reason).toHaveValue(appointment.reason);
  await expectAccessible(page);

  await reason.fill('');
  await page.getByRole('button', { name: 'Change the reason' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('Enter the reason for the appointment');
  await expectAccessible(page);

  await reason.fill('Earache and fever since last night');
  await page.getByRole('button', { name: 'Change the reason' }).click();
  const words = `Reason changed from “${appointment.reason}” to “Earache and fever since last night” today at`;
  await expect(page.locator(':focus')).toContainText(words);
  const history = page.getByRole('region', { name: 'History' }).getByRole('listitem');
  await expect(history).toHaveText([new RegExp(`^${words}`), /^Booked today at/]);
  await expectAccessible(page);
});

test('a reason that stays as it was changes nothing, and says so', async ({ page }) => {
  const { ctx } = await signInAsSomebody(page);
  const { appointment } = await bookedByHand(ctx);
  await page.goto(`/appointments/${appointment.id}/amend`);
  await page.getByRole('button', { name: 'Change the reason' }).click();
  await expect(page.getByRole('heading', { level: 2, name: 'The reason is as it was: nothing was changed' })).toBeVisible();
});

test('two who change it at once: the second is told, keeps what they typed, and can still change it', async ({ page, context }) => {
  const { ctx } = await signInAsSomebody(page);
  const { appointment } = await bookedByHand(ctx);
  const second = await context.newPage();
  for (const tab of [page, second]) {
    await tab.goto(`/appointments/${appointment.id}/amend`);
    await tab.getByLabel('Reason for the appointment').fill(tab === page ? 'Earache' : 'Fever');
  }
  await page.getByRole('button', { name: 'Change the reason' }).click();
  await expect(page.getByRole('heading', { level: 2, name: /^Reason changed/ })).toBeVisible();

  await second.getByRole('button', { name: 'Change the reason' }).click();
  await expect(second.getByRole('main').getByRole('alert')).toContainText('The appointment has changed since you looked');
  await expect(second.getByLabel('Reason for the appointment')).toHaveValue('Fever');
  await second.getByRole('button', { name: 'Change the reason' }).click();
  await expect(second.getByRole('heading', { level: 2, name: /^Reason changed from “Earache” to “Fever”/ })).toBeVisible();
});
