import { expect, test } from 'vitest';
import { flows } from '@/lib/crossborder/flow.queries';
import { parseMonth } from '@/lib/crossborder/ledger.rules';
import type { Month } from '@/lib/crossborder/ledger.schema';
import { aCommissioner } from '@/prisma/factories/agreement';
import { aCrossing } from '@/prisma/factories/border';
import { aHandler } from '@/prisma/factories/staff';

function month(text: string): Month {
  const found = parseMonth(text);
  if (!found) throw new Error(text);
  return found;
}

const APRIL = { from: month('2026-04'), to: month('2026-04') };
const AT = new Date('2026-04-14T09:00:00Z');

test('a flow counts what was booked and attended and what it cost, not what ended before its time', async () => {
  for (const status of ['booked', 'arrived', 'fulfilled', 'noshow', 'cancelled', 'moved', 'entered-in-error'] as const) {
    await aCrossing({ payer: 'QWO', host: 'QOP', startsAt: AT, status, pricePence: 1_250, noshowPence: 500 });
  }
  await aCrossing({ payer: 'QWO', host: 'QOP', startsAt: AT, status: 'fulfilled', pricePence: null, noshowPence: null });

  const [flow, ...others] = await flows(await aCommissioner('QWO'), APRIL);
  expect(others).toEqual([]);
  expect(flow).toMatchObject({ from: { code: 'QWO', name: 'West Yorkshire' }, to: { code: 'QOP' }, bookings: 5, attended: 3, pence: 3_000 });
});

test('months are those of London, both included', async () => {
  const before = new Date('2026-05-31T22:30:00Z');
  const after = new Date('2026-05-31T23:30:00Z');
  await aCrossing({ payer: 'QWO', host: 'QHM', startsAt: before });
  await aCrossing({ payer: 'QWO', host: 'QHM', startsAt: after });
  const ctx = await aCommissioner('QHM');
  const bookings = async (from: string, to: string) => (await flows(ctx, { from: month(from), to: month(to) })).map((flow) => flow.bookings);
  expect(await bookings('2026-05', '2026-05')).toEqual([1]);
  expect(await bookings('2026-06', '2026-06')).toEqual([1]);
  expect(await bookings('2026-05', '2026-06')).toEqual([2]);
  expect(await bookings('2026-07', '2026-07')).toEqual([]);
});

test('a commissioner sees the flows of which their area is a side; a region those of its boards; the national team all', async () => {
  const startsAt = new Date('2026-07-14T09:00:00Z');
  const july = { from: month('2026-07'), to: month('2026-07') };
  await aCrossing({ payer: 'QWO', host: 'QOP', startsAt });
  await aCrossing({ payer: 'QOP', host: 'QYG', startsAt });
  await aCrossing({ payer: 'QWO', host: 'QHM', startsAt });
  const pairs = async (scope: string) => (await flows(await aCommissioner(scope), july)).map(({ from, to }) => `${from.code} ${to.code}`).sort();
  expect(await pairs('QOP')).toEqual(['QOP QYG', 'QWO QOP']);
  expect(await pairs('Y62')).toEqual(['QOP QYG', 'QWO QOP']);
  expect(await pairs('QYG')).toEqual(['QOP QYG']);
  expect(await pairs('national')).toEqual(['QOP QYG', 'QWO QHM', 'QWO QOP']);
});

test('nobody but a commissioner sees flows', async () => {
  await expect(flows(await aHandler(), APRIL)).rejects.toThrow('border:read');
});
