import { expect, test } from '@playwright/test';
import { aPatient } from '@/prisma/factories/patient';
import { db } from '@/lib/platform/db';
import { expectAccessible } from './support/axe';
import { holdFirst, signInAsSomebody } from './support/call';
import { aServiceNearby } from './support/world';

test('somebody whom nobody knows is booked by age and sex alone, and shown as unknown everywhere', async ({ page }) => {
  const { service, postcode } = await aServiceNearby();
  await signInAsSomebody(page);
  await page.goto('/calls/new');
  await page.getByText('No NHS number: type the details').click();
  await page.getByLabel('No, an unknown patient').check();
  await page.getByLabel('Disposition').fill('Dx05');
  await page.getByRole('button', { name: 'Find services' }).click();
  const faults = page.getByRole('main').getByRole('alert');
  await expect(faults).toContainText('about how old the patient is');
  await expect(faults).toContainText('Choose the sex');
  await expect(faults).toContainText('Enter where the patient is');
  await expect(page.getByLabel('No, an unknown patient')).toBeChecked();
  await expectAccessible(page);

  await page.getByLabel('About how old?').fill('40');
  await page.getByLabel('Female').check();
  await page.getByLabel('Where the patient is now').fill(postcode);
  await page.getByLabel('Number to call back').fill('07700 900123');
  await page.getByRole('button', { name: 'Find services' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Services that can help' })).toBeVisible();
  const bar = page.getByRole('region', { name: 'This call' });
  await expect(bar).toContainText('Unknown patient');
  await expect(bar).toContainText('about 40 years');
  await expect(bar).not.toContainText('born');

  await holdFirst(page, service.name);
  await page.getByRole('link', { name: 'Check and book' }).click();
  await page.getByLabel('Reason for the appointment').fill('Found confused at the station');
  await page.getByRole('button', { name: 'Book this appointment' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Booked' })).toBeVisible();
  await page.getByRole('link', { name: 'My calls' }).click();
  await expect(page.getByRole('table', { name: 'Ended today' })).toContainText('Unknown patient');
  await expectAccessible(page);
});

test('a patient who has died is not booked, and the screen says what to do', async ({ page }) => {
  const patient = await aPatient();
  await db.patient.update({ where: { id: patient.id }, data: { deceasedOn: new Date('2026-01-05T00:00:00Z') } });
  await signInAsSomebody(page);
  await page.goto('/calls/new');
  await page.getByLabel('NHS number').fill(patient.nhsNumber ?? '');
  await page.getByRole('button', { name: 'Find patient' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('The register says that this patient has died');
  await expectAccessible(page);
});
