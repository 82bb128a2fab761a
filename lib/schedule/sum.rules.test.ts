import { describe, expect, test } from 'vitest';
import { capacitySum, slotMinutesOf, stretchesOf } from '@/lib/schedule/sum.rules';
import { aPattern } from '@/prisma/factories/pattern';

const at = (hours: number, minutes = 0) => hours * 60 + minutes;
const lunch = { fromMinute: at(12), toMinute: at(13) };
const tea = { fromMinute: at(10), toMinute: at(10, 15) };

describe('a session is the stretches between its breaks', () => {
  test.each([
    ['no break', [], [[at(9), at(17)]]],
    ['breaks in any order', [lunch, tea], [[at(9), at(10)], [at(10, 15), at(12)], [at(13), at(17)]]],
    ['a break at the start', [{ fromMinute: at(9), toMinute: at(10) }], [[at(10), at(17)]]],
    ['a break at the end', [{ fromMinute: at(16), toMinute: at(17) }], [[at(9), at(16)]]],
    ['breaks across one another, as they are while somebody types', [tea, { fromMinute: at(10, 10), toMinute: at(11) }], [[at(9), at(10)], [at(11), at(17)]]],
    ['a break past the end', [{ fromMinute: at(16), toMinute: at(19) }], [[at(9), at(16)]]],
  ])('%s', (_case, breaks, expected) => {
    expect(stretchesOf(aPattern({ opensMinute: at(9), closesMinute: at(17), breaks })).map(({ fromMinute, toMinute }) => [fromMinute, toMinute])).toEqual(expected);
  });
});

test('after a break the next slot begins at its end, and none lies across it', () => {
  const slots = slotMinutesOf({ opensMinute: at(9), closesMinute: at(11), breaks: [{ fromMinute: at(9, 50), toMinute: at(10, 5) }], slotMinutes: 20 });
  expect(slots.map(({ fromMinute }) => fromMinute)).toEqual([at(9), at(9, 20), at(10, 5), at(10, 25)]);
});

test.each([
  ['48 slots, 6 an hour', { opensMinute: at(9), closesMinute: at(17), slotMinutes: 10 }, { slots: 48, anHour: 6, keptBack: 0 }],
  ['places multiply', { opensMinute: at(9), closesMinute: at(17), breaks: [lunch], slotMinutes: 15, places: 3, keptBackPercent: 20 }, { slots: 84, anHour: 12, keptBack: 16 }],
  ['an hour that does not come out even', { opensMinute: at(9), closesMinute: at(12), slotMinutes: 45 }, { slots: 4, anHour: 1.3, keptBack: 0 }],
  ['half typed: no length yet', { slotMinutes: Number.NaN }, { slots: 0, anHour: 0, keptBack: 0 }],
  ['half typed: the end before the start', { opensMinute: at(9), closesMinute: at(1) }, { slots: 0, anHour: 0, keptBack: 0 }],
])('the sum of a pattern: %s', (_case, given, expected) => {
  expect(capacitySum(aPattern(given))).toEqual(expected);
});
