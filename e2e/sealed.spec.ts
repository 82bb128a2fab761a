import { expect, test, type Browser, type Locator, type Page } from '@playwright/test';
import type { Ctx, Role } from '@/lib/auth/actor';
import { formatNhsNumber } from '@/lib/patient/nhs-number.schema';
import { db } from '@/lib/platform/db';
import { addMinutes, readClock } from '@/lib/platform/time';
import { clockTime } from '@/lib/platform/time-words';
import { aCall } from '@/prisma/factories/call';
import { aPatient } from '@/prisma/factories/patient';
import { aSealedAppointment, entryOf } from '@/prisma/factories/sealed';
import { aHandler } from '@/prisma/factories/staff';
import { expectAccessible } from './support/axe';
import { signInAsSomebody } from './support/call';
import { wholeMinute, within } from './support/world';

/** A sealed appointment tomorrow, booked just now by somebody whom nobody here is. */
async function aSealedOne() {
  const now = readClock();
  const patient = await aPatient();
  const appointment = await aSealedAppointment(await aHandler({ now }), {
    call: { patientId: patient.id, dispositionAt: now, dueAt: null, openedAt: now },
    slot: { startsAt: within(addMinutes(wholeMinute(), 24 * 60), 10) },
  });
  const { name: serviceName } = await db.service.findUniqueOrThrow({ where: { id: appointment.serviceId } });
  return { patient, appointment, serviceName, nhsNumber: patient.nhsNumber ?? '', entryId: (await entryOf(appointment)).id };
}

type SealedOne = Awaited<ReturnType<typeof aSealedOne>>;

async function somebody(browser: Browser, role: Role, { javaScriptEnabled = true } = {}): Promise<{ page: Page; ctx: Ctx }> {
  const page = await (await browser.newContext({ javaScriptEnabled })).newPage();
  return { page, ctx: (await signInAsSomebody(page, role)).ctx };
}

async function findByNumber(page: Page, { nhsNumber }: SealedOne) {
  await page.goto('/appointments');
  await page.getByRole('textbox', { name: 'NHS number' }).fill(nhsNumber);
  await page.getByRole('button', { name: 'Find by NHS number' }).click();
  await expect(page.getByRole('heading', { level: 2, name: /^1 appointment since/ })).toBeVisible();
}

async function expectNothingTold(place: Locator, { appointment, serviceName }: SealedOne) {
  const told = await place.innerText();
  expect(told).toContain(clockTime(appointment.startsAt));
  for (const secret of [serviceName, appointment.reference, appointment.reason]) expect(told).not.toContain(secret);
}

