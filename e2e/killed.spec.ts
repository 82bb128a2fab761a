import { expect, test, type Browser, type Page } from '@playwright/test';
import type { Ctx } from '@/lib/auth/actor';
import { db } from '@/lib/platform/db';
import { addMinutes, readClock } from '@/lib/platform/time';
import { aCall } from '@/prisma/factories/call';
import { passOverOthers, signInAsSomebody } from './support/call';
import { ownServer } from './support/own-server';
import { aServiceNearby } from './support/world';

const HANDLERS = 3;
const KILLS = 3;
const BOOKINGS_BETWEEN = 4;

test('a web server killed in the middle of its work loses no booking that a person saw, and books none twice', async ({ browser, request }) => {
  test.setTimeout(180_000);
  const { service } = await aServiceNearby({ slots: 90, slotMinutes: 5 });
  const server = await ownServer();
  await server.isUp(request);
  const seen: string[] = [];
  let isOver = false;
  const people = await Promise.all(Array.from({ length: HANDLERS }, () => aPersonWithoutJavaScript(browser, server.baseURL)));

  const work = people.map(async ({ page, ctx }) => {
    while (!isOver) {
      const reference = await bookedReference(page, ctx, service.id).catch(() => null);
      if (reference) seen.push(reference);
    }
  });
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const enough = seen.length + BOOKINGS_BETWEEN;
    await expect.poll(() => seen.length, { timeout: 60_000 }).toBeGreaterThanOrEqual(enough);
    await server.kill();
    server.startAgain();
    await server.isUp(request);
  }
  await expect.poll(() => seen.length, { timeout: 60_000 }).toBeGreaterThanOrEqual(KILLS * BOOKINGS_BETWEEN + 1);
  isOver = true;
  await Promise.all(work);
  await server.kill();

  const standing = await db.appointment.findMany({ where: { serviceId: service.id, releasedAt: null }, select: { reference: true, slotId: true, callId: true } });
  expect(seen.filter((reference) => !standing.some((appointment) => appointment.reference === reference))).toEqual([]);
  expect(new Set(standing.map(({ slotId }) => slotId)).size).toBe(standing.length);
  expect(new Set(standing.map(({ callId }) => callId)).size).toBe(standing.length);
  expect(await db.slot.count({ where: { serviceId: service.id, status: 'busy' } })).toBe(standing.length);
  await Promise.all(people.map(({ page }) => page.context().close()));
});

async function aPersonWithoutJavaScript(browser: Browser, baseURL: string): Promise<{ page: Page; ctx: Ctx }> {
  const context = await browser.newContext({ baseURL, javaScriptEnabled: false });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const { ctx } = await signInAsSomebody(page);
  return { page, ctx };
}

/** One call from hold to booking; a page that the kill cut off is given up, and throws. */
async function bookedReference(page: Page, ctx: Ctx, serviceId: string): Promise<string> {
  const now = readClock();
  const { id } = await aCall({ ...ctx, now }, { dueAt: addMinutes(now, 24 * 60) });
  await page.goto(`/calls/${id}/services?service=${serviceId}`);
  await passOverOthers(page);
  const holds = page.getByRole('button', { name: /^Hold / });
  await holds.nth(Math.floor(Math.random() * (await holds.count()))).click();
  await page.goto(`/calls/${id}/check`);
  await page.getByLabel('Reason for the appointment').fill('Earache since last night');
  await page.getByRole('button', { name: 'Book this appointment' }).click();
  const reference = page.getByText(/^ONW-[A-Z0-9]{4}-[A-Z0-9]{2}$/).first();
  await expect(reference).toBeVisible();
  return (await reference.textContent()) ?? '';
}
