import { expect, test, type Page } from '@playwright/test';
import { expectAccessible } from './support/axe';
import { signInAsSomebody } from './support/call';

/** A call with everything right but what a test makes wrong. */
async function fillCall(page: Page, wrong: Partial<Record<'first' | 'last' | 'day' | 'month' | 'year' | 'home' | 'now' | 'disposition', string>> = {}) {
  const given = { first: 'Ewa', last: 'Testperson', day: '6', month: '11', year: '1980', home: 'LS1 4AP', now: '', disposition: 'Dx05', ...wrong };
  await page.goto('/calls/new');
  await page.getByText('No NHS number: type the details').click();
  await page.getByLabel('First name').fill(given.first);
  await page.getByLabel('Last name').fill(given.last);
  await page.getByLabel('Day').fill(given.day);
  await page.getByLabel('Month').fill(given.month);
  await page.getByLabel('Year').fill(given.year);
  await page.getByLabel('Female').check();
  await page.getByLabel('Home postcode').fill(given.home);
  await page.getByLabel('Where the patient is now').fill(given.now);
  await page.getByLabel('Disposition').fill(given.disposition);
  await page.getByRole('button', { name: 'Find services' }).click();
}

const NHS_NUMBERS: readonly (readonly [typed: string, said: RegExp])[] = [
  ['9997478348', /check digit|not a valid|mistyped/i],
  ['0000000000', /NHS number/i],
  ['999 000 000A', /digits|numbers/i],
  ['123456789', /10 digits/i],
];

for (const [typed, said] of NHS_NUMBERS) {
  test(`the NHS number ${typed} is refused in words and stays in its field`, async ({ page }) => {
    await signInAsSomebody(page);
    await page.goto('/calls/new');
    await page.getByLabel('Where the patient is now').fill('LS1 4AP');
    await page.getByLabel('NHS number').fill(typed);
    await page.getByRole('button', { name: 'Find patient' }).click();

    const summary = page.getByRole('alert').filter({ hasText: 'There is a problem' });
    await expect(summary).toContainText(said);
    await expect(page.getByLabel('NHS number')).toHaveValue(typed);
    await expect(page.getByLabel('Where the patient is now')).toHaveValue('LS1 4AP');
    expect(page.url()).not.toContain(typed);
    await expectAccessible(page);
  });
}

test('a number with spaces finds its patient; one that nobody has says what to do', async ({ page }) => {
  await signInAsSomebody(page);
  await page.goto('/calls/new');
  await page.getByLabel('NHS number').fill('999 747 8347');
  await page.getByRole('button', { name: 'Find patient' }).click();
  await expect(page.getByText('Check the date of birth and the address with the caller')).toBeVisible();

  await page.getByLabel('NHS number').fill('9990000018');
  await page.getByRole('button', { name: 'Find patient' }).click();
  await expect(page.getByText('No patient has this NHS number')).toBeVisible();
});

const POSTCODES: readonly (readonly [typed: string, said: RegExp])[] = [
  ['ZZ1 1ZZ', /postcode/i],
  ['not a postcode', /postcode/i],
  ['BT1 5GS', /Northern Ireland/],
  ['IM1 1AA', /Isle of Man/],
];

for (const [typed, said] of POSTCODES) {
  test(`the postcode ${typed} is refused in words, and nothing typed is lost`, async ({ page }) => {
    await signInAsSomebody(page);
    await fillCall(page, { now: typed });
    await expect(page.getByRole('main').getByRole('alert').first()).toContainText(said);
    await expect(page.getByLabel('Where the patient is now')).toHaveValue(typed);
    await expect(page.getByLabel('First name')).toHaveValue('Ewa');
    await expect(page.getByLabel('Female')).toBeChecked();
  });
}

test('an outcode alone works and says that the distance is approximate', async ({ page }) => {
  await signInAsSomebody(page);
  await fillCall(page, { now: 'ls1' });
  await expect(page.getByText('distances approximate')).toBeVisible();
});

test('a Welsh postcode is searched, and the screen says that only England is listed', async ({ page }) => {
  await signInAsSomebody(page);
  await fillCall(page, { now: 'LL13 7YT' });
  await expect(page.getByText('is in Wales')).toBeVisible();
});

