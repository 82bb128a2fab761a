import { expect, test } from 'vitest';
import { findServicesByText, MOST_FOUND, serviceRowFor } from '@/lib/directory/find.queries';
import { findServices } from '@/lib/directory/search.queries';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { aSearch, aSpot, north, placeAt, type Spot } from '@/prisma/factories/search';
import { aService } from '@/prisma/factories/service';
import { aFreeSlot } from '@/prisma/factories/slot';
import { aHandler } from '@/prisma/factories/staff';

async function foundBy(text: string, spot: Spot): Promise<string[]> {
  const found = await findServicesByText(await aHandler(), { text, place: placeAt(spot) });
  return found.map(({ id }) => id);
}

test('D-048: services are found by words of their name in any case and order, the nearest first, closed ones too', async () => {
  const spot = aSpot();
  const far = await aService({ ...north(spot, 90), name: 'Wetherby Walk-in Quaydale' });
  const near = await aService({ ...north(spot, 2), name: 'Quaydale Dental, Wetherby', status: 'closed' });
  await aService({ ...spot, name: 'Quaydale Dental, Otley' });
  expect(await foundBy('quayDALE wetherby', spot)).toEqual([near.id, far.id]);
  expect(await foundBy('wether', spot)).toEqual([near.id, far.id]);
  expect(await foundBy('quaydale harrogate', spot)).toEqual([]);
});

test('D-048: services are found by ODS code in any case, and by directory id, whole', async () => {
  const spot = aSpot();
  const one = await aService({ ...spot, odsCode: 'ZQX01' });
  const two = await aService({ ...north(spot, 1), odsCode: 'ZQX01' });
  expect(await foundBy(' zqx01 ', spot)).toEqual([one.id, two.id]);
  expect(await foundBy('ZQX0', spot)).toEqual([]);
  expect(await foundBy(one.dosId, spot)).toEqual([one.id]);
});

test.each(['', '  ', '%', '_%_', "'; --", 'a '.repeat(21)])('nothing is found by %j: no words, or too many', async (text) => {
  expect(await foundBy(text, aSpot())).toEqual([]);
});

test('signs that mean anything to a pattern are nothing but breaks between words', async () => {
  const spot = aSpot();
  const { id } = await aService({ ...spot, name: "St Zephyr's Centre" });
  expect(await foundBy("st zephyr's", spot)).toEqual([id]);
  expect(await foundBy('%zephyr_', spot)).toEqual([id]);
});

test('at most 20 are found, the nearest', async () => {
  const spot = aSpot();
  const made = await Promise.all(Array.from({ length: MOST_FOUND + 2 }, (_, nth) => aService({ ...north(spot, nth), name: `Manyfold Surgery ${nth}` })));
  expect(await foundBy('manyfold', spot)).toEqual(made.slice(0, MOST_FOUND).map(({ id }) => id));
});

test('a service is shown in its row as a search shows it', async () => {
  const spot = aSpot();
  const { id } = await aService(north(spot, 3));
  await aFreeSlot({ serviceId: id });
  const ctx = await aHandler();
  const request = await aSearch(spot);
  const { services } = await findServices(ctx, request);
  expect(services).toHaveLength(1);
  expect(await serviceRowFor(ctx, request, id)).toEqual(services[0]);
});

test('a service that the list leaves out by distance has a row, one whose profile does not take the patient has none', async () => {
  const spot = aSpot();
  const far = await aService(north(spot, 30));
  const children = await aService({ ...spot, ages: [{ daysFrom: 0, daysTo: 5_843 }] });
  const ctx = await aHandler();
  const request = await aSearch(spot, { distanceKm: 10, isDistanceForced: true });
  expect(await serviceRowFor(ctx, request, far.id)).toMatchObject({ id: far.id, distanceMiles: 18.6, mark: null });
  expect(await serviceRowFor(ctx, request, children.id)).toBeNull();
});

test.each([['an id that nobody has', newId()], ['no id at all', 'service-1']])('%s has no row', async (_what, id) => {
  expect(await serviceRowFor(await aHandler(), await aSearch(aSpot()), id)).toBeNull();
});

test('nobody finds services without the permission', async () => {
  const auditor = await aHandler({ role: 'auditor' });
  await expect(findServicesByText(auditor, { text: 'centre', place: placeAt(aSpot()) })).rejects.toThrow(ForbiddenError);
  await expect(serviceRowFor(auditor, await aSearch(aSpot()), newId())).rejects.toThrow(ForbiddenError);
});
