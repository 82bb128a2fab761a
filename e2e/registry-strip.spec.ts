import { expect, test, type Page } from '@playwright/test';
import type { Ctx } from '@/lib/auth/actor';
import { db } from '@/lib/platform/db';
import { addMinutes, fromDateColumn, readClock } from '@/lib/platform/time';
import { matchKey } from '@/lib/registry/commands';
import { aCall } from '@/prisma/factories/call';
import { aRegisteredEntry } from '@/prisma/factories/entry';
import { aPatient } from '@/prisma/factories/patient';
import { unique } from '@/prisma/factories/unique';
import { bookedByHand } from './support/appointment';
import { expectAccessible } from './support/axe';
import { signInAsSomebody } from './support/call';

const HOUR = 60;
const DAY = 24 * HOUR;

/** The instant so many minutes from now. */
const inMinutes = (minutes: number) => addMinutes(readClock(), minutes);

/** A patient whose name nobody else has: other journeys' patients are never taken for them. */
const aPatientOfItsOwn = (given: Parameters<typeof aPatient>[0] = {}) => aPatient({ familyName: `Notreal-${unique()}`, ...given });
type PatientRow = Awaited<ReturnType<typeof aPatient>>;

const keyOf = (patient: PatientRow) => matchKey({ ...patient, birthDate: fromDateColumn(patient.birthDate) });

/** What another organisation of another region registered, read again an hour ago. */
async function elsewhere(given: Parameters<typeof aRegisteredEntry>[0]) {
  return aRegisteredEntry({ confirmedAt: inMinutes(-HOUR), ...given });
}

async function openCallOf(page: Page, ctx: Ctx, patient: PatientRow) {
  const now = readClock();
  const call = await aCall({ ...ctx, now }, { patientId: patient.id, dueAt: addMinutes(now, 2 * HOUR) });
  await page.goto(`/calls/${call.id}/services`);
  return { callId: call.id, strip: page.getByRole('region', { name: 'Appointments elsewhere' }) };
}

test('nothing elsewhere is said in words, before any search', async ({ page }) => {
  const { ctx } = await signInAsSomebody(page);
  const { strip } = await openCallOf(page, ctx, await aPatientOfItsOwn());
  await expect(strip).toContainText('None in the past 7 days or to come');
  await expectAccessible(page);
});

