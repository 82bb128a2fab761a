import { describe, expect, test } from 'vitest';
import { changedWords, costWords, differenceWords, progressWords, shiftWords } from '@/components/crossborder/what-if-words';
import type { WorldSum } from '@/lib/crossborder/what-if.schema';

const NOTHING: WorldSum = { allow: 0, notify: 0, approval: 0, refuse: 0, pence: 0 };

describe('what a replay came to, in words', () => {
  test.each([
    [{ bookings: 12_345, changed: 412 }, '412 of 12,345 bookings would change'],
    [{ bookings: 1, changed: 1 }, '1 of 1 booking would change'],
    [{ bookings: 12_345, changed: 0 }, 'None of 12,345 bookings would change'],
    [{ bookings: 0, changed: 0 }, 'No booking crossed a border in this month'],
  ])('%j: %s', (counts, words) => {
    expect(changedWords(counts)).toBe(words);
  });

  test('how bookings change', () => {
    expect(shiftWords({ before: 'allow', after: 'approval', count: 1_300 })).toBe('1,300 from allowed to needing approval');
    expect(shiftWords({ before: 'notify', after: 'refuse', count: 1 })).toBe('1 from allowed with notice to the host to refused');
    expect(shiftWords({ before: 'allow', after: 'allow', count: 1 })).toBe('1 stays allowed, at another price or under another rule');
    expect(shiftWords({ before: 'allow', after: 'allow', count: 12 })).toBe('12 stay allowed, at another price or under another rule');
  });

  test.each([
    [0, 123_400, 'It would cost £1,234.00 more'],
    [123_400, 123_350, 'It would cost £0.50 less'],
    [500, 500, 'It would cost the same'],
  ])('from %i to %i pence: %s', (before, after, words) => {
    expect(costWords({ before: { ...NOTHING, pence: before }, after: { ...NOTHING, pence: after } })).toBe(words);
  });

  test('the difference of one booking, with its sign', () => {
    expect([1_250, -300, 0].map(differenceWords)).toEqual(['+£12.50', '-£3.00', 'no change']);
  });

  test('how far it is', () => {
    expect(progressWords({ done: 25_000, total: 100_000 })).toBe('25,000 of 100,000 bookings replayed');
    expect(progressWords({ done: 0, total: 0 })).toBe('Beginning');
  });
});
