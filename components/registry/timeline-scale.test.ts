import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { axisOf, isDrawn, MARK_SHARE, placesOf, shareOf } from '@/components/registry/timeline-scale';
import { addMinutes } from '@/lib/platform/time';
import { clockTime } from '@/lib/platform/time-words';

const NOW = new Date('2026-11-24T10:00:00Z');
const DAY = 24 * 60;

/** The words of the ticks, with the year where it is said. */
function words(instants: readonly string[], now = NOW): string[] {
  return axisOf(
    instants.map((instant) => new Date(instant)),
    now,
  ).ticks.map((tick) => [tick.words, tick.year].filter(Boolean).join(' '));
}

describe('the axis', () => {
  test.each([
    ['nothing but now: the week around it', [], ['20 Nov', '22 Nov', '24 Nov', '26 Nov', '28 Nov']],
    ['one tomorrow: a week too', ['2026-11-25T09:00:00Z'], ['21 Nov', '23 Nov', '25 Nov', '27 Nov', '29 Nov']],
    ['two weeks: every third day', ['2026-12-06T09:00:00Z'], ['23 Nov', '26 Nov', '29 Nov', '2 Dec', '5 Dec']],
    ['a month: Mondays', ['2026-12-20T09:00:00Z'], ['23 Nov', '30 Nov', '7 Dec', '14 Dec', '21 Dec']],
    ['half a year across the new year: months, with the year where it changes', ['2027-04-20T09:00:00Z'], ['Dec 2026', 'Jan 2027', 'Feb', 'Mar', 'Apr']],
    ['a year back: every second month', ['2025-12-10T09:00:00Z'], ['Jan', 'Mar', 'May', 'Jul', 'Sep', 'Nov']],
    ['two years back: every sixth', ['2024-11-20T09:00:00Z'], ['Jan 2025', 'Jul', 'Jan 2026', 'Jul']],
    ['three years back: years', ['2023-11-30T09:00:00Z'], ['Jan 2024', 'Jan 2025', 'Jan 2026', 'Jan 2027']],
    ['three years both ways: every second year', ['2023-11-30T09:00:00Z', '2029-11-20T09:00:00Z'], ['Jan 2024', 'Jan 2026', 'Jan 2028', 'Jan 2030']],
  ])('%s', (_span, instants, expected) => {
    expect(words(instants)).toEqual(expected);
  });

  test.each([
    ['spring', '2026-03-29T10:00:00Z'],
    ['autumn', '2026-10-25T10:00:00Z'],
  ])('across the change of clocks in %s every tick is a midnight in London', (_season, now) => {
    const axis = axisOf([], new Date(now));
    const at = (share: number) => new Date(axis.from.getTime() + share * (axis.to.getTime() - axis.from.getTime()));
    expect([axis.from, axis.to, ...axis.ticks.map(({ share }) => at(share))].map(clockTime)).toEqual(Array.from({ length: axis.ticks.length + 2 }, () => '00:00'));
  });

  test('whatever the appointments are, each has its place between the ends, and a phone has room for the ticks', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1097 * DAY, max: 1097 * DAY }), { maxLength: 20 }), (minutes) => {
        const instants = minutes.map((away) => addMinutes(NOW, away)).filter((instant) => isDrawn(instant, NOW));
        const axis = axisOf(instants, NOW);
        const shares = [NOW, ...instants].map((instant) => shareOf(instant, axis));
        expect(shares.every((share) => share > 0 && share < 1)).toBe(true);
        expect(axis.ticks.length).toBeGreaterThan(0);
        expect(axis.ticks.length).toBeLessThanOrEqual(7);
        expect(axis.ticks.every(({ share }) => share >= 0 && share < 1)).toBe(true);
      }),
    );
  });

  test('three years away is still drawn, further away is not', () => {
    expect(isDrawn(new Date('2029-11-20T10:00:00Z'), NOW)).toBe(true);
    expect(isDrawn(new Date('2023-11-25T10:00:00Z'), NOW)).toBe(true);
    expect(isDrawn(new Date('2099-01-01T10:00:00Z'), NOW)).toBe(false);
  });
});

describe('the places of marks', () => {
  test('several at one time stand above each other, and the lowest free row is taken again', () => {
    expect(placesOf([0.5, 0.5, 0.52, 0.9, 0.1])).toEqual([
      { share: 0.5, row: 0 },
      { share: 0.5, row: 1 },
      { share: 0.52, row: 2 },
      { share: 0.9, row: 0 },
      { share: 0.1, row: 0 },
    ]);
  });

  test('no two marks of a row touch, however many there are', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 200 }), (shares) => {
        const places = placesOf(shares);
        expect(places.map(({ share }) => share)).toEqual(shares);
        for (const [index, one] of places.entries()) {
          const touching = places.slice(index + 1).filter(({ row, share }) => row === one.row && Math.abs(share - one.share) < MARK_SHARE - 1e-9);
          expect(touching).toEqual([]);
        }
      }),
    );
  });
});
