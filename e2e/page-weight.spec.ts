import { expect, test, type Page } from '@playwright/test';
import { holdFirst, signInAsSomebody, startCall } from './support/call';
import { aServiceNearby } from './support/world';

const MOST_BYTES = 150_000;

/** Bytes of script as they came over the wire for this address, nothing cached. */
async function scriptBytes(page: Page, path: string): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  const scripts = new Set<string>();
  let bytes = 0;
  session.on('Network.responseReceived', ({ requestId, response }) => {
    if (response.mimeType.includes('javascript')) scripts.add(requestId);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
  });
  await page.goto(path, { waitUntil: 'networkidle' });
  await session.detach();
  return bytes;
}

test('every page of the journey sends at most 150 kB of compressed JavaScript, headers included', async ({ page }) => {
  const { service, postcode } = await aServiceNearby();
  const sizes: Record<string, number> = { 'sign in': await scriptBytes(page, '/sign-in') };
  await signInAsSomebody(page);
  const { callId } = await startCall(page, { postcode });
  sizes['my calls'] = await scriptBytes(page, '/calls');
  sizes['new call'] = await scriptBytes(page, '/calls/new');
  await page.goto(`/calls/${callId}/services`);
  await holdFirst(page, service.name);
  sizes['services'] = await scriptBytes(page, `/calls/${callId}/services`);
  sizes['check'] = await scriptBytes(page, `/calls/${callId}/check`);
  await page.getByLabel('Reason for the appointment').fill('Earache');
  await page.getByRole('button', { name: 'Book this appointment' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Booked' })).toBeVisible();
  sizes['booked'] = await scriptBytes(page, `/calls/${callId}/booked`);
  const appointment = await page.getByRole('link', { name: 'See or cancel the appointment' }).getAttribute('href');
  sizes['appointment'] = await scriptBytes(page, appointment ?? '');
  sizes['cancel'] = await scriptBytes(page, `${appointment}/cancel`);

  test.info().annotations.push({ type: 'bytes of script', description: JSON.stringify(sizes) });
  expect(Object.entries(sizes).filter(([, bytes]) => bytes > MOST_BYTES || bytes === 0)).toEqual([]);
});
