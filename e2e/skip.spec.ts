import { expect, test, type Page } from '@playwright/test';
import { db } from '@/lib/platform/db';
import { aService } from '@/prisma/factories/service';
import { freeSlotsInARow } from '@/prisma/factories/slot';
import { expectAccessible } from './support/axe';
import { chooseService, HOLD, passOverOthers, signInAsSomebody, startCall } from './support/call';
import { aServiceNearby, wholeMinute } from './support/world';
import { addMinutes } from '@/lib/platform/time';

/** A service where the patient is, with so many slots, and one with slots a hundred metres farther: the second in the list. */
async function twoServices({ slots }: { slots: number }) {
  const { service: nearest, postcode } = await aServiceNearby({ slots });
  const { latitude, longitude, icbCode } = nearest;
  const farther = await aService({ postcode, latitude: latitude + 0.001, longitude, icbCode });
  await freeSlotsInARow(3, { serviceId: farther.id, startsAt: addMinutes(wholeMinute(), 30) });
  return { nearest, farther, postcode };
}

/** The question about one service, after those about all others are answered. */
async function theQuestionAbout(page: Page, serviceName: string) {
  const question = page.getByRole('combobox', { name: `Why not ${serviceName}?` });
  const suggested = await question.inputValue();
  await passOverOthers(page);
  await question.selectOption(suggested);
  return question;
}

test('a service below the first is held only with a reason for each one passed over, and what was chosen stays (D-052, D-053)', async ({ page }) => {
  const { nearest, farther, postcode } = await twoServices({ slots: 3 });
  await signInAsSomebody(page);
  const { callId } = await startCall(page, { postcode });
  await chooseService(page, farther.name);
  const question = await theQuestionAbout(page, nearest.name);
  const comment = page.getByRole('textbox', { name: `In a few words, about ${nearest.name}` });
  const alert = page.getByRole('main').getByRole('alert');
  await expect(comment).toBeHidden();
  await expectAccessible(page);

  await page.getByRole('button', { name: HOLD }).first().click();
  await expect(alert).toContainText(`Say why ${nearest.name} is passed over`);
  await expectAccessible(page);

  await question.selectOption('Other reason');
  await expect(comment).toBeVisible();
  await page.getByRole('button', { name: HOLD }).first().click();
  await expect(alert).toContainText('needs a few words more');
  await expect(question.getByRole('option', { name: 'Other reason' })).toHaveJSProperty('selected', true);
  expect(await db.slot.count({ where: { heldByCall: callId } })).toBe(0);

  await comment.fill('The caller was unhappy there');
  await page.getByRole('button', { name: HOLD }).first().click();
  await expect(page.getByText('Held for you', { exact: true })).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: nearest.name })).toContainText('Passed over: Other reason');
  await expectAccessible(page);
  expect(await db.callSkip.findFirst({ where: { callId, serviceId: nearest.id }, select: { reasonId: true, comment: true } })).toEqual({
    reasonId: 99,
    comment: 'The caller was unhappy there',
  });
});

test('where the nearest service has no slot, its reason is suggested and one key press holds (D-054)', async ({ page }) => {
  const { nearest, farther, postcode } = await twoServices({ slots: 0 });
  await signInAsSomebody(page);
  await startCall(page, { postcode });
  await chooseService(page, nearest.name);
  await expect(page.getByText('No appointments are offered here')).toBeVisible();

  await chooseService(page, farther.name);
  const question = await theQuestionAbout(page, nearest.name);
  await expect(question.getByRole('option', { name: 'No appointments available' })).toHaveJSProperty('selected', true);
  await page.getByRole('link', { name: farther.name }).focus();
  await page.keyboard.press('1');
  await expect(page.getByText('Held for you', { exact: true })).toBeVisible();
});

test('reasons are asked for and kept with JavaScript off as well', async ({ browser }) => {
  const { nearest, farther, postcode } = await twoServices({ slots: 3 });
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await signInAsSomebody(page);
  await startCall(page, { postcode });
  await chooseService(page, farther.name);
  const question = await theQuestionAbout(page, nearest.name);
  await question.selectOption('Other reason');

  await page.getByRole('button', { name: HOLD }).first().click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('needs a few words more');
  await page.getByRole('textbox', { name: `In a few words, about ${nearest.name}` }).fill('Unhappy there');
  await page.getByRole('button', { name: HOLD }).first().click();
  await expect(page.getByText('Held for you', { exact: true })).toBeVisible();
  await context.close();
});
