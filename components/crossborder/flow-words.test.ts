import { describe, expect, test } from 'vitest';
import { cellWords, periodWords, sumWords } from '@/components/crossborder/flow-words';
import type { Flow } from '@/lib/crossborder/ledger.schema';
import { parseMonth } from '@/lib/crossborder/ledger.rules';

const LEEDS = { code: 'QWO', name: 'West Yorkshire', regionCode: 'Y63' };
const MANCHESTER = { code: 'QOP', name: 'Greater Manchester', regionCode: 'Y62' };

function month(text: string) {
  const found = parseMonth(text);
  if (!found) throw new Error(text);
  return found;
}

describe('flows in words', () => {
  test.each([
    [1_240, 'bookings', '1,240'],
    [350, 'pounds', '£3.50'],
    [123_456, 'pounds', '£1,235'],
    [0, 'pounds', '£0.00'],
  ] as const)('%i of %s: %s', (value, measure, words) => {
    expect(cellWords(value, measure)).toBe(words);
  });

  test('the months', () => {
    expect(periodWords({ from: month('2026-10'), to: month('2026-10') })).toBe('October 2026');
    expect(periodWords({ from: month('2026-10'), to: month('2026-11') })).toBe('October 2026 to November 2026');
  });

  test('all of them', () => {
    const flows: Flow[] = [
      { from: LEEDS, to: MANCHESTER, bookings: 1_200, attended: 1_000, pence: 532_100 },
      { from: MANCHESTER, to: LEEDS, bookings: 1, attended: 0, pence: 0 },
    ];
    expect(sumWords(flows)).toBe('2 flows between 2 commissioners: 1,201 bookings, 1,000 attended, £5,321.00.');
    expect(sumWords(flows.slice(1))).toBe('1 flow between 2 commissioners: 1 booking, 0 attended, £0.00.');
  });
});
