import { expect, test, type Browser, type Page } from '@playwright/test';
import { db } from '@/lib/platform/db';
import { GREATER_MANCHESTER } from '@/prisma/factories/agreement';
import { expectAccessible } from './support/axe';
import { agreedFor, aServiceAcross, rowOf } from './support/border';
import { holdFirst, signInAsSomebody, signInWith, startCall } from './support/call';

/** A call for a Leeds patient on the check page, which holds a slot in Manchester that only commissioners of Manchester approve. */
async function checkPageAcross(page: Page, disposition: string) {
  const { place, service } = await aServiceAcross({ disposition });
  await agreedFor(service.id, { outcome: 'approval', approvers: ['host'], pricePence: 1_250, noshowPence: 500 });
  await signInAsSomebody(page);
  const { callId } = await startCall(page, { postcode: place.postcode, disposition });
  await expect(rowOf(page, service.name)).toContainText('Needs approval');
  await holdFirst(page, service.name);
  await page.getByRole('link', { name: 'Check and book' }).click();
  await expect(page.getByRole('heading', { level: 2, name: 'Ask for approval' })).toBeVisible();
  return { service, callId };
}

/** Types what is typed before an answer comes, and asks. */
async function ask(page: Page) {
  await page.getByLabel('Reason for the appointment').fill('Toothache since last night');
  await page.getByLabel('Reason for asking').fill('Works in Manchester today');
  await page.getByRole('button', { name: 'Ask for approval' }).click();
  await expect(page.getByText(/^Waiting for an answer since \d\d:\d\d/)).toBeVisible();
}

/** A commissioner of Greater Manchester in a browser of their own, on duty, with the questions before them. */
async function aCommissionerOnDuty(browser: Browser) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const { ctx } = await signInWith(page, { role: 'commissioner', scope: GREATER_MANCHESTER });
  await page.goto('/borders/approvals');
  await page.getByRole('button', { name: 'Start duty' }).click();
  await expect(page.getByText(/^On duty until/)).toBeVisible();
  return { page, context, ctx };
}

function questionAbout(page: Page, serviceName: string) {
  return page.getByRole('main').getByRole('listitem').filter({ hasText: serviceName });
}

test('approved live by the Manchester commissioner in another browser: the page shows it by itself, keeps what is typed, and books', async ({ page, browser }) => {
  const { service, callId } = await checkPageAcross(page, 'Dx1114');
  await expect(page.getByText('A commissioner of Greater Manchester may approve it.')).toBeVisible();
  await page.getByRole('button', { name: 'Ask for approval' }).click();
  await page.getByRole('link', { name: 'Enter the reason for asking' }).click();
  await expect(page.getByLabel('Reason for asking')).toBeFocused();
  await expectAccessible(page);
  await ask(page);
  await expect(page.getByLabel('Reason for the appointment')).toHaveValue('Toothache since last night');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Book this appointment' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('Wait for the answer');
  await page.getByLabel('Reason for the appointment').fill('Toothache, and a fever since');

  const commissioner = await aCommissionerOnDuty(browser);
  const question = questionAbout(commissioner.page, service.name);
  await expect(question).toContainText('Works in Manchester today');
  await question.getByRole('button', { name: /^Approve/ }).click();

  await expect(page.getByText(`Approved by ${commissioner.ctx.actor.name} (host commissioner). Now book the appointment.`)).toBeVisible();
  await expect(page.getByLabel('Reason for the appointment')).toHaveValue('Toothache, and a fever since');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Book this appointment' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Booked' })).toBeVisible();
  const { borderDecision } = await db.appointment.findFirstOrThrow({ where: { callId }, include: { borderDecision: { include: { approval: true } } } });
  expect(borderDecision).toMatchObject({ outcome: 'approval', pricePence: 1_250, approval: { state: 'approved', answeredById: commissioner.ctx.actor.id, answeredAs: 'host' } });
  await commissioner.context.close();
});

test('declined with words: the page says by whom and why, offers other services, and nothing is booked', async ({ page, browser }) => {
  const { service, callId } = await checkPageAcross(page, 'Dx1115');
  await ask(page);
  const commissioner = await aCommissionerOnDuty(browser);
  const question = questionAbout(commissioner.page, service.name);
  await question.getByLabel('Words for the call handler').fill('Leeds has slots this afternoon');
  await question.getByRole('button', { name: /^Decline/ }).click();

  await expect(page.getByText(`Declined by ${commissioner.ctx.actor.name} (host commissioner): “Leeds has slots this afternoon”.`)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Ask for approval' })).toHaveCount(0);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Book this appointment' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText(`A booking at ${service.name} needs approval`);
  expect(await db.appointment.count({ where: { callId } })).toBe(0);
  await page.getByRole('link', { name: 'Choose another service' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Services that can help' })).toBeVisible();
  await commissioner.context.close();
});
