import { expect, test } from '@playwright/test';
import type { Ctx } from '@/lib/auth/actor';
import { proposeEdit } from '@/lib/booking/proposal.commands';
import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { addMinutes, readClock } from '@/lib/platform/time';
import type { ScheduleEdit } from '@/lib/schedule/schema';
import { anAppointment } from '@/prisma/factories/appointment';
import { aHandler } from '@/prisma/factories/staff';
import { bookedByHand } from './support/appointment';
import { expectAccessible } from './support/axe';
import { signInWith } from './support/call';
import { aServiceNearby } from './support/world';

/** The address of a proposal that this admin has just made. */
async function proposed(ctx: Ctx, serviceId: string, edit: ScheduleEdit): Promise<string> {
  const outcome = await proposeEdit({ ...ctx, now: readClock() }, { serviceId, edit });
  if (!outcome.ok) throw new Error(outcome.error.code);
  return `/schedules/${serviceId}/proposals/${outcome.value.proposalId}`;
}

function closing(serviceId: string, { startsAt, minutes }: { startsAt: Date; minutes: number }): ScheduleEdit {
  return { kind: 'close', serviceIds: [serviceId], closureId: newId(), closureKind: 'closure', startsAt, endsAt: addMinutes(startsAt, minutes), reason: 'Staff training' };
}

test('two admins change the same session: the second is told by whom it was changed, looks again and applies', async ({ page, browser }) => {
  const { service, slots } = await aServiceNearby({ slots: 4, startsInMinutes: 60 });
  const [first] = slots;
  if (!first) throw new Error('no slot was made');
  const { ctx } = await signInWith(page, { role: 'service-admin', scope: service.id });
  await page.goto(await proposed(ctx, service.id, { kind: 'cancel-session', serviceId: service.id, sessionId: first.sessionId }));
  await expect(page.getByText(/^4 slots are removed on .*; nobody who is booked is affected\.$/)).toBeVisible();
  await expectAccessible(page);

  const other = await (await browser.newContext()).newPage();
  const colleague = await signInWith(other, { role: 'service-admin', scope: service.id });
  await other.goto(await proposed(colleague.ctx, service.id, closing(service.id, { startsAt: first.startsAt, minutes: 20 })));
  await other.getByRole('button', { name: 'Apply this change' }).click();
  await expect(other.getByRole('heading', { name: /^Applied / })).toBeVisible();
  await expect(other.getByText('0 slots added, 2 removed. Nobody who is booked was affected.')).toBeVisible();
  await expectAccessible(other);

  await page.getByRole('button', { name: 'Apply this change' }).click();
  const alert = page.getByRole('main').getByRole('alert');
  await expect(alert).toContainText(`The schedule was changed by ${colleague.ctx.actor.name}`);
  await expect(page.getByText(/^2 slots are removed on /)).toBeVisible();
  await expectAccessible(page);
  expect(await db.slot.count({ where: { serviceId: service.id, status: 'free' } })).toBe(2);

  await page.getByRole('button', { name: 'Apply this change' }).click();
  await expect(page.getByRole('heading', { name: /^Applied / })).toBeVisible();
  expect(await db.slot.count({ where: { serviceId: service.id, status: 'free' } })).toBe(0);
});

test.describe('with JavaScript off', () => {
  test.use({ javaScriptEnabled: false });

  test('of two who are booked one is moved to where it fits and one is kept; both are to be contacted', async ({ page }) => {
    const handler = await aHandler();
    const { service, appointment: moved } = await bookedByHand(handler);
    const kept = await anAppointment({ ...handler, now: readClock() }, { call: { dueAt: addMinutes(readClock(), 600) }, slot: { serviceId: service.id, startsAt: addMinutes(moved.startsAt, 10) } });
    const { ctx } = await signInWith(page, { role: 'service-admin', scope: service.id });
    await page.goto(await proposed(ctx, service.id, closing(service.id, { startsAt: moved.startsAt, minutes: 20 })));
    await expect(page.getByRole('heading', { name: '2 patients who are booked lose their places' })).toBeVisible();

    await page.getByRole('link', { name: 'Move all that fit' }).click();
    await expect(page.getByRole('radio', { name: /^Move it to / }).first()).toBeChecked();
    await page.getByRole('radio', { name: 'Keep it' }).nth(1).check();
    await page.getByRole('button', { name: 'Apply this change' }).click();
    await expect(page.getByText('2 patients are on the list of people to contact.')).toBeVisible();

    expect(await db.appointment.findUniqueOrThrow({ where: { id: moved.id } })).toMatchObject({ status: 'moved' });
    expect(await db.appointment.findUniqueOrThrow({ where: { id: kept.id }, include: { slot: true } })).toMatchObject({ status: 'booked', slot: { orphanedAt: expect.any(Date) } });
    expect(await db.contactTask.findMany({ where: { serviceId: service.id }, orderBy: { cause: 'asc' } })).toMatchObject([{ cause: 'moved' }, { cause: 'orphaned' }]);
  });
});

test("another service's proposal is not found, and an old one says what to do", async ({ page }) => {
  const { service, slots } = await aServiceNearby();
  const admin = await aHandler({ role: 'service-admin', scope: service.id });
  const path = await proposed(admin, service.id, { kind: 'cancel-session', serviceId: service.id, sessionId: slots[0]?.sessionId ?? '' });
  const { service: own } = await aServiceNearby({ slots: 0 });
  await signInWith(page, { role: 'service-admin', scope: own.id });

  expect((await page.goto(path))?.status()).toBe(404);
  await page.goto(path.replace(service.id, own.id));
  await expect(page.getByRole('main').getByRole('alert')).toContainText('This change was not found');
  await expectAccessible(page);
});
