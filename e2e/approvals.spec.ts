import { expect, test, type Page } from '@playwright/test';
import type { Ctx } from '@/lib/auth/actor';
import { db } from '@/lib/platform/db';
import { addMinutes, readClock } from '@/lib/platform/time';
import { aQuestion } from '@/prisma/factories/approval';
import { aHandler } from '@/prisma/factories/staff';
import { expectAccessible } from './support/axe';
import { signInWith } from './support/call';
import { wholeMinute, within } from './support/world';

const SLOT_MINUTES = 10;

/** A question that a colleague asks now, and the name of the service that it is about. */
async function asked({ actor }: Ctx, given: Parameters<typeof aQuestion>[1] = {}) {
  const asker = await aHandler({ organisationCode: actor.organisation.code, now: readClock() });
  const question = await aQuestion(asker, { slot: { startsAt: within(addMinutes(wholeMinute(), 60), SLOT_MINUTES) }, ...given });
  const { name } = await db.service.findUniqueOrThrow({ where: { id: question.serviceId } });
  return { ...question, serviceName: name };
}

/** The question about this service: other tests ask too. */
function cardOf(page: Page, { serviceName }: { serviceName: string }) {
  return page.getByRole('list', { name: 'Questions' }).getByRole('listitem').filter({ has: page.getByRole('heading', { name: serviceName, exact: true }) });
}

function stateOf({ id }: { id: string }) {
  return db.borderApproval.findUniqueOrThrow({ where: { id }, select: { state: true, answeredAs: true, answerText: true } });
}

test('a supervisor approves what a colleague asks, with the keyboard alone', async ({ page }) => {
  const { ctx } = await signInWith(page, { role: 'supervisor' });
  const question = await asked(ctx, { isOverride: true, pricePence: 4_500 });
  // Pressed again until the page is alive.
  await expect(async () => {
    await page.keyboard.press('v');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Approvals', { timeout: 1_000 });
  }).toPass();
  await expect(page.getByRole('link', { name: 'Approvals (1)' })).toBeVisible();
  const card = cardOf(page, question);
  await expect(card.getByRole('timer', { name: 'Time left of the hold' })).toContainText('left');
  await expect(card.getByText('Nothing else is free in time.')).toBeVisible();
  await expect(card.getByText('West Yorkshire → Greater Manchester. West Yorkshire pays £45.00')).toBeVisible();
  await expect(page.getByText('NOTREAL')).toHaveCount(0);
  await expectAccessible(page);

  await card.getByLabel('Words for the call handler').focus();
  await page.keyboard.press('Tab');
  await expect(card.getByRole('button', { name: /^Approve/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(card.getByText(`Approved by ${ctx.actor.name}`)).toBeVisible();
  await expect(card.getByRole('button')).toHaveCount(0);
  expect(await stateOf(question)).toEqual({ state: 'approved', answeredAs: 'supervisor', answerText: null });
  await expectAccessible(page);
});

test('a commissioner off duty is told so; on duty they decline, and not without words', async ({ page }) => {
  await signInWith(page, { role: 'commissioner', scope: 'QOP' });
  const question = await asked(await aHandler());
  await page.goto('/borders/approvals');
  const card = cardOf(page, question);
  await expect(page.getByRole('heading', { name: 'You are not on duty' })).toBeVisible();
  await expect(card.getByText('Start your duty at the top of this page to answer.')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Start duty' }).click();
  await expect(page.getByText('On duty until')).toBeVisible();

  await card.getByRole('button', { name: /^Decline/ }).click();
  await expect(card.getByRole('alert')).toContainText('Say why it is declined');
  await expectAccessible(page);
  await card.getByLabel('Words for the call handler').fill('Ask the Bradford centre first');
  await page.keyboard.press('Enter');
  await expect(card.getByText('“Ask the Bradford centre first”')).toBeVisible();
  expect(await stateOf(question)).toEqual({ state: 'declined', answeredAs: 'host', answerText: 'Ask the Bradford centre first' });

  await page.getByRole('button', { name: 'End duty' }).click();
  await expect(page.getByRole('heading', { name: 'You are not on duty' })).toBeVisible();
});

test('two supervisors answer: the second is told who was first, and theirs does not count', async ({ page, browser }) => {
  const { ctx } = await signInWith(page, { role: 'supervisor' });
  const question = await asked(ctx);
  const second = await (await browser.newContext()).newPage();
  await signInWith(second, { role: 'supervisor', organisationCode: ctx.actor.organisation.code });
  // Their page is behind: it does not read itself again.
  await second.route('**/api/borders/approvals*', (route) => route.abort());
  for (const each of [page, second]) await each.goto('/borders/approvals');

  await cardOf(page, question).getByRole('button', { name: /^Approve/ }).click();
  await expect(cardOf(page, question).getByText('Approved by')).toBeVisible();
  await cardOf(second, question).getByLabel('Words for the call handler').fill('No');
  await cardOf(second, question).getByRole('button', { name: /^Decline/ }).click();
  await expect(second.getByRole('main').getByRole('alert')).toContainText(`${ctx.actor.name} answered this`);
  expect(await stateOf(question)).toMatchObject({ state: 'approved' });
  await second.context().close();
});

test('a new question appears by itself and is announced, one whose hold ran out says so, and words typed meanwhile stay', async ({ page }) => {
  const { ctx } = await signInWith(page, { role: 'supervisor' });
  await page.goto('/borders/approvals');
  await expect(page.getByRole('heading', { name: 'No question waits for you' })).toBeVisible();
  const [first, second] = [await asked(ctx), await asked(ctx)];
  await expect(cardOf(page, second)).toBeVisible();
  await cardOf(page, first).getByLabel('Words for the call handler').fill('Half typed');

  await db.slot.update({ where: { id: second.slotId }, data: { heldByCall: null, heldUntil: null } });
  const third = await asked(ctx);
  await expect(page.getByRole('status').filter({ hasText: `New question: ${third.serviceName}` })).toBeAttached();
  await expect(cardOf(page, second).getByText('Nobody answered while the call held the slot')).toBeVisible();
  await expect(page.getByRole('list', { name: 'Questions' }).getByRole('listitem')).toHaveCount(3);
  await expect(cardOf(page, first).getByLabel('Words for the call handler')).toHaveValue('Half typed');
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a supervisor declines with words, and is told that it was done', async ({ page }) => {
    const { ctx } = await signInWith(page, { role: 'supervisor' });
    const question = await asked(ctx);
    await page.goto('/borders/approvals');
    const card = cardOf(page, question);
    await card.getByRole('button', { name: /^Decline/ }).click();
    await expect(page.getByText('There is a problem')).toBeVisible();
    await card.getByLabel('Words for the call handler').fill('Not today');
    await card.getByRole('button', { name: /^Decline/ }).click();
    await expect(page.getByRole('heading', { name: 'Declined' })).toBeVisible();
    expect(await stateOf(question)).toMatchObject({ state: 'declined', answerText: 'Not today' });
  });
});
