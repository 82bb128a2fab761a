import { expect, test } from 'vitest';
import { commissionersOf, nationOf } from '@/lib/crossborder/commissioner.rules';
import type { Origins } from '@/lib/crossborder/schema';
import { HUMBER, LEEDS, MANCHESTER, SCOTLAND, WALES } from '@/prisma/factories/border-rules';

const KNOWN = new Map([LEEDS, MANCHESTER, HUMBER, WALES, SCOTLAND].map((commissioner) => [commissioner.code, commissioner]));
const NOTHING: Origins = { practiceIcb: null, home: null, current: null, serviceIcb: null, organisationIcb: null };

const IN_LEEDS = { icbCode: 'QWO', country: 'E' };
const IN_HULL = { icbCode: 'QOQ', country: 'E' };
const IN_CARDIFF = { icbCode: null, country: 'W' };
const IN_GLASGOW = { icbCode: null, country: 'S' };
const IN_DOUGLAS = { icbCode: null, country: 'M' };

test.each<[string, Partial<Origins>, string | null, string]>([
  ['the GP practice before everything', { practiceIcb: 'QOP', home: IN_LEEDS, current: IN_HULL, serviceIcb: 'QOQ' }, 'QOP', 'gp-practice'],
  ['the home postcode before the current location', { home: IN_LEEDS, current: IN_HULL, serviceIcb: 'QOP' }, 'QWO', 'home-postcode'],
  ['a home in Wales: the nation', { home: IN_CARDIFF, current: IN_HULL }, 'W92000004', 'home-postcode'],
  ['a home in Scotland: the nation', { home: IN_GLASGOW }, 'S92000003', 'home-postcode'],
  ['a home where nobody is known to pay: the current location', { home: IN_DOUGLAS, current: IN_LEEDS }, 'QWO', 'current-location'],
  ['no home: the current location', { current: IN_HULL, serviceIcb: 'QOP' }, 'QOQ', 'current-location'],
  ['no home, calling from Wales: the nation', { current: IN_CARDIFF, serviceIcb: 'QOP' }, 'W92000004', 'current-location'],
  ['a practice of a board that nobody knows: the home postcode', { practiceIcb: 'Q??', home: IN_LEEDS }, 'QWO', 'home-postcode'],
  ['nothing known of the patient: where they are seen pays', { serviceIcb: 'QOP', organisationIcb: 'QWO' }, 'QOP', 'host'],
  ['nothing known at all', {}, null, 'unknown'],
])('responsible is by %s', (_case, given, code, how) => {
  const { responsible } = commissionersOf({ ...NOTHING, ...given }, KNOWN);
  expect([responsible.commissioner?.code ?? null, responsible.how]).toEqual([code, how]);
});

test.each<[string, Partial<Origins>, string | null, string]>([
  ['the board of the service', { serviceIcb: 'QOP', practiceIcb: 'QWO' }, 'QOP', 'service'],
  ['nobody where the service has none', { practiceIcb: 'QWO' }, null, 'unknown'],
])('host is %s', (_case, given, code, how) => {
  const { host } = commissionersOf({ ...NOTHING, ...given }, KNOWN);
  expect([host.commissioner?.code ?? null, host.how]).toEqual([code, how]);
});

test.each<[string, Partial<Origins>, string | null, string]>([
  ['where the caller is', { current: IN_HULL, home: IN_LEEDS, organisationIcb: 'QOP' }, 'QOQ', 'current-location'],
  ['the nation of a caller in Scotland', { current: IN_GLASGOW }, 'S92000003', 'current-location'],
  ['the board of the organisation that books, which tells no location', { home: IN_LEEDS, organisationIcb: 'QOP' }, 'QOP', 'booking-organisation'],
  ['not known', { home: IN_LEEDS, practiceIcb: 'QWO' }, null, 'unknown'],
])('the contract area is %s', (_case, given, code, how) => {
  const { contractArea } = commissionersOf({ ...NOTHING, ...given }, KNOWN);
  expect([contractArea.commissioner?.code ?? null, contractArea.how]).toEqual([code, how]);
});

test('every board is of England, Wales and Scotland are nations', () => {
  expect([LEEDS, WALES, SCOTLAND].map(nationOf)).toEqual(['E', 'W', 'S']);
});
