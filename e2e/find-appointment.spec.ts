import { expect, test } from '@playwright/test';
import { db } from '@/lib/platform/db';
import { addMinutes, readClock } from '@/lib/platform/time';
import { bookedByHand } from './support/appointment';
import { expectAccessible } from './support/axe';
import { signInAsSomebody } from './support/call';

const DAY_MINUTES = 24 * 60;

test('a reference, however it is typed, leads straight to the appointment, also one of another organisation (U-103)', async ({ page, browser }) => {
  const { ctx } = await signInAsSomebody(page);
  const { appointment } = await bookedByHand(ctx);
  const other = await browser.newContext();
  const theirs = await other.newPage();
  await signInAsSomebody(theirs);
  await theirs.getByRole('link', { name: 'Find an appointment' }).click();
  await expect(theirs.getByRole('heading', { level: 1, name: 'Find an appointment' })).toBeVisible();
  await expectAccessible(theirs);

  await theirs.getByRole('textbox', { name: 'Reference' }).fill('ONW-S');
  await theirs.getByRole('button', { name: 'Find by reference' }).click();
  await expect(theirs.getByRole('main').getByRole('alert')).toContainText('A reference looks like ONW-7K3P-92');
  await expectAccessible(theirs);
  await theirs.getByRole('textbox', { name: 'Reference' }).fill(appointment.reference.toLowerCase().replaceAll('-', ' '));
  await theirs.getByRole('button', { name: 'Find by reference' }).click();
  await expect(theirs.getByRole('heading', { level: 1, name: `Appointment ${appointment.reference}` })).toBeVisible();
  await expectAccessible(theirs);
  await other.close();
});

test('an NHS number finds 30 days back and all that comes, and the past when it is asked for; it never stands in the address (U-100 to U-102)', async ({ page }) => {
  const { ctx } = await signInAsSomebody(page);
  const { appointment } = await bookedByHand(ctx);
  const { nhsNumber } = await db.patient.findUniqueOrThrow({ where: { id: appointment.patientId } });
  const past = await bookedByHand(ctx);
  const longAgo = addMinutes(readClock(), -40 * DAY_MINUTES);
  await db.appointment.update({ where: { id: past.appointment.id }, data: { patientId: appointment.patientId, startsAt: longAgo, endsAt: addMinutes(longAgo, 10) } });

  await page.goto('/appointments');
  await page.getByRole('textbox', { name: 'NHS number' }).fill(nhsNumber ?? '');
  await page.getByRole('button', { name: 'Find by NHS number' }).click();
  await expect(page.getByRole('heading', { level: 2, name: /^1 appointment since/ })).toBeVisible();
  await expect(page.getByRole('row', { name: new RegExp(appointment.reference) })).toContainText('Booked');
  expect(page.url()).not.toContain(nhsNumber);
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Look at all earlier ones too' }).click();
  await expect(page.getByRole('heading', { level: 2, name: '2 appointments' })).toBeVisible();
  await expect(page.getByRole('link', { name: past.appointment.reference })).toBeVisible();
  await page.getByRole('link', { name: appointment.reference }).click();
  await expect(page.getByRole('heading', { level: 1, name: `Appointment ${appointment.reference}` })).toBeVisible();
});

for (const javaScriptEnabled of [true, false]) {
  test(`last name and date of birth find it; nothing found says what to do (JavaScript ${javaScriptEnabled ? 'on' : 'off'})`, async ({ browser }) => {
    const context = await browser.newContext({ javaScriptEnabled });
    const page = await context.newPage();
    const { ctx } = await signInAsSomebody(page);
    const { appointment } = await bookedByHand(ctx);
    const familyName = `Notreal-${appointment.reference.replace(/[^A-Z]/g, '')}`;
    await db.patient.update({ where: { id: appointment.patientId }, data: { familyName } });

    await page.goto('/appointments');
    for (const year of ['1985', '1984']) {
      await page.getByRole('textbox', { name: 'Last name' }).fill(familyName.toUpperCase());
      await page.getByLabel('Day').fill('2');
      await page.getByLabel('Month').fill('3');
      await page.getByLabel('Year').fill(year);
      await page.getByRole('button', { name: 'Find by name' }).click();
      if (year === '1985') await expect(page.getByText('Check the spelling and the date with the caller')).toBeVisible();
    }
    await expect(page.getByRole('link', { name: appointment.reference })).toBeVisible();
    await expect(page.getByRole('textbox', { name: 'Last name' })).toHaveValue(familyName.toUpperCase());
    await context.close();
  });
}

test('a service admin looks by reference alone', async ({ page }) => {
  await signInAsSomebody(page, 'service-admin');
  await page.goto('/appointments');
  await expect(page.getByRole('textbox', { name: 'Reference' })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'NHS number' })).toHaveCount(0);
  await page.getByRole('textbox', { name: 'Reference' }).fill('ONW-2222-22');
  await page.getByRole('button', { name: 'Find by reference' }).click();
  await expect(page.getByText(/^No appointment has the reference/)).toBeVisible();
  await expectAccessible(page);
});