test('a call handler sees time and status of a sealed appointment alone, on the strip too, and has no way to more', async ({ browser }) => {
  const sealed = await aSealedOne();
  const { page, ctx } = await somebody(browser, 'call-handler');
  await findByNumber(page, sealed);
  await expect(page.getByRole('row', { name: /Sealed appointment/ })).toContainText('Booked');
  await expectNothingTold(page.getByRole('main'), sealed);
  await expectAccessible(page);

  await page.getByRole('link', { name: 'Sealed appointment' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Sealed appointment' })).toBeVisible();
  await expect(page.getByText('Ask a clinician or a supervisor')).toBeVisible();
  await expect(page.getByRole('main').getByRole('link')).toHaveCount(0);
  await expectNothingTold(page.getByRole('main'), sealed);
  await expectAccessible(page);

  const here = `/appointments/${sealed.appointment.id}`;
  for (const below of ['/cancel', '/amend', '/confirmation']) {
    await page.goto(`${here}${below}`);
    await expect(page.getByRole('heading', { level: 1, name: 'Sealed appointment' })).toBeVisible();
  }
  expect((await page.request.get(`/api${here}/calendar`)).status()).toBe(403);
  await page.goto(`/entries/${sealed.entryId}/open`);
  await expect(page.getByRole('heading', { level: 1, name: 'My calls' })).toBeVisible();

  const call = await aCall({ ...ctx, now: readClock() }, { patientId: sealed.patient.id });
  await page.goto(`/calls/${call.id}/services`);
  const strip = page.getByRole('region', { name: 'Appointments elsewhere' });
  await expect(strip).toContainText('Sealed appointment');
  await expectNothingTold(strip, sealed);
  await page.context().close();
});

test('a clinician opens a sealed appointment with a reason; without one it stays shut; the auditor sees who and why', async ({ browser }) => {
  const sealed = await aSealedOne();
  const { page, ctx } = await somebody(browser, 'clinician');
  await findByNumber(page, sealed);
  await page.getByRole('link', { name: 'Sealed appointment' }).click();
  await page.getByRole('link', { name: 'Open it with a reason' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Open a sealed appointment' })).toBeVisible();
  await expectNothingTold(page.getByRole('main'), sealed);
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Open with this reason' }).click();
  await expect(page.getByRole('link', { name: 'Choose why you need to look' })).toBeVisible();
  await page.getByLabel('Another reason').check();
  await page.getByRole('button', { name: 'Open with this reason' }).click();
  await expect(page.getByRole('link', { name: 'Say what the other reason is' })).toBeVisible();
  await expect(page.getByLabel('Another reason')).toBeChecked();
  await expectAccessible(page);
  await page.goto(`/appointments/${sealed.appointment.id}`);
  await expect(page.getByRole('heading', { level: 1, name: 'Sealed appointment' })).toBeVisible();

  await page.getByRole('link', { name: 'Open it with a reason' }).click();
  await page.getByLabel('Another reason').check();
  await page.getByLabel('Details').fill('The clinic asks who is coming');
  await page.getByRole('button', { name: 'Open with this reason' }).click();
  await expect(page.getByRole('heading', { level: 1, name: `Appointment ${sealed.appointment.reference}` })).toBeVisible();
  await expect(page.getByText(sealed.serviceName).first()).toBeVisible();
  await page.getByRole('link', { name: 'Cancel this appointment' }).click();
  await expect(page.getByRole('heading', { level: 1, name: `Cancel appointment ${sealed.appointment.reference}` })).toBeVisible();

  const colleague = await somebody(browser, 'clinician');
  await colleague.page.goto(`/appointments/${sealed.appointment.id}`);
  await expect(colleague.page.getByRole('heading', { level: 1, name: 'Sealed appointment' })).toBeVisible();

  const auditor = await somebody(browser, 'auditor');
  await expect(auditor.page.getByRole('heading', { level: 1, name: 'Looks with a reason' })).toBeVisible();
  const look = auditor.page.getByRole('row', { name: new RegExp(ctx.actor.name) });
  for (const told of ['Clinician', ctx.actor.organisation.name, 'A sealed appointment', formatNhsNumber(sealed.nhsNumber), 'The clinic asks who is coming']) await expect(look).toContainText(told);
  await expectAccessible(auditor.page);
  await auditor.page.getByLabel('Looked at').selectOption('All appointments of a patient');
  await auditor.page.getByRole('button', { name: 'Show these' }).click();
  await auditor.page.waitForURL(/kind=patient/);
  await expect(auditor.page.getByRole('heading', { level: 2 })).toBeVisible();
  await expect(look).toHaveCount(0);
  for (const each of [page, colleague.page, auditor.page]) await each.context().close();
});

test('a supervisor opens a sealed appointment as a plain form, with JavaScript off', async ({ browser }) => {
  const sealed = await aSealedOne();
  const { page } = await somebody(browser, 'supervisor', { javaScriptEnabled: false });
  await page.goto(`/appointments/${sealed.appointment.id}`);
  await page.getByRole('link', { name: 'Open it with a reason' }).click();
  await page.getByRole('button', { name: 'Open with this reason' }).click();
  await expect(page.getByRole('link', { name: 'Choose why you need to look' })).toBeVisible();
  await page.getByLabel('Safeguarding').check();
  await page.getByRole('button', { name: 'Open with this reason' }).click();
  await expect(page.getByRole('heading', { level: 1, name: `Appointment ${sealed.appointment.reference}` })).toBeVisible();
  await page.context().close();
});

test('nobody is led to another site after opening one', async ({ browser }) => {
  const sealed = await aSealedOne();
  const { page } = await somebody(browser, 'clinician');
  await page.goto(`/entries/${sealed.entryId}/open?back=${encodeURIComponent('//example.com/')}`);
  await page.getByLabel('Safeguarding').check();
  await page.getByRole('button', { name: 'Open with this reason' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'My calls' })).toBeVisible();
  await page.context().close();
});
