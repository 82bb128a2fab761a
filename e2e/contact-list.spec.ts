import { expect, test, type Page } from '@playwright/test';
import { addContactTask } from '@/lib/notify/contact.commands';
import { db } from '@/lib/platform/db';
import { aHandler } from '@/prisma/factories/staff';
import { bookedByHand } from './support/appointment';
import { expectAccessible } from './support/axe';
import { signInWith } from './support/call';

/** Somebody who lost their place at a service of the test's own, whose admin is signed in. */
async function somebodyToContact(page: Page) {
  const { service, appointment } = await bookedByHand(await aHandler());
  const { ctx } = await signInWith(page, { role: 'service-admin', scope: service.id });
  await db.$transaction((tx) => addContactTask(tx, ctx, { appointmentId: appointment.id, serviceId: service.id, cause: 'orphaned', reason: 'Staff training', newAppointmentId: null }));
  const task = await db.contactTask.findFirstOrThrow({ where: { appointmentId: appointment.id } });
  return { ctx, service, appointment, task };
}

test('an admin takes somebody, rings twice and tells them: the list is empty, and what was done outlives a reload', async ({ page }) => {
  const { task } = await somebodyToContact(page);
  await page.goto('/contact');
  const list = page.getByRole('list', { name: 'People to contact' });
  await expect(list.getByText(/No place any more at \d\d:\d\d: Staff training/)).toBeVisible();
  await expect(list.getByRole('link', { name: '07700 900153' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Take it NOTREAL, Tomasz' }).click();
  await expect(list.getByText('Yours')).toBeVisible();
  await page.getByRole('link', { name: 'Mine (1)' }).click();
  await expect(list.getByRole('listitem').filter({ hasText: 'NOTREAL, Tomasz' })).toBeVisible();

  await page.getByRole('link', { name: /^Record/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'NOTREAL, Tomasz' })).toBeVisible();
  await page.getByRole('button', { name: 'Record it' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('Choose what came of it');
  await expectAccessible(page);
  await page.getByRole('radio', { name: 'No answer' }).check();
  await page.getByLabel('Note for colleagues').fill('Rings out');
  await page.getByRole('button', { name: 'Record it' }).click();
  await expect(page.getByRole('heading', { name: 'The attempt is recorded' })).toBeVisible();
  await page.reload();
  await expect(page.getByText(/Rang: no answer by .*: Rings out/)).toBeVisible();

  await page.getByRole('radio', { name: 'Reached and told' }).check();
  await page.getByRole('button', { name: 'Record it' }).click();
  await expect(page.getByRole('heading', { name: 'Nobody is waiting to be contacted' })).toBeVisible();
  await page.getByText('Settled in the last 7 days (1)').click();
  await expect(page.getByRole('list', { name: 'Settled' })).toContainText('Told');
  await expectAccessible(page);
  const after = await db.contactTask.findUniqueOrThrow({ where: { id: task.id }, include: { attempts: true } });
  expect([after.outcome, after.attempts.length]).toEqual(['told', 2]);
});

test('somebody is rebooked into the next free time of the service, and has left the list', async ({ page }) => {
  const { appointment } = await somebodyToContact(page);
  await page.goto('/contact');
  await page.getByRole('link', { name: /^Rebook/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Rebook NOTREAL, Tomasz' })).toBeVisible();
  await page.getByRole('button', { name: 'Rebook to this time' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('Choose a time');
  await expectAccessible(page);
  await page.getByRole('radio').first().check();
  await page.getByRole('button', { name: 'Rebook to this time' }).click();

  await expect(page.getByRole('heading', { level: 2, name: 'Rebooked' })).toBeVisible();
  await expectAccessible(page);
  expect(await db.appointment.findUniqueOrThrow({ where: { id: appointment.id } })).toMatchObject({ status: 'moved' });
  await page.goto('/contact');
  await expect(page.getByRole('heading', { name: 'Nobody is waiting to be contacted' })).toBeVisible();
});

test('a colleague was quicker: the page says who, keeps the words that were typed, and they can be sent again', async ({ page, browser }) => {
  const { service, task } = await somebodyToContact(page);
  const other = await browser.newPage();
  const colleague = await signInWith(other, { role: 'service-admin', scope: service.id });
  await page.goto(`/contact/${task.id}`);
  await page.getByRole('radio', { name: 'Left a message' }).check();
  await page.getByLabel('Note for colleagues').fill('With the neighbour');

  await other.goto('/contact');
  await other.getByRole('button', { name: /^Take it/ }).click();
  await expect(other.getByText('Yours')).toBeVisible();
  await other.close();
  await page.getByRole('button', { name: 'Record it' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText(`${colleague.ctx.actor.name} has just worked on this one`);
  await expect(page.getByLabel('Note for colleagues')).toHaveValue('With the neighbour');
  await page.getByRole('button', { name: 'Record it' }).click();
  await expect(page.getByRole('heading', { name: 'The attempt is recorded' })).toBeVisible();
});

test('an admin of another service finds nobody there', async ({ page, browser }) => {
  const { task, service } = await somebodyToContact(page);
  const other = await browser.newPage();
  const stranger = await bookedByHand(await aHandler());
  await signInWith(other, { role: 'service-admin', scope: stranger.service.id });
  for (const path of [`/contact/${task.id}`, `/contact/${task.id}/rebook`, `/contact?service=${service.id}`]) {
    const answer = await other.goto(path);
    expect(answer?.status()).toBe(404);
  }
  await other.close();
});

test.describe('with JavaScript off, on a telephone', () => {
  test.use({ javaScriptEnabled: false, viewport: { width: 375, height: 720 } });

  test('somebody is taken, given back and given up on with words, and nothing is wider than the screen', async ({ page }) => {
    const { task } = await somebodyToContact(page);
    await page.goto('/contact');
    await page.getByRole('button', { name: /^Take it/ }).click();
    await page.getByRole('button', { name: /^Give back/ }).click();
    await expect(page.getByText('Nobody has taken this')).toBeVisible();
    await page.getByRole('link', { name: /^Record/ }).click();
    const width = await page.locator('main').evaluate((main) => main.scrollWidth);
    expect(width).toBeLessThanOrEqual(375);

    await page.getByRole('radio', { name: 'Could not be reached' }).check();
    await page.getByRole('button', { name: 'Settle' }).click();
    await expect(page.getByRole('link', { name: 'Say why nobody could be reached' })).toBeVisible();
    await page.getByLabel('In your words').fill('The number is not in use');
    await page.getByRole('button', { name: 'Settle' }).click();
    await expect(page.getByRole('heading', { name: 'Nobody is waiting to be contacted' })).toBeVisible();
    expect(await db.contactTask.findUniqueOrThrow({ where: { id: task.id } })).toMatchObject({ outcome: 'gave-up', outcomeText: 'The number is not in use' });
  });
});