const BIRTH_DATES: readonly (readonly [day: string, month: string, year: string, said: RegExp])[] = [
  ['1', '1', '2099', /future|past/i],
  ['1', '1', '1880', /130|years/i],
  ['31', '2', '1980', /real|exist|date/i],
];

for (const [day, month, year, said] of BIRTH_DATES) {
  test(`the date of birth ${day}/${month}/${year} is refused in words and stays as typed`, async ({ page }) => {
    await signInAsSomebody(page);
    await fillCall(page, { day, month, year });
    await expect(page.getByRole('alert').filter({ hasText: 'There is a problem' })).toContainText(said);
    await expect(page.getByLabel('Year')).toHaveValue(year);
    await expect(page.getByLabel('Disposition')).toHaveValue('Dx05');
  });
}

for (const age of ['', 'forty', '130', '4.5', '-1']) {
  test(`of an unknown patient the age “${age}” is refused in words and stays as typed`, async ({ page }) => {
    await signInAsSomebody(page);
    await page.goto('/calls/new');
    await page.getByText('No NHS number: type the details').click();
    await page.getByLabel('No, an unknown patient').check();
    await page.getByLabel('About how old?').fill(age);
    await page.getByLabel('Where the patient is now').fill('LS1 4AP');
    await page.getByRole('button', { name: 'Find services' }).click();
    await expect(page.getByRole('alert').filter({ hasText: 'There is a problem' })).toContainText('whole number of years');
    await expect(page.getByLabel('About how old?')).toHaveValue(age);
  });
}

for (const [path, heading] of [
  ['/calls/new?moves=not-an-id', 'New call'],
  ['/calls/new?moves=0192aaaa-0000-7000-8000-000000000000', 'New call'],
] as const) {
  test(`an appointment that is not there cannot be moved: ${path} says so, and a call can be started without it`, async ({ page }) => {
    await signInAsSomebody(page);
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
    await expect(page.getByRole('heading', { name: 'That appointment can no longer be moved' })).toBeVisible();
    await expectAccessible(page);
  });
}

test('an unknown disposition, and one that cannot be booked, say what to do', async ({ page }) => {
  await signInAsSomebody(page);
  await fillCall(page, { disposition: 'Dx999' });
  await expect(page.getByText('There is no disposition', { exact: false }).first()).toBeVisible();

  await page.getByLabel('Disposition').fill('Dx010');
  await page.getByRole('button', { name: 'Find services' }).click();
  await expect(page.getByText('Dx010 cannot lead to a booking', { exact: false }).first()).toBeVisible();
});

test('script tags are shown as text and never run', async ({ page }) => {
  let wasRun = false;
  page.on('dialog', (dialog) => {
    wasRun = true;
    void dialog.dismiss();
  });
  await signInAsSomebody(page);
  await fillCall(page, { first: '<script>alert(1)</script>', last: '<img src=x onerror=alert(1)>' });
  await expect(page.getByRole('heading', { level: 1, name: 'Services that can help' })).toBeVisible();
  await expect(page.getByText('<script>alert(1)</script>', { exact: false })).toBeVisible();
  expect(wasRun).toBe(false);
});

test('a name of 10,000 characters is refused in words and kept', async ({ page }) => {
  await signInAsSomebody(page);
  await fillCall(page, { first: 'x'.repeat(10_000) });
  await expect(page.getByRole('alert').filter({ hasText: 'There is a problem' })).toContainText(/characters/);
  await expect(page.getByLabel('First name')).toHaveValue('x'.repeat(10_000));
});

for (const path of ['/calls/not-an-id/services', '/calls/0192aaaa-0000-7000-8000-000000000000/check', '/appointments/0192aaaa-0000-7000-8000-000000000000', '/nothing-here']) {
  test(`a made-up address ${path} gets a plain page that leads back`, async ({ page }) => {
    await signInAsSomebody(page);
    const answer = await page.goto(path);
    expect(answer?.status()).toBe(404);
    await expect(page.getByRole('heading', { level: 1 })).toContainText(/not found|cannot be found|no such page/i);
    await expectAccessible(page);
  });
}
