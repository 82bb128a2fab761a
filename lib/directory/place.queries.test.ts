import { expect, test } from 'vitest';
import { placeFor } from '@/lib/directory/place.queries';
import { db } from '@/lib/platform/db';

const LEEDS = { latitude: 53.795, longitude: -1.549, icbCode: 'QWO' };

async function aPostcode(postcode: string, given: { latitude?: number | null; longitude?: number | null; icbCode?: string | null; country?: string } = {}) {
  await db.postcode.create({ data: { postcode, country: 'E', quality: 10, ...LEEDS, ...given } });
}

async function anArea(area: string, latitude: number, country = 'E') {
  const row = { area, latitude, longitude: -1.5, country, icbCode: country === 'E' ? 'QWO' : null };
  await db.postcodeArea.upsert({ where: { area }, create: row, update: row });
}

test('a postcode in any spacing and case gives its position and commissioner', async () => {
  await aPostcode('LS1 4AP');
  const place = { ok: true, value: { postcode: 'LS1 4AP', ...LEEDS, country: 'E', precision: 'postcode' } };
  expect(await placeFor('LS1 4AP')).toEqual(place);
  expect(await placeFor('  ls14ap ')).toEqual(place);
  expect(await placeFor('l S1  4aP')).toEqual(place);
});

test('an outcode alone gives its middle, and says so', async () => {
  await anArea('LS2', 53.8);
  expect(await placeFor('ls2')).toEqual({ ok: true, value: { postcode: 'LS2', latitude: 53.8, longitude: -1.5, icbCode: 'QWO', country: 'E', precision: 'outcode' } });
});

test('a postcode without a position takes that of its sector, else of its outcode, and says so', async () => {
  const without = { latitude: null, longitude: null, icbCode: null };
  await anArea('LS3', 53.81);
  await anArea('LS3 9', 53.82);
  await aPostcode('LS3 9ZZ', without);
  await aPostcode('LS3 8ZZ', without);
  expect(await placeFor('LS3 9ZZ')).toMatchObject({ value: { postcode: 'LS3 9ZZ', latitude: 53.82, icbCode: 'QWO', precision: 'sector' } });
  await db.postcodeArea.deleteMany({ where: { area: 'LS3 8' } });
  expect(await placeFor('LS3 8ZZ')).toMatchObject({ value: { postcode: 'LS3 8ZZ', latitude: 53.81, precision: 'outcode' } });
});

test('Welsh and Scottish postcodes have their country and no commissioner', async () => {
  await aPostcode('CF10 1EP', { country: 'W', icbCode: null });
  await anArea('EH1', 55.95, 'S');
  expect(await placeFor('cf10 1ep')).toMatchObject({ ok: true, value: { country: 'W', icbCode: null } });
  expect(await placeFor('EH1')).toMatchObject({ ok: true, value: { country: 'S', icbCode: null } });
});

test.each([
  ['BT1 5GS', 'Northern Ireland'],
  ['je2 3xp', 'Jersey'],
  ['GY1', 'Guernsey'],
  ['IM1 1AA', 'the Isle of Man'],
])('%s is not covered: %s', async (typed, nation) => {
  expect(await placeFor(typed)).toMatchObject({ ok: false, error: { code: 'postcode-not-covered', nation } });
});

test.each(['ZZ99 3WZ', 'ZZ99', 'LS99 9ZZ', 'Leeds', ''])('D-045, 101: what is no postcode or does not exist is unknown: %s', async (typed) => {
  expect(await placeFor(typed)).toMatchObject({ ok: false, error: { code: 'postcode-unknown' } });
});
