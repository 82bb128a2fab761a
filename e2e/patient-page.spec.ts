import { expect, test, type Page } from '@playwright/test';
import { db } from '@/lib/platform/db';
import { addMinutes, readClock } from '@/lib/platform/time';
import { aRegisteredEntry } from '@/prisma/factories/entry';
import { aPatient } from '@/prisma/factories/patient';
import { unique } from '@/prisma/factories/unique';
import { bookedByHand } from './support/appointment';
import { expectAccessible } from './support/axe';
import { signInAsSomebody, startCall } from './support/call';
import { aServiceNearby } from './support/world';

const DAY_MINUTES = 24 * 60;
const SEALED_SERVICE = 'Rowan sexual health clinic';

/** What other organisations registered of this patient: one to come, one long past, and a sealed one to come. */
async function elsewhere(nhsNumber: string | null) {
  const inDays = (days: number) => addMinutes(readClock(), days * DAY_MINUTES);
  await aRegisteredEntry({ nhsNumber, startsAt: inDays(3), serviceName: 'Example dental access', place: 'LS1 3EX' });
  await aRegisteredEntry({ nhsNumber, startsAt: inDays(-200), status: 'noshow', serviceName: 'Example walk-in centre' });
  await aRegisteredEntry({ nhsNumber, startsAt: inDays(5), serviceName: SEALED_SERVICE, isSealed: true });
}

/** A patient with an appointment of Onward's own and those elsewhere. */
async function aPatientWithAll(ctx: Parameters<typeof bookedByHand>[0]) {
  const { appointment } = await bookedByHand(ctx);
  const patient = await db.patient.findUniqueOrThrow({ where: { id: appointment.patientId } });
  await elsewhere(patient.nhsNumber);
  return { patient, appointment };
}

async function lookFor(page: Page, nhsNumber: string | null): Promise<void> {
  await page.goto('/patients');
  await page.getByRole('textbox', { name: 'NHS number' }).fill(nhsNumber ?? '');
  await page.getByLabel('A complaint or an incident').check();
  await page.getByRole('button', { name: 'Find this patient' }).click();
  await expect(page.getByText(/^You gave a reason at .*; it holds until /)).toBeVisible();
}

