import { expect, test } from 'vitest';
import { OUTCOMES, WHY_NOT } from '@/lib/crossborder/schema';
import { areaWords, outcomeWords, paysWords, priceWords, whyNotWords } from '@/lib/crossborder/words.rules';

test.each([
  [null, 'within contract'],
  [0, '£0.00'],
  [5, '£0.05'],
  [1_250, '£12.50'],
  [-300, '-£3.00'],
  [123_456, '£1,234.56'],
  [-123_456_789, '-£1,234,567.89'],
])('%s pence is %s', (pence, words) => {
  expect(priceWords(pence)).toBe(words);
});

test('who pays is told with the price', () => {
  const payer = { code: 'QWO', name: 'West Yorkshire', regionCode: 'Y63' };
  expect([paysWords({ payer, pricePence: 1_250 }), paysWords({ payer, pricePence: null })]).toEqual(['West Yorkshire pays £12.50', 'West Yorkshire pays, within contract']);
});

test('areas are told by name, by code where nobody knows it, regions as such', () => {
  const names = new Map([['QWO', 'West Yorkshire'], ['Y62', 'North West']]);
  const areas = [{ kind: 'commissioner', code: 'QWO' }, { kind: 'commissioner', code: 'QXX' }, { kind: 'region', code: 'Y62' }, { kind: 'any' }] as const;
  expect(areas.map((area) => areaWords(area, names))).toEqual(['West Yorkshire', 'QXX', 'North West region', 'anywhere']);
});

test('every outcome and every reason has words of its own', () => {
  expect(new Set(OUTCOMES.map(outcomeWords)).size).toBe(OUTCOMES.length);
  expect(new Set(WHY_NOT.map(whyNotWords)).size).toBe(WHY_NOT.length);
});