test('what other organisations hold and what Onward booked is seen in one look: time, service, place, status, who, how fresh', async ({ page }) => {
  const { ctx } = await signInAsSomebody(page);
  const { appointment, service } = await bookedByHand(ctx, { startsInMinutes: 8 * HOUR });
  const patient = await db.patient.findUniqueOrThrow({ where: { id: appointment.patientId } });
  const { nhsNumber } = patient;
  await elsewhere({ nhsNumber, startsAt: inMinutes(30 * HOUR), serviceName: 'Bury Primary Care Hub', place: 'BL9 0NR' });
  await elsewhere({ nhsNumber, startsAt: inMinutes(5 * DAY), serviceName: 'Leeds Dental Access', confirmedAt: inMinutes(-4 * DAY), checkFailures: 6 });
  await elsewhere({ nhsNumber, startsAt: inMinutes(-2 * DAY), serviceName: 'Wharfedale UTC', status: 'fulfilled' });
  await elsewhere({ nhsNumber, startsAt: inMinutes(-9 * DAY), serviceName: 'Too long ago UTC', status: 'fulfilled' });

  const { strip } = await openCallOf(page, ctx, patient);
  const lines = strip.getByRole('list', { name: 'Appointments elsewhere' }).getByRole('listitem');
  await expect(lines).toHaveCount(4);
  await expect(lines.nth(0)).toContainText(new RegExp(`, in \\d+ h.* · ${service.name}.* · booked by ${ctx.actor.organisation.name} · .*live`));
  await expect(lines.nth(1)).toContainText(/Bury Primary Care Hub, BL9 0NR · booked by Test registrar \d+ · confirmed 1 h ago/);
  await expect(lines.nth(2)).toContainText(/Leeds Dental Access · booked by Test registrar \d+ · not confirmed since /);
  await expect(lines.nth(3)).toContainText(/Wharfedale UTC · attended · held by Test registrar \d+/);
  await expect(strip).not.toContainText('Too long ago');
  await expectAccessible(page);

  await lines.nth(0).getByRole('link', { name: /^details/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(appointment.reference);
});

test('what changes meanwhile is there on the next page of the call', async ({ page }) => {
  const { ctx } = await signInAsSomebody(page);
  const patient = await aPatientOfItsOwn();
  const { strip } = await openCallOf(page, ctx, patient);
  await expect(strip).toContainText('None in the past 7 days');
  for (let made = 1; made <= 6; made += 1) await elsewhere({ nhsNumber: patient.nhsNumber, startsAt: inMinutes(made * DAY), serviceName: `Booked meanwhile ${made}` });
  await page.getByRole('link', { name: 'Numbers to ring' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Numbers to ring' })).toBeVisible();
  await expect(strip).toContainText('Booked meanwhile 4');
  await strip.getByText('and 2 more').click();
  await expect(strip.getByRole('list', { name: 'More appointments' })).toContainText('Booked meanwhile 6');
  await expectAccessible(page);
});

test('200 entries stay readable: four at once, the others in a list that opens, on a telephone too', async ({ page }) => {
  const { ctx } = await signInAsSomebody(page);
  const patient = await aPatientOfItsOwn();
  const { nhsNumber } = patient;
  const { organisationCode } = await elsewhere({ nhsNumber, startsAt: inMinutes(HOUR), serviceName: 'The first of many' });
  for (let count = 2; count <= 200; count += 1) {
    const serviceName = `St George’s Centre Minor Injuries Unit and Walk-in Centre ${count}`;
    await elsewhere({ nhsNumber, organisationCode, startsAt: inMinutes(count * 11 * HOUR), serviceName, place: 'LS10 4UZ' });
  }

  const { strip } = await openCallOf(page, ctx, patient);
  await expect(strip.getByRole('list', { name: 'Appointments elsewhere' }).getByRole('listitem')).toHaveCount(4);
  await expectAccessible(page);
  const more = strip.getByRole('list', { name: 'More appointments' });
  await expect(more).toBeHidden();
  await strip.getByText(/^and 196 more/).click();
  await expect(more.getByRole('listitem')).toHaveCount(196);
  for (const width of [1280, 375]) {
    await page.setViewportSize({ width, height: 720 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
  await expect(page.getByRole('heading', { level: 1, name: 'Services that can help' })).toBeAttached();
});

test('one without NHS number is shown apart as perhaps the same person’s, linked by hand, and undone again', async ({ page }) => {
  const { ctx } = await signInAsSomebody(page);
  const patient = await aPatientOfItsOwn();
  const { id } = await elsewhere({ matchKey: keyOf(patient), startsAt: inMinutes(DAY), serviceName: 'Bury Primary Care Hub' });
  const { callId, strip } = await openCallOf(page, ctx, patient);
  const maybe = strip.getByRole('list', { name: 'May be the same person' });
  await expect(maybe).toContainText('Bury Primary Care Hub');
  await expect(strip).toContainText('None in the past 7 days or to come');
  await expect(strip).toContainText('Same last name, date of birth and postcode');

  await maybe.getByRole('link', { name: /^same person\?/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Is this the same person?' })).toBeVisible();
  await expect(page.getByText('T. Notreal')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'It is the same person' }).click();

  await expect(page).toHaveURL(new RegExp(`/calls/${callId}/services`));
  const linked = strip.getByRole('list', { name: 'Appointments elsewhere' }).getByRole('listitem');
  await expect(linked).toContainText('Bury Primary Care Hub');
  await expect(maybe).toBeHidden();
  expect(await db.registryEntry.findUniqueOrThrow({ where: { id } })).toMatchObject({ nhsNumber: patient.nhsNumber, version: 2 });
  expect(await db.auditEvent.count({ where: { type: 'registry.linked', subject: id, patientId: patient.id } })).toBe(1);

  await linked.getByRole('link', { name: /^linked by hand/ }).click();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Undo: it is not certain' }).click();
  await expect(maybe).toContainText('Bury Primary Care Hub');
  expect(await db.registryEntry.findUniqueOrThrow({ where: { id } })).toMatchObject({ nhsNumber: null, linkedAt: null, version: 3 });
});

test('without an NHS number of the patient nothing can be linked, and the page says what to do', async ({ page }) => {
  const { ctx } = await signInAsSomebody(page);
  const patient = await aPatientOfItsOwn({ nhsNumber: null });
  await elsewhere({ matchKey: keyOf(patient), startsAt: inMinutes(DAY), serviceName: 'Bury Primary Care Hub' });
  const { strip } = await openCallOf(page, ctx, patient);
  await strip.getByRole('link', { name: /^same person\?/ }).click();
  await expect(page.getByRole('heading', { level: 2, name: 'The NHS number of this call’s patient is not known' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'It is the same person' })).toBeHidden();
  await page.getByRole('link', { name: 'Back to the call' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Services that can help' })).toBeVisible();
});

test('refused: somebody else linked it meanwhile, and the page says so', async ({ page }) => {
  const { ctx } = await signInAsSomebody(page);
  const patient = await aPatientOfItsOwn();
  const { id } = await elsewhere({ matchKey: keyOf(patient), startsAt: inMinutes(DAY) });
  const { strip } = await openCallOf(page, ctx, patient);
  await strip.getByRole('link', { name: /^same person\?/ }).click();
  await expect(page.getByRole('button', { name: 'It is the same person' })).toBeVisible();
  await db.registryEntry.update({ where: { id }, data: { version: 2 } });
  await page.getByRole('button', { name: 'It is the same person' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('This appointment changed since you looked');
  await expectAccessible(page);
  expect(await db.registryEntry.findUniqueOrThrow({ where: { id } })).toMatchObject({ nhsNumber: null, version: 2 });
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the strip, the others behind it, and linking work the same', async ({ page }) => {
    const { ctx } = await signInAsSomebody(page);
    const patient = await aPatientOfItsOwn();
    for (let made = 0; made < 6; made += 1) await elsewhere({ nhsNumber: patient.nhsNumber, startsAt: inMinutes((made + 3) * DAY) });
    const { id } = await elsewhere({ matchKey: keyOf(patient), startsAt: inMinutes(DAY) });
    const { strip } = await openCallOf(page, ctx, patient);
    await strip.getByText('and 2 more').click();
    await expect(strip.getByRole('list', { name: 'More appointments' }).getByRole('listitem')).toHaveCount(2);

    await strip.getByRole('link', { name: /^same person\?/ }).click();
    await page.getByRole('button', { name: 'It is the same person' }).click();
    await expect(strip.getByRole('link', { name: /^linked by hand/ })).toBeVisible();
    expect(await db.registryEntry.findUniqueOrThrow({ where: { id } })).toMatchObject({ nhsNumber: patient.nhsNumber });
  });
});
