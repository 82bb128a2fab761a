import { expect, test } from '@playwright/test';
import { WEST_YORKSHIRE } from '@/prisma/factories/agreement';
import { db } from '@/lib/platform/db';
import { expectAccessible } from './support/axe';
import { agreedFor, aServiceAcross, KENT, rowOf } from './support/border';
import { chooseService, holdFirst, signInAsSomebody, startCall } from './support/call';

test('a Leeds patient in Manchester under an agreement: who pays is told before the click, on the check page, and kept with the appointment', async ({ page }) => {
  const { place, service } = await aServiceAcross({ disposition: 'Dx18' });
  const { id, title } = await agreedFor(service.id, { outcome: 'notify', pricePence: 1_250, noshowPence: 500 });
  await signInAsSomebody(page);
  const { callId } = await startCall(page, { postcode: place.postcode, disposition: 'Dx18' });

  const row = rowOf(page, service.name);
  await expect(row).toContainText(`Greater Manchester · West Yorkshire pays £12.50 · “${title}”`);
  await expect(row).toContainText('Host is told');
  await expectAccessible(page);
  await holdFirst(page, service.name);
  await page.getByRole('link', { name: 'Check and book' }).click();

  await expect(page.getByText(`Agreement “${title}” (version 1) between West Yorkshire and Greater Manchester`)).toBeVisible();
  await expect(page.getByRole('heading', { level: 2, name: 'Ask for approval' })).toHaveCount(0);
  await expectAccessible(page);
  await page.getByLabel('Reason for the appointment').fill('Toothache since last night');
  await page.getByRole('button', { name: 'Book this appointment' }).click();

  await expect(page.getByRole('heading', { level: 1, name: 'Booked' })).toBeVisible();
  const appointment = await db.appointment.findFirstOrThrow({ where: { callId }, include: { borderDecision: true } });
  expect(appointment.borderDecision).toMatchObject({ isCrossing: true, ruleKind: 'agreement', ruleId: id, ruleVersion: 1, outcome: 'notify', payerCode: WEST_YORKSHIRE, pricePence: 1_250, noshowPence: 500 });
  await page.goto(`/appointments/${appointment.id}`);
  await expect(page.getByText(`Agreement “${title}” (version 1) between West Yorkshire and Greater Manchester`)).toBeVisible();
  await expectAccessible(page);
});

test('without an agreement the national default allows what is urgent', async ({ page }) => {
  const { place, service } = await aServiceAcross({ disposition: 'Dx19', icbCode: KENT });
  await signInAsSomebody(page);
  const { callId } = await startCall(page, { postcode: place.postcode, disposition: 'Dx19' });
  await expect(rowOf(page, service.name)).toContainText('Kent and Medway · West Yorkshire pays, within contract · no agreement: the national default');
  await expect(rowOf(page, service.name)).not.toContainText('Needs approval');
  await holdFirst(page, service.name);
  await page.getByRole('link', { name: 'Check and book' }).click();
  await page.getByLabel('Reason for the appointment').fill('Toothache since last night');
  await page.getByRole('button', { name: 'Book this appointment' }).click();

  await expect(page.getByRole('heading', { level: 1, name: 'Booked' })).toBeVisible();
  const { borderDecision } = await db.appointment.findFirstOrThrow({ where: { callId }, include: { borderDecision: true } });
  expect(borderDecision).toMatchObject({ isCrossing: true, ruleKind: 'default', ruleId: 'default-E', outcome: 'allow', pricePence: null });
});

test('without an agreement what can wait needs approval: a slot can be held, and without asking nothing is booked', async ({ page }) => {
  const { place, service } = await aServiceAcross({ disposition: 'Dx21', icbCode: KENT });
  await signInAsSomebody(page);
  const { callId } = await startCall(page, { postcode: place.postcode, disposition: 'Dx21' });
  await expect(rowOf(page, service.name)).toContainText('Needs approval');
  await chooseService(page, service.name);
  await expect(page.getByRole('heading', { level: 2, name: 'Across a border, in Kent and Medway: needs approval' })).toBeVisible();
  await expectAccessible(page);
  await holdFirst(page, service.name);
  await page.getByRole('link', { name: 'Check and book' }).click();
  await expect(page.getByRole('heading', { level: 2, name: 'Ask for approval' })).toBeVisible();
  await page.getByLabel('Reason for the appointment').fill('Toothache since last night');
  await page.getByRole('button', { name: 'Book this appointment' }).click();

  await expect(page.getByRole('main').getByRole('alert')).toContainText(`A booking at ${service.name} needs approval`);
  await expect(page.getByLabel('Reason for the appointment')).toHaveValue('Toothache since last night');
  await expectAccessible(page);
  expect(await db.appointment.count({ where: { callId } })).toBe(0);
});

