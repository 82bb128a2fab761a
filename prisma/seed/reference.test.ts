import { expect, test } from 'vitest';
import { db } from '@/lib/platform/db';
import { loadSmallReference } from './reference';

const url = () => process.env['DATABASE_URL'] ?? '';

test('the template holds the boards, regions, dispositions, types, ranks, reasons, symptoms and bank holidays', async () => {
  expect(await db.region.count()).toBe(7);
  expect(await db.icb.count({ where: { isCurrent: true } })).toBe(36);
  expect(await db.icb.count({ where: { isCurrent: false } })).toBe(12);
  expect(await db.disposition.count()).toBe(56);
  expect(await db.serviceType.count()).toBe(73);
  expect(await db.rejectReason.count()).toBe(12);
  expect(await db.symptomPair.count()).toBe(19);
  expect(await db.postcodeArea.count()).toBe(13_711);
  expect(await db.bankHoliday.findUnique({ where: { date: new Date('2026-12-28') } })).toMatchObject({ name: 'Boxing Day (substitute day)' });
});

test('D-069: every type of the demonstration has a national rank, and some boards rank otherwise', async () => {
  const national = await db.serviceTypeRank.findMany({ where: { area: 'national' }, orderBy: { typeId: 'asc' } });
  expect(national.map(({ typeId, rank }) => [typeId, rank])).toEqual([[13, 1], [25, 4], [46, 3], [100, 1], [105, 5], [135, 2], [150, 2]]);
  expect(await db.serviceTypeRank.findUnique({ where: { area_typeId: { area: 'QWO', typeId: 135 } } })).toMatchObject({ rank: 1 });
});

test('a divided board has its successors with their sizes', async () => {
  const rows = await db.icbSuccessor.findMany({ where: { oldCode: 'QNQ' }, orderBy: { newCode: 'asc' } });
  expect(rows.map(({ newCode, lsoaCount }) => [newCode, lsoaCount])).toEqual([['QRL', 105], ['S0E4D', 255], ['S9B9J', 95]]);
});

test('loading the same files again changes nothing; loading changed ones brings the rows back in step', async () => {
  const before = await db.loadedData.findUniqueOrThrow({ where: { name: 'directory' } });
  await db.disposition.update({ where: { code: 'Dx05' }, data: { title: 'Changed by hand' } });

  await loadSmallReference(url());
  expect(await db.loadedData.findUniqueOrThrow({ where: { name: 'directory' } })).toEqual(before);
  expect(await db.disposition.findUnique({ where: { code: 'Dx05' } })).toMatchObject({ title: 'Changed by hand' });

  await db.loadedData.update({ where: { name: 'directory' }, data: { digest: 'of other files' } });
  await loadSmallReference(url());
  expect(await db.disposition.findUnique({ where: { code: 'Dx05' } })).toMatchObject({ title: 'To contact a Primary Care Service within 2 hours', timeframeMinutes: 120 });
  expect(await db.disposition.count()).toBe(56);
});
