import { expect, test } from 'vitest';
import { overviewOf } from '@/lib/crossborder/overview.queries';
import { ForbiddenError } from '@/lib/platform/errors';
import { addDays } from '@/lib/platform/time';
import { londonDate } from '@/lib/platform/time-words';
import { aCommissioner, anAgreement, of } from '@/prisma/factories/agreement';
import { aCrossing } from '@/prisma/factories/border';
import { A_TUESDAY_AT_TEN, aHandler } from '@/prisma/factories/staff';

const TODAY = londonDate(A_TUESDAY_AT_TEN);

test('agreements of one’s area that end within 30 days are listed, the first first, unless a later version goes on', async () => {
  const last = (days: number) => ({ validTo: addDays(TODAY, days) });
  const later = await anAgreement({ ...last(30), families: ['later'] });
  const soon = await anAgreement({ ...last(0), families: ['soon'] });
  await anAgreement({ ...last(31), families: ['far'] });
  await anAgreement({ ...last(5), families: ['draft'], state: 'draft' });
  await anAgreement({ ...last(5), from: of('QJ2'), to: of('QT1') });
  const followed = await anAgreement({ ...last(9), families: ['followed'] });
  await anAgreement({ id: followed.id, version: 2, validFrom: addDays(TODAY, 10), families: ['followed'] });

  const expected = [{ id: soon.id, version: 1, title: soon.title, lastDay: TODAY }, { id: later.id, version: 1, title: later.title, lastDay: addDays(TODAY, 30) }];
  expect((await overviewOf(await aCommissioner('QOP'))).ending).toEqual(expected);
  expect((await overviewOf(await aCommissioner('Y63'))).ending).toEqual(expected);
  expect((await overviewOf(await aCommissioner('national'))).ending).toHaveLength(3);
});

test('the month so far is added up from where the area stands', async () => {
  await aCrossing({ payer: 'QHM', host: 'QJ2', status: 'fulfilled', pricePence: 1_250 });
  await aCrossing({ payer: 'QHM', host: 'QJ2', status: 'cancelled' });
  const [payer, host] = [await overviewOf(await aCommissioner('QHM')), await overviewOf(await aCommissioner('QJ2'))];
  expect(payer).toMatchObject({ month: '2026-11-01', figures: { owes: { bookings: 1, pence: 1_250 }, isOwed: { bookings: 0, pence: 0 } } });
  expect(host.figures).toMatchObject({ owes: { bookings: 0 }, isOwed: { bookings: 1, pence: 1_250 } });
});

test('the areas are named as people call them', async () => {
  const areas = async (scope: string) => (await overviewOf(await aCommissioner(scope))).areas;
  expect([await areas('QWO'), await areas('Y62'), await areas('W92000004'), await areas('national')]).toEqual([['West Yorkshire'], ['North West'], ['Wales'], ['all areas']]);
});

test('only commissioners have an overview', async () => {
  await expect(overviewOf(await aHandler({ role: 'supervisor' }))).rejects.toThrow(ForbiddenError);
});
