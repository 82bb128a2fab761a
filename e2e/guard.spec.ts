import { expect, test, type Page } from '@playwright/test';
import { db } from '@/lib/platform/db';
import { addMinutes, readClock } from '@/lib/platform/time';
import { clockTime } from '@/lib/platform/time-words';
import { anAppointment } from '@/prisma/factories/appointment';
import { aHeldSlot } from '@/prisma/factories/call';
import { aRegisteredEntry } from '@/prisma/factories/entry';
import { aPatient } from '@/prisma/factories/patient';
import { aSealedAppointment } from '@/prisma/factories/sealed';
import { aHandler } from '@/prisma/factories/staff';
import { unique } from '@/prisma/factories/unique';
import { expectAccessible } from './support/axe';
import { callIdOf, holdFirst, signInAsSomebody } from './support/call';
import { aServiceNearby, wholeMinute, within } from './support/world';

type Somebody = Awaited<ReturnType<typeof aPatient>>;

/** Somebody whom no other test's patient without a number can be taken for. */
function aPatientOfOurOwn(): Promise<Somebody> {
  return aPatient({ familyName: `Notreal${unique()}` });
}

function startIn(minutes: number): Date {
  return within(addMinutes(wholeMinute(), minutes), 10);
}

/** An appointment of this patient that somebody of another organisation booked just now. */
async function bookedElsewhere({ id: patientId }: Somebody, startsAt: Date, make = anAppointment) {
  const now = readClock();
  const appointment = await make(await aHandler({ now }), { call: { patientId, dispositionAt: now, dueAt: addMinutes(now, 900), openedAt: now }, slot: { startsAt } });
  const { name: serviceName } = await db.service.findUniqueOrThrow({ where: { id: appointment.serviceId } });
  return { ...appointment, serviceName };
}

/** The check page of a call for this patient that holds a slot then. */
async function checkPage(page: Page, { id: patientId }: Somebody, startsAt: Date) {
  const { ctx } = await signInAsSomebody(page);
  const now = readClock();
  const { call, slot } = await aHeldSlot({ ...ctx, now }, { call: { patientId, dispositionAt: now, dueAt: addMinutes(now, 900), openedAt: now }, slot: { startsAt } });
  await page.goto(`/calls/${call.id}/check`);
  await expect(page.getByRole('heading', { level: 1, name: 'Check and book' })).toBeVisible();
  return { ctx, call, slot, guard: page.getByRole('region', { name: /already has/ }) };
}

