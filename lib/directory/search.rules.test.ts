import { expect, test } from 'vitest';
import { checkSearch, type SearchFacts, type TypedSearch } from '@/lib/directory/search.rules';

const NOW = new Date('2026-11-24T10:00:00Z');
const FACTS: SearchFacts = { now: NOW, isPlaceKnown: true, isDispositionKnown: true, isSymptomGroupKnown: null, discriminators: null };
const TYPED: TypedSearch = { age: '42', ageFormat: 'Years' };

function codes(typed: Partial<TypedSearch>, facts: Partial<SearchFacts> = {}): number[] {
  const checked = checkSearch({ ...TYPED, ...typed }, { ...FACTS, ...facts });
  return checked.ok ? [] : checked.error.map(({ code }) => code);
}

test.each([
  ['Days', '31', { ageDays: 31 }],
  ['Months', '1', { ageDays: 30 }],
  ['Months', '23', { ageDays: 700 }],
  ['Years', '2', { ageDays: 730 }],
  ['Years', '129', { ageDays: 47_117 }],
  ['AgeGroup', '1', { ageDays: 5844, ageDaysTo: 47_481 }],
  ['AgeGroup', '2', { ageDays: 1826, ageDaysTo: 5843 }],
  ['AgeGroup', '3', { ageDays: 365, ageDaysTo: 1825 }],
  ['AgeGroup', '4', { ageDays: 0, ageDaysTo: 364 }],
])('D-001, D-002: %s %s in days', (ageFormat, age, days) => {
  expect(checkSearch({ age, ageFormat }, FACTS)).toEqual({ ok: true, value: { ...days, gender: 'I', at: NOW, isDistanceForced: false } });
});

test.each<[number, Partial<TypedSearch>, Partial<SearchFacts>]>([
  [101, {}, { isPlaceKnown: false }],
  [119, { ageFormat: 'Weeks' }, {}],
  [114, { age: '' }, {}],
  [114, { age: '4.5' }, {}],
  [115, { age: '32', ageFormat: 'Days' }, {}],
  [116, { age: '0', ageFormat: 'Months' }, {}],
  [117, { age: '1', ageFormat: 'Years' }, {}],
  [117, { age: '130', ageFormat: 'Years' }, {}],
  [118, { age: '8', ageFormat: 'AgeGroup' }, {}],
  [106, { gender: 'X' }, {}],
  [105, { searchDistance: '100' }, {}],
  [105, { searchDistance: '0' }, {}],
  [113, { isDistanceForced: true }, {}],
  [108, { searchDateTime: 'soon' }, {}],
  [109, { searchDateTime: '2027-11-26T10:00:00Z' }, {}],
  [110, { searchDateTime: '2026-11-24T09:58:59Z' }, {}],
  [120, {}, { isSymptomGroupKnown: false }],
  [104, {}, { isSymptomGroupKnown: true, discriminators: { given: 2, valid: 0 } }],
  [121, {}, { isDispositionKnown: false }],
])('D-045: code %s', (code, typed, facts) => {
  expect(codes(typed, facts)).toEqual([code]);
});

test('D-001: what is just within the bounds passes', () => {
  expect(codes({ searchDistance: '99', searchDateTime: '2026-11-24T09:59:00Z' })).toEqual([]);
  expect(codes({ searchDistance: '1', gender: 'F' }, { isSymptomGroupKnown: true, discriminators: { given: 2, valid: 1 } })).toEqual([]);
});

test('D-046: every fault at once, in the order of the fields', () => {
  expect(
    codes({ age: 'x', ageFormat: 'Days', gender: 'x', searchDistance: 'x', searchDateTime: 'x' }, { isPlaceKnown: false, isSymptomGroupKnown: false, isDispositionKnown: false, discriminators: { given: 1, valid: 0 } }),
  ).toEqual([101, 114, 106, 105, 108, 120, 104, 121]);
});
