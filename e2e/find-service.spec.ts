import { expect, test } from '@playwright/test';
import { aService } from '@/prisma/factories/service';
import { freeSlotsInARow } from '@/prisma/factories/slot';
import { unique } from '@/prisma/factories/unique';
import { addMinutes, readClock } from '@/lib/platform/time';
import { expectAccessible } from './support/axe';
import { HOLD, signInAsSomebody, startCall } from './support/call';
import { aServiceNearby, anEnglishPostcode } from './support/world';

const FAR_NORTH = { latitude: 60.15, longitude: -1.15, postcode: 'ZE1 0AA' };

test('a call handler finds a service by name, is told why it is not in the list, and chooses it all the same', async ({ page }) => {
  const name = `Faraway Treatment Centre ${unique()}`;
  const far = await aService({ ...FAR_NORTH, name });
  await freeSlotsInARow(2, { serviceId: far.id, startsAt: addMinutes(readClock(), 40) });
  const { service, postcode } = await aServiceNearby();
  await signInAsSomebody(page);
  const { callId } = await startCall(page, { postcode });

  await page.getByRole('link', { name: /^Find a service by name/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Find a service' })).toBeVisible();
  await expectAccessible(page);

  const rowOf = (serviceName: string) => page.getByRole('main').getByRole('listitem').filter({ has: page.getByRole('heading', { level: 3, name: serviceName }) });
  await page.getByLabel('Name, ODS code or directory id').fill(service.odsCode);
  await page.getByRole('button', { name: 'Find services' }).click();
  await expect(rowOf(service.name).getByText(/^In your list, at \d+$/)).toBeVisible();

  await page.getByLabel('Name, ODS code or directory id').fill(name.toUpperCase());
  await page.getByRole('button', { name: 'Find services' }).click();
  await expect(page.getByRole('heading', { level: 2, name: '1 service' })).toBeVisible();
  await expect(rowOf(name).getByText('Not in your list')).toBeVisible();
  await expect(rowOf(name).getByText(/^It is \d+\.\d miles away\. The search goes \d+\.\d miles\.$/)).toBeVisible();
  await expectAccessible(page);

  await rowOf(name).getByRole('link', { name: `Choose ${name}` }).click();
  await page.waitForURL(`**/calls/${callId}/services?service=${far.id}`);
  await expect(page.getByRole('heading', { level: 2, name })).toBeVisible();
  await expect(page.getByRole('button', { name: HOLD }).first()).toBeVisible();
  await expectAccessible(page);
});

test('a service whose profile does not take the patient is told so in words, and cannot be chosen', async ({ page }) => {
  const place = await anEnglishPostcode();
  const name = `Children Only Centre ${unique()}`;
  await aService({ ...place, name, ages: [{ daysFrom: 0, daysTo: 1_000 }], dispositions: ['Dx06'] });
  await signInAsSomebody(page);
  const { callId } = await startCall(page, { postcode: place.postcode });
  await page.goto(`/calls/${callId}/services/find?q=${encodeURIComponent(name)}`);
  await expect(page.getByText('It does not take this disposition.')).toBeVisible();
  await expect(page.getByText('It does not take patients of this age.')).toBeVisible();
  await expect(page.getByText('cannot be chosen for this patient')).toBeVisible();
  await expect(page.getByRole('link', { name: `Choose ${name}` })).toHaveCount(0);
  await expectAccessible(page);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the same form finds, and says what to do when nothing is found', async ({ page }) => {
    const { service, postcode } = await aServiceNearby({ name: `Plain Form Centre ${unique()}` });
    await signInAsSomebody(page);
    const { callId } = await startCall(page, { postcode });
    await page.goto(`/calls/${callId}/services/find`);
    await page.getByLabel('Name, ODS code or directory id').fill('no service is called this');
    await page.getByRole('button', { name: 'Find services' }).click();
    await expect(page.getByRole('heading', { level: 2, name: 'No service found' })).toBeVisible();
    await page.getByLabel('Name, ODS code or directory id').fill(service.dosId);
    await page.getByRole('button', { name: 'Find services' }).click();
    await page.getByRole('link', { name: `Choose ${service.name}` }).click();
    await expect(page.getByRole('heading', { level: 2, name: service.name })).toBeVisible();
  });
});
