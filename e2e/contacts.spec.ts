import { expect, test, type Page } from '@playwright/test';
import { db } from '@/lib/platform/db';
import { expectAccessible } from './support/axe';
import { signInAsSomebody, startCall } from './support/call';
import { aServiceNearby } from './support/world';

async function onContactsPage(page: Page) {
  const { postcode } = await aServiceNearby({ slots: 0 });
  await signInAsSomebody(page);
  const { callId } = await startCall(page, { postcode });
  await page.getByRole('link', { name: 'Numbers to ring' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Numbers to ring' })).toBeVisible();
  return { callId };
}

async function addMother(page: Page) {
  const second = page.getByRole('region', { name: 'Number 2' });
  await second.getByLabel('Somebody else’s').check();
  await second.getByLabel('Telephone number').fill('07700 900456');
  await second.getByLabel('Ring number 2 first').check();
  return second;
}

test('a third party needs a name and a relationship, and the one to ring first is shown on every page (U-141 to U-144)', async ({ page }) => {
  const { callId } = await onContactsPage(page);
  await expect(page.getByRole('region', { name: 'Number 1' }).getByLabel('Telephone number')).toHaveValue('07700 900153');
  const second = await addMother(page);
  await page.getByRole('button', { name: 'Save these numbers' }).click();
  const faults = page.getByRole('main').getByRole('alert');
  await expect(faults).toContainText('Enter the name of this contact');
  await expect(faults).toContainText('Enter the relationship to the patient');
  await expect(second.getByLabel('Telephone number')).toHaveValue('07700 900456');
  await expect(second.getByLabel('Ring number 2 first')).toBeChecked();
  await expectAccessible(page);

  await second.getByLabel('Their name').fill('Ada Notreal');
  await second.getByLabel('Relationship to the patient').fill('mother');
  await page.getByRole('button', { name: 'Save these numbers' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Services that can help' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'This call' })).toContainText('ring first: mother, Ada Notreal, 07700 900456');
  await expectAccessible(page);
  expect(await db.callContact.findMany({ where: { callId }, orderBy: { rank: 'asc' }, select: { rank: true, isPatient: true, name: true } })).toEqual([
    { rank: 1, isPatient: false, name: 'Ada Notreal' },
    { rank: 2, isPatient: true, name: null },
  ]);
});

test('without any number the list is refused, and what was there stands', async ({ page }) => {
  const { callId } = await onContactsPage(page);
  await page.getByRole('region', { name: 'Number 1' }).getByLabel('Telephone number').fill('');
  await page.getByRole('button', { name: 'Save these numbers' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('There is no number to ring first');
  await expectAccessible(page);
  expect(await db.callContact.count({ where: { callId, rank: 1 } })).toBe(1);
});

test.describe('with JavaScript off', () => {
  test.use({ javaScriptEnabled: false });

  test('numbers are changed as a plain form', async ({ page }) => {
    await onContactsPage(page);
    const second = await addMother(page);
    await second.getByLabel('Their name').fill('Ada Notreal');
    await second.getByLabel('Relationship to the patient').fill('mother');
    await page.getByRole('button', { name: 'Save these numbers' }).click();
    await expect(page.getByRole('region', { name: 'This call' })).toContainText('Ada Notreal');
  });
});
