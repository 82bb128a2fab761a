import { expect, test } from 'vitest';
import type { LedgerSum } from '@/lib/crossborder/ledger.schema';
import { monthFigures } from '@/lib/crossborder/overview.rules';
import { parseLocalDate } from '@/lib/platform/time';

const LEEDS = { code: 'QWO', name: 'West Yorkshire', regionCode: 'Y63' };
const HULL = { code: 'QOQ', name: 'Humber and North Yorkshire', regionCode: 'Y63' };
const MANCHESTER = { code: 'QOP', name: 'Greater Manchester', regionCode: 'Y62' };

function sum(payer: LedgerSum['payer'], host: LedgerSum['host'], pence: number): LedgerSum {
  const month = parseLocalDate('2026-11-01');
  if (!month) throw new Error('no such day');
  return { payer, host, month, counts: { attended: 1, noshow: 1, cancelled: 9, 'to-come': 1, unstated: 1 }, charges: pence, corrections: 0, pence, frozen: null };
}

const SUMS = [sum(LEEDS, MANCHESTER, 100), sum(LEEDS, HULL, 20), sum(MANCHESTER, LEEDS, 3)];
const figure = (bookings: number, pence: number) => ({ bookings, pence });

test.each([
  ['an ICB', { isNational: false, codes: new Set(['QWO']) }, { owes: figure(8, 120), isOwed: figure(4, 3), within: figure(0, 0) }],
  ['a region, which owes itself nothing', { isNational: false, codes: new Set(['Y63']) }, { owes: figure(4, 100), isOwed: figure(4, 3), within: figure(4, 20) }],
  ['the nation, within which everything is', { isNational: true, codes: new Set(['national']) }, { owes: figure(0, 0), isOwed: figure(0, 0), within: figure(12, 123) }],
])('the month of %s; what was cancelled is no booking', (_who, scope, figures) => {
  expect(monthFigures(SUMS, scope)).toEqual(figures);
});