test('refused by an agreement while another service is free in time: no slot can be held, and it is said why and what to do', async ({ page }) => {
  const { place, service } = await aServiceAcross({ disposition: 'Dx110' });
  const { service: other } = await aServiceAcross({ disposition: 'Dx110', place, icbCode: WEST_YORKSHIRE });
  const { title } = await agreedFor(service.id, { outcome: 'refuse' });
  await signInAsSomebody(page);
  await startCall(page, { postcode: place.postcode, disposition: 'Dx110' });
  await expect(rowOf(page, service.name)).toContainText(`Greater Manchester · refused by “${title}”`);
  await expect(rowOf(page, other.name)).not.toContainText('Greater Manchester');
  await chooseService(page, service.name);

  await expect(page.getByRole('heading', { level: 2, name: 'Across a border, in Greater Manchester: refused' })).toBeVisible();
  await expect(page.getByText(/choose another service/)).toBeVisible();
  await expect(page.getByRole('button', { name: /^Hold / })).toHaveCount(0);
  await expectAccessible(page);
  await holdFirst(page, other.name);
  await page.getByRole('link', { name: 'Check and book' }).click();
  await expect(page.getByText('West Yorkshire, the same area. No border is crossed.')).toBeVisible();
});

test('refused by an agreement, but nothing else is free in time: the safety of the patient turns it into a question (XB-05)', async ({ page }) => {
  const { place, service } = await aServiceAcross({ disposition: 'Dx120' });
  const { title } = await agreedFor(service.id, { outcome: 'refuse' });
  await signInAsSomebody(page);
  await startCall(page, { postcode: place.postcode, disposition: 'Dx120' });
  const words = `refused by “${title}”, but nothing else is free in time`;
  await expect(rowOf(page, service.name)).toContainText(words);
  await expect(rowOf(page, service.name)).toContainText('Needs approval');
  await expectAccessible(page);
  await holdFirst(page, service.name);
  await page.getByRole('link', { name: 'Check and book' }).click();

  await expect(page.getByText('refuses it, but nothing else is free in time (XB-05)')).toBeVisible();
  await expect(page.getByText('your supervisor or a clinician may approve it.')).toBeVisible();
  await expectAccessible(page);
});

test.describe('with JavaScript off', () => {
  test.use({ javaScriptEnabled: false });

  test('asking is a plain form: nothing typed is lost, and whether there is an answer can be looked up', async ({ page }) => {
    const { place, service } = await aServiceAcross({ disposition: 'Dx20', icbCode: KENT });
    await signInAsSomebody(page);
    await startCall(page, { postcode: place.postcode, disposition: 'Dx20' });
    await page.getByRole('link', { name: service.name }).click();
    await page.getByRole('button', { name: /^Hold / }).first().click();
    await page.getByRole('link', { name: 'Check and book' }).click();
    await page.getByLabel('Reason for the appointment').fill('Toothache since last night');
    await page.getByRole('button', { name: 'Ask for approval' }).click();
    await expect(page.getByRole('link', { name: 'Enter the reason for asking' })).toBeVisible();
    await page.getByLabel('Reason for asking').fill('Works in Manchester today');
    await page.getByRole('button', { name: 'Ask for approval' }).click();

    await expect(page.getByText(/^Waiting for an answer since/)).toBeVisible();
    await expect(page.getByLabel('Reason for the appointment')).toHaveValue('Toothache since last night');
    await page.getByRole('button', { name: 'See whether there is an answer' }).click();
    await expect(page.getByText(/^Waiting for an answer since/)).toBeVisible();
    await expect(page.getByLabel('Reason for the appointment')).toHaveValue('Toothache since last night');
  });
});