for (const javaScriptEnabled of [true, false]) {
  test(`outside a call a reason opens the timeline of everything; the sealed one stays shut (JavaScript ${javaScriptEnabled ? 'on' : 'off'})`, async ({ browser }) => {
    const context = await browser.newContext({ javaScriptEnabled });
    const page = await context.newPage();
    const { ctx } = await signInAsSomebody(page);
    const { patient, appointment } = await aPatientWithAll(ctx);
    await page.getByRole('link', { name: 'Find a patient' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Find a patient' })).toBeVisible();
    if (javaScriptEnabled) await expectAccessible(page);

    await page.getByRole('textbox', { name: 'NHS number' }).fill(patient.nhsNumber ?? '');
    await page.getByRole('button', { name: 'Find this patient' }).click();
    await expect(page.getByRole('link', { name: 'Choose why you need to look' })).toBeVisible();
    await expect(page.getByRole('textbox', { name: 'NHS number' })).toHaveValue(patient.nhsNumber ?? '');
    expect(await db.registryAccess.count({ where: { patientId: patient.id } })).toBe(0);
    if (javaScriptEnabled) await expectAccessible(page);

    await page.getByLabel('A complaint or an incident').check();
    await page.getByRole('button', { name: 'Find this patient' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'NOTREAL, Tomasz' })).toBeVisible();
    await expect(page.getByRole('img', { name: /^4 appointments over time, from .* The table below has each of them\.$/ })).toBeVisible();
    const table = page.getByRole('table', { name: 'All appointments' });
    await expect(table.getByRole('row', { name: new RegExp(appointment.reference) })).toContainText('Booked');
    await expect(table.getByRole('row', { name: /Example dental access, LS1 3EX/ })).toContainText('Test registrar');
    await expect(table.getByRole('row', { name: /Example walk-in centre/ })).toContainText('Did not attend');
    await expect(table.getByRole('row', { name: /Sealed appointment/ })).toContainText('A clinician or a supervisor can open it');
    expect(await page.content()).not.toContain(SEALED_SERVICE);
    expect(page.url()).not.toContain(patient.nhsNumber);
    await expect(page).toHaveTitle(/^Patient/);
    if (javaScriptEnabled) await expectAccessible(page);

    expect(await db.registryAccess.findMany({ where: { patientId: patient.id } })).toMatchObject([{ kind: 'patient', staffId: ctx.actor.id, reason: 'complaint' }]);
    const types = (await db.auditEvent.findMany({ where: { patientId: patient.id, actorId: ctx.actor.id } })).map(({ type }) => type);
    expect(types).toEqual(expect.arrayContaining(['patient.found', 'patient.viewed', 'registry.viewed']));
    await context.close();
  });
}

test('a patient’s address without a reason says nothing of them; a colleague’s reason opens nothing, and one’s own does', async ({ page, browser }) => {
  const { patient } = await aPatientWithAll((await signInAsSomebody(page)).ctx);
  await lookFor(page, patient.nhsNumber);
  const context = await browser.newContext();
  const colleague = await context.newPage();
  await signInAsSomebody(colleague);
  await colleague.goto(new URL(page.url()).pathname);
  await expect(colleague.getByRole('heading', { level: 1, name: 'Why do you look at this patient?' })).toBeVisible();
  await expect(colleague.getByRole('main')).not.toContainText(/notreal/i);
  await expectAccessible(colleague);

  await colleague.getByLabel('Another reason').check();
  await colleague.getByRole('button', { name: 'Look at this patient' }).click();
  await expect(colleague.getByRole('link', { name: 'Say what the other reason is' })).toBeVisible();
  await expect(colleague.getByLabel('Another reason')).toBeChecked();
  await colleague.getByLabel('Details').fill('Asked by the coroner');
  await colleague.getByRole('button', { name: 'Look at this patient' }).click();
  await expect(colleague.getByRole('heading', { level: 1, name: 'NOTREAL, Tomasz' })).toBeVisible();
  await context.close();
});

test('with the keyboard, by name, birth date and postcode: nobody, then one of several; that a patient died is said', async ({ page }) => {
  const familyName = `Notreal-${unique()}`;
  await aPatient({ familyName, givenName: 'Ewa', nhsNumber: null });
  const died = await aPatient({ familyName, givenName: 'Ada', deceasedOn: new Date('2026-11-20') });
  await signInAsSomebody(page);
  await page.goto('/patients');
  await page.getByRole('radio', { name: 'With the NHS number' }).focus();
  await page.keyboard.press('ArrowDown');
  for (const typed of ['Nobody', '2', '3', '1984', 'LS1 4AP']) {
    await page.keyboard.press('Tab');
    await page.keyboard.type(typed);
  }
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main').getByRole('alert')).toContainText('No patient has this last name, date of birth and postcode');
  await expectAccessible(page);

  await page.getByLabel('Last name', { exact: true }).fill(familyName.toUpperCase());
  await page.keyboard.press('Enter');
  await expect(page.getByText('2 patients have this last name, date of birth and postcode: which one?')).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: / Ada .* died 20 Nov 2026$/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 2, name: 'The register says that this patient died on 20 Nov 2026' })).toBeVisible();
  await expect(page.getByText(/^No appointment with this NHS number is known/)).toBeVisible();
  expect(page.url()).toContain(died.id);
  await expectAccessible(page);
});

test('in a call the same is one key away, without a reason, and the look is audited with the call', async ({ page }) => {
  const { postcode } = await aServiceNearby({ slots: 0 });
  await signInAsSomebody(page);
  const { patient, callId } = await startCall(page, { postcode });
  await elsewhere(patient.nhsNumber);
  await page.keyboard.press('h');
  await expect(page.getByRole('heading', { level: 1, name: 'All appointments of this patient' })).toBeVisible();
  await expect(page.getByRole('table', { name: 'All appointments' }).getByRole('row', { name: /Example walk-in centre/ })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Appointments elsewhere' })).toBeVisible();
  await expectAccessible(page);

  expect(await db.registryAccess.count({ where: { patientId: patient.id } })).toBe(0);
  expect(await db.auditEvent.count({ where: { type: 'registry.viewed', patientId: patient.id, detail: { path: ['callId'], equals: callId } } })).toBeGreaterThan(0);
});

test('a clinician opens the sealed one with a reason, and comes back to the timeline', async ({ page }) => {
  const { ctx } = await signInAsSomebody(page, 'clinician');
  const { patient } = await aPatientWithAll(ctx);
  await lookFor(page, patient.nhsNumber);
  await page.getByRole('link', { name: /^Open with a reason/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Open a sealed appointment' })).toBeVisible();
  await page.getByLabel('Safeguarding').check();
  await page.getByRole('button', { name: 'Open with this reason' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'NOTREAL, Tomasz' })).toBeVisible();
  await expect(page.getByRole('row', { name: new RegExp(SEALED_SERVICE) })).toContainText('sealed, open to you');
});
