import { expect, test } from '@playwright/test';
import { bookedByHand } from './support/appointment';
import { expectAccessible } from './support/axe';
import { signInAsSomebody } from './support/call';

test('the confirmation says what was read back, and prints without the header, links and ids', async ({ page }) => {
  const { ctx } = await signInAsSomebody(page);
  const { appointment, service } = await bookedByHand(ctx);
  await page.goto(`/appointments/${appointment.id}`);
  await page.getByRole('link', { name: 'Confirmation for the patient' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Your NHS appointment' })).toBeVisible();
  await expect(page.getByText(`It is with ${service.name}.`)).toBeVisible();
  await expect(page.getByText(/Your reference is ONW-/)).toBeVisible();
  await expect(page.getByText('call 111 again', { exact: false })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Print' })).toBeVisible();
  await expectAccessible(page);

  await page.emulateMedia({ media: 'print' });
  await expect(page.getByText(`It is with ${service.name}.`)).toBeVisible();
  await expect(page.getByRole('banner')).toBeHidden();
  await expect(page.getByRole('button', { name: 'Print' })).toBeHidden();
  await expect(page.getByRole('link', { name: 'Back to the appointment' })).toBeHidden();
});

test('without JavaScript there is no button that does nothing', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const { ctx } = await signInAsSomebody(page);
  const { appointment } = await bookedByHand(ctx);
  await page.goto(`/appointments/${appointment.id}/confirmation`);
  await expect(page.getByText(/Your reference is ONW-/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Print' })).toHaveCount(0);
  await context.close();
});

test('the calendar file is downloaded, is not kept by anybody on the way, and is not there for an unknown id or signed out', async ({ page, playwright, baseURL }) => {
  const { ctx } = await signInAsSomebody(page);
  const { appointment, service } = await bookedByHand(ctx);
  await page.goto(`/appointments/${appointment.id}`);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Calendar file' }).click()]);
  expect(download.suggestedFilename()).toBe('nhs-appointment.ics');

  const file = `/api/appointments/${appointment.id}/calendar`;
  const answer = await page.request.get(file);
  expect(answer.headers()).toMatchObject({ 'content-type': 'text/calendar; charset=utf-8', 'cache-control': 'no-store' });
  const text = (await answer.text()).replaceAll('\r\n ', '');
  expect(text).toContain(`UID:${appointment.id}@onward`);
  expect(text).toContain(`SUMMARY:NHS appointment at ${service.name}`);
  expect(text).not.toContain('Notreal');

  expect((await page.request.get(file.replace(appointment.id, ctx.requestId))).status()).toBe(404);
  const nobody = await playwright.request.newContext({ baseURL });
  expect((await nobody.get(file)).status()).toBe(401);
  await nobody.dispose();
});
