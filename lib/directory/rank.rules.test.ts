import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Candidate } from '@/lib/directory/match.rules';
import { chooseServices, isCutShort, markOf, miles, type TypeRank } from '@/lib/directory/rank.rules';
import { aCandidate } from '@/prisma/factories/candidate';

const RANKS: readonly TypeRank[] = [
  { typeId: 100, rank: 1, isSingleResult: true },
  { typeId: 13, rank: 1, isSingleResult: false },
  { typeId: 135, rank: 2, isSingleResult: false },
  { typeId: 25, rank: 4, isSingleResult: false },
];

function chosen(...candidates: Partial<Candidate>[]): string[] {
  return chooseServices(candidates.map(aCandidate), RANKS).map(({ dosId }) => dosId);
}

test('D-035: rank of the type comes before distance, distance before service id', () => {
  expect(
    chosen({ dosId: 'far utc', metres: 5000 }, { dosId: 'near utc', metres: 100 }, { dosId: 'pharmacy b', typeId: 13, metres: 9000 }, { dosId: 'pharmacy a', typeId: 13, metres: 9000 }),
  ).toEqual(['pharmacy a', 'pharmacy b', 'near utc', 'far utc']);
});

test('D-035: a type without a rank comes last', () => {
  expect(chosen({ dosId: 'unranked', typeId: 999, metres: 1 }, { dosId: 'ranked', typeId: 25, metres: 9000 })).toEqual(['ranked', 'unranked']);
});

test('D-037: within a rank home practice, commissioned restricted, commissioned, others, each by distance', () => {
  expect(
    chosen(
      { dosId: 'other', typeId: 13, metres: 10 },
      { dosId: 'commissioned', typeId: 13, metres: 5000, isCommissioned: true },
      { dosId: 'home', typeId: 100, metres: 9000, isHome: true },
      { dosId: 'restricted', typeId: 135, metres: 7000, isCommissioned: true, isRestricted: true },
      { dosId: 'near commissioned', typeId: 135, metres: 20, isCommissioned: true },
    ),
  ).toEqual(['home', 'commissioned', 'other', 'restricted', 'near commissioned']);
});

test('D-039: the first two of a type, and only one of a single-result type', () => {
  expect(
    chosen(
      { dosId: 'utc 1', metres: 1 }, { dosId: 'utc 2', metres: 2 }, { dosId: 'utc 3', metres: 3 },
      { dosId: 'practice 1', typeId: 100, metres: 4 }, { dosId: 'practice 2', typeId: 100, metres: 5 },
    ),
  ).toEqual(['practice 1', 'utc 1', 'utc 2']);
});

test('D-032: only the nearest 100 of a type count, but the home practice is never dropped', () => {
  const others = Array.from({ length: 100 }, (_, index) => ({ dosId: `near ${index}`, typeId: 100, metres: index }));
  expect(chosen(...others, { dosId: 'commissioned', typeId: 100, metres: 5000, isCommissioned: true })).toEqual(['near 0']);
  expect(chosen(...others, { dosId: 'home', typeId: 100, metres: 5000, isHome: true })).toEqual(['home']);
});

test('D-035: the order never depends on the order in which candidates come', () => {
  const some = Array.from({ length: 12 }, (_, index) => ({ dosId: `service ${index}`, typeId: index % 2 === 0 ? 13 : 135, metres: (index % 3) * 100, isCommissioned: index % 5 === 0 }));
  fc.assert(
    fc.property(fc.shuffledSubarray(some, { minLength: 12 }), (shuffled) => {
      expect(chosen(...shuffled)).toEqual(chosen(...some));
    }),
  );
});

test('D-038: marks', () => {
  expect(markOf(aCandidate({ typeId: 100, isHome: true, isCommissioned: true }))).toBe('Home');
  expect(markOf(aCandidate({ typeId: 25, isCommissioned: true }))).toBe('Home OOH');
  expect(markOf(aCandidate({ typeId: 25 }))).toBeNull();
  expect(markOf(aCandidate({ typeId: 135, isCommissioned: true }))).toBeNull();
});

test.each([[0, 0], [1000, 0.6], [1609.34, 1], [16_093.4, 10]])('D-033: %s m are %s miles', (metres, expected) => {
  expect(miles(metres)).toBe(expected);
});

describe('looking further than the nearest (D-032)', () => {
  const some = (count: number, typeId: number) => Array.from({ length: count }, (_, nth) => aCandidate({ dosId: `${typeId}-${nth}`, typeId }));

  test.each([
    ['all that were looked at passed', some(130, 13), some(130, 13), false],
    ['enough passed of a type that was cut', some(130, 13), some(100, 13), false],
    ['too few passed of a type that was cut', some(130, 13), some(99, 13), true],
    ['none passed of a type that was cut, while another is whole', [...some(130, 13), ...some(5, 135)], some(5, 135), true],
    ['too few passed of a type that was not cut', some(129, 13), [], false],
  ])('%s', (_when, looked, passed, isShort) => {
    expect(isCutShort(looked, passed, 130)).toBe(isShort);
  });
});
