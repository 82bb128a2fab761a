import { expect, type Page } from '@playwright/test';
import { hashPassword } from '@/lib/auth/password.commands';
import type { Role } from '@/lib/auth/actor';
import { aHandler } from '@/prisma/factories/staff';
import { aPatient } from '@/prisma/factories/patient';
import { unique } from '@/prisma/factories/unique';

const PASSWORD = 'a password for journeys';
const START_PAGES = /^(My calls|Your services|API clients|Looks with a reason|Across borders)$/;

/** The name of a button that holds a slot, of today or of another day. */
export const HOLD = /^Hold (\S.* )?\d\d:\d\d$/;

/** Signs in as somebody of the test's own; tests that run at once never share a person. */
export async function signInAsSomebody(page: Page, role: Role = 'call-handler') {
  return signInWith(page, { role });
}

/** The same with more of the person given: a colleague by the organisation's code, or the scope of the role. */
export async function signInWith(page: Page, given: Parameters<typeof aHandler>[0]) {
  const email = `journey.${unique()}@example.com`;
  const ctx = await aHandler({ ...given, email, passwordHash: await hashPassword(PASSWORD) });
  await page.goto('/sign-in');
  await signIn(page, email);
  // The page behind it, not only its address: another goto would cross the redirects that lead there.
  await expect(page.getByRole('heading', { level: 1, name: START_PAGES })).toBeVisible();
  return { ctx, email };
}

export async function signIn(page: Page, email: string): Promise<void> {
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** Fills in a call for a patient of the register and starts it; ends on the services page. */
export async function startCall(page: Page, { postcode, disposition = 'Dx05' }: { postcode: string; disposition?: string }) {
  const patient = await aPatient();
  await page.goto('/calls/new');
  await page.getByLabel('NHS number').fill(patient.nhsNumber ?? '');
  await page.getByRole('button', { name: 'Find patient' }).click();
  await expect(page.getByText('NOTREAL, Tomasz')).toBeVisible();
  await page.getByLabel('Disposition').fill(disposition);
  await page.getByLabel('Where the patient is now').fill(postcode);
  await page.getByRole('button', { name: 'Find services' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Services that can help' })).toBeVisible();
  return { patient, callId: callIdOf(page) };
}

/** Chooses the service, and waits until its slots are those of that choice. */
export async function chooseService(page: Page, serviceName: string): Promise<void> {
  await page.getByRole('link', { name: serviceName }).click();
  await page.waitForURL(/service=/);
  await expect(page.getByRole('heading', { level: 2, name: serviceName, exact: true })).toBeVisible();
}

/** Chooses the service, says why those above it are passed over where nothing suggests it, and holds its first free slot. */
export async function holdFirst(page: Page, serviceName: string): Promise<void> {
  await chooseService(page, serviceName);
  await passOverOthers(page);
  await page.getByRole('button', { name: /^Hold / }).first().click();
  await expect(page.getByText('Held for you', { exact: true })).toBeVisible();
}

/** A reason for each service above the chosen one that has none yet. */
export async function passOverOthers(page: Page, reason = 'Appointments not suitable'): Promise<void> {
  for (const choice of await page.getByRole('combobox', { name: /^Why not / }).all()) {
    if ((await choice.inputValue()) === '') await choice.selectOption(reason);
  }
}

export function callIdOf(page: Page): string {
  const id = /\/calls\/([0-9a-f-]{36})/.exec(page.url())?.[1];
  if (!id) throw new Error('not on a page of a call');
  return id;
}