async function startCallFor(page: Page, { nhsNumber, familyName }: Somebody, postcode: string) {
  await page.goto('/calls/new');
  await page.getByLabel('NHS number').fill(nhsNumber ?? '');
  await page.getByRole('button', { name: 'Find patient' }).click();
  await expect(page.getByText(`${familyName.toUpperCase()}, Tomasz`)).toBeVisible();
  await page.getByLabel('Disposition').fill('Dx05');
  await page.getByLabel('Where the patient is now').fill(postcode);
  await page.getByRole('button', { name: 'Find services' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Services that can help' })).toBeVisible();
}

async function bookNow(page: Page) {
  await page.getByRole('button', { name: 'Book this appointment' }).click();
}

async function aServiceInAnotherRegion(icbCode: string | null): ReturnType<typeof aServiceNearby> {
  const world = await aServiceNearby({ startsInMinutes: 60 });
  return world.service.icbCode === icbCode ? aServiceInAnotherRegion(icbCode) : world;
}

test('booked in one region by one organisation, found in another region by another before the search, and moved in one step', async ({ page, browser }) => {
  const patient = await aPatientOfOurOwn();
  const here = await aServiceNearby();
  const there = await aServiceInAnotherRegion(here.service.icbCode);
  const first = await signInAsSomebody(page);
  await startCallFor(page, patient, here.postcode);
  await holdFirst(page, here.service.name);
  await page.getByRole('link', { name: 'Check and book' }).click();
  await page.getByLabel('Reason for the appointment').fill('Earache since last night');
  await bookNow(page);
  await expect(page.getByRole('heading', { level: 1, name: 'Booked' })).toBeVisible();
  const old = await db.appointment.findFirstOrThrow({ where: { callId: callIdOf(page) } });

  const context = await browser.newContext();
  const other = await context.newPage();
  const second = await signInAsSomebody(other);
  await startCallFor(other, patient, there.postcode);
  const strip = other.getByRole('region', { name: 'Appointments elsewhere' });
  await expect(strip).toContainText(here.service.name);
  await expect(strip).toContainText(`booked by ${first.ctx.actor.organisation.name}`);
  await holdFirst(other, there.service.name);
  await other.getByRole('link', { name: 'Check and book' }).click();
  await expect(other.getByRole('heading', { level: 2, name: /^Tomasz already has an appointment/ })).toBeVisible();
  await expect(other.getByRole('radio', { checked: true })).toHaveCount(0);
  await expectAccessible(other);
  await other.getByLabel('Move that appointment to this slot').check();
  await other.getByLabel('Reason for the appointment').fill('Earache, nearer to work');
  await bookNow(other);

  await expect(other.getByRole('heading', { level: 1, name: 'Moved' })).toBeVisible();
  await expect(other.getByText(`${old.reference},`)).toContainText('released');
  await expect(other.getByText(`at ${there.service.name}: booked`)).toBeVisible();
  await expectAccessible(other);
  const replaced = await db.appointment.findUniqueOrThrow({ where: { id: old.id }, include: { slot: true, replacedBy: true } });
  expect(replaced).toMatchObject({ status: 'moved', slot: { status: 'free' }, replacedBy: { status: 'booked', serviceId: there.service.id, bookedById: second.ctx.actor.id } });
  await context.close();
});

test('both are kept for a reason: without a choice, and without a reason, nothing is booked and nothing typed is lost', async ({ page }) => {
  const patient = await aPatientOfOurOwn();
  const other = await bookedElsewhere(patient, startIn(300));
  const { call, guard } = await checkPage(page, patient, startIn(60));
  await expect(guard).toContainText(other.serviceName);
  await page.getByLabel('Reason for the appointment').fill('Earache since last night');
  await bookNow(page);
  await page.getByRole('link', { name: /choose what becomes of that appointment$/ }).click();
  await expect(page.getByLabel('Keep both')).toBeFocused();
  await expectAccessible(page);

  await page.keyboard.press('Space');
  await bookNow(page);
  await page.getByRole('link', { name: /say why both are kept$/ }).click();
  await expect(page.getByLabel('Say why')).toBeFocused();
  await expect(page.getByLabel('Keep both')).toBeChecked();
  await expectAccessible(page);
  await page.keyboard.type('Different problem');

  await page.getByRole('button', { name: `See ${other.reference}` }).click();
  await expect(page.getByRole('heading', { level: 1, name: `Appointment ${other.reference}` })).toBeVisible();
  await page.goBack();
  await expect(page.getByLabel('Say why')).toHaveValue('Different problem');
  await expect(page.getByLabel('Reason for the appointment')).toHaveValue('Earache since last night');
  await expect(page.getByText('You were signed out')).toHaveCount(0);
  expect(await db.appointment.count({ where: { patientId: patient.id } })).toBe(1);
  await bookNow(page);

  await expect(page.getByRole('heading', { level: 1, name: 'Booked' })).toBeVisible();
  await expect(page.getByText('Kept beside it')).toBeVisible();
  await expect(page.getByText(`${other.reference} (`)).toContainText('Different problem');
  await expectAccessible(page);
  expect(await db.appointment.count({ where: { patientId: patient.id, status: 'booked' } })).toBe(2);
  await page.goto(`/calls/${call.id}/record`);
  await expect(page.getByText(`Kept ${other.reference} (`)).toContainText('beside it: “Different problem”');
});

test('that one is cancelled as well, together with the booking', async ({ page }) => {
  const patient = await aPatientOfOurOwn();
  const other = await bookedElsewhere(patient, startIn(300));
  await checkPage(page, patient, startIn(60));
  await page.getByLabel('Cancel that appointment as well').check();
  await bookNow(page);
  await expect(page.getByRole('link', { name: 'Enter the reason for the appointment' })).toBeVisible();
  await expect(page.getByLabel('Cancel that appointment as well')).toBeChecked();
  expect(await db.appointment.findUniqueOrThrow({ where: { id: other.id } })).toMatchObject({ status: 'booked' });
  await page.getByLabel('Reason for the appointment').fill('Earache since last night');
  await bookNow(page);

  await expect(page.getByRole('heading', { level: 1, name: 'Booked' })).toBeVisible();
  await expect(page.getByText('Cancelled as well')).toBeVisible();
  await expect(page.getByText(`${other.reference} (`)).toBeVisible();
  expect(await db.appointment.findUniqueOrThrow({ where: { id: other.id }, include: { slot: true } })).toMatchObject({ status: 'cancelled', cancelReason: 'booked-elsewhere', slot: { status: 'free' } });
});

test('refused: one that was booked while the page was open is shown as new, and what was chosen before stays', async ({ page }) => {
  const patient = await aPatientOfOurOwn();
  await bookedElsewhere(patient, startIn(300));
  const startsAt = startIn(60);
  const { guard } = await checkPage(page, patient, startsAt);
  await page.getByLabel('Keep both').check();
  await page.getByLabel('Say why').fill('Different problem');
  await page.getByLabel('Reason for the appointment').fill('Earache since last night');
  await aRegisteredEntry({ nhsNumber: patient.nhsNumber, startsAt, confirmedAt: readClock() });
  await bookNow(page);

  await expect(page.getByRole('main').getByRole('alert')).toContainText('2 appointments');
  await expect(guard.getByText('New since you looked')).toHaveCount(1);
  await expect(page.getByRole('radio', { checked: true })).toHaveCount(1);
  await expect(page.getByLabel('Reason for the appointment')).toHaveValue('Earache since last night');
  await expectAccessible(page);
  expect(await db.appointment.count({ where: { patientId: patient.id } })).toBe(1);
});

test('a sealed one at the same time tells its times and nothing else, and can only be kept', async ({ page }) => {
  const patient = await aPatientOfOurOwn();
  const startsAt = startIn(60);
  const sealed = await bookedElsewhere(patient, startsAt, aSealedAppointment);
  const { guard } = await checkPage(page, patient, startsAt);
  await expect(guard).toContainText(`${clockTime(sealed.startsAt)} to ${clockTime(sealed.endsAt)} · Sealed appointment`);
  await expect(guard.getByRole('radio')).toHaveCount(1);
  for (const secret of [sealed.serviceName, sealed.reference]) await expect(page.getByRole('main')).not.toContainText(secret);
  await expectAccessible(page);

  await page.getByLabel('Keep both').check();
  await page.getByLabel('Say why').fill('The caller wants both');
  await page.getByLabel('Reason for the appointment').fill('Earache since last night');
  await bookNow(page);
  await expect(page.getByRole('heading', { level: 1, name: 'Booked' })).toBeVisible();
  await expect(page.getByText(/^a sealed appointment \(/i)).toBeVisible();
  for (const secret of [sealed.serviceName, sealed.reference]) await expect(page.getByRole('main')).not.toContainText(secret);
});

test.describe('with JavaScript off', () => {
  test.use({ javaScriptEnabled: false });

  test('the guard is a plain form: a fault is told, and both are kept at the same time for a reason', async ({ page }) => {
    const patient = await aPatientOfOurOwn();
    const startsAt = startIn(60);
    const other = await bookedElsewhere(patient, startsAt);
    await checkPage(page, patient, startsAt);
    await page.getByLabel('Reason for the appointment').fill('Earache since last night');
    await page.getByLabel('Keep both').check();
    await bookNow(page);
    await expect(page.getByRole('link', { name: /say why both are kept$/ })).toBeVisible();
    await expect(page.getByLabel('Reason for the appointment')).toHaveValue('Earache since last night');
    await page.getByLabel('Say why').fill('Different problem');
    await bookNow(page);

    await expect(page.getByRole('heading', { level: 1, name: 'Booked' })).toBeVisible();
    await expect(page.getByText(`${other.reference} (`)).toContainText('Different problem');
    expect(await db.appointment.findMany({ where: { patientId: patient.id }, select: { status: true }, orderBy: { bookedAt: 'asc' } })).toEqual([{ status: 'booked' }, { status: 'booked' }]);
  });
});
