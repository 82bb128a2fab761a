import { expect, test } from 'vitest';
import { capacityWords, leverDoneWords, resetWords } from '@/components/schedule/lever-words';

const NOW = new Date('2026-11-24T10:00:00Z');

test.each([
  ['later today', '2026-11-24T13:00:00Z', 'until 13:00'],
  ['at the midnight that ends today', '2026-11-25T00:00:00Z', 'until the end of today'],
  ['at the midnight that ends another day', '2026-11-27T00:00:00Z', 'until the end of Thu 26 Nov'],
  ['on another day', '2026-11-25T01:30:00Z', 'until Wed 25 Nov 01:30'],
])('capacity that ends %s says so', (_when, resetsAt, words) => {
  expect(resetWords(new Date(resetsAt), NOW)).toBe(words);
});

test('U-016: the capacity in a word, with its end when it has one', () => {
  expect(capacityWords({ colour: 'green', resetsAt: null }, NOW)).toBe('Capacity: green');
  expect(capacityWords({ colour: 'amber', resetsAt: new Date('2026-11-24T13:00:00Z') }, NOW)).toBe('Capacity: amber until 13:00');
});

test('each lever that acts at once says what it did; an address that was made up says nothing of its own', () => {
  expect(leverDoneWords({ done: 'released', slots: '6' })).toBe('6 kept-back slots are open to calls now');
  expect(leverDoneWords({ done: 'released', slots: '1' })).toBe('1 kept-back slot is open to calls now');
  expect(leverDoneWords({ done: 'released', slots: 'many <b>' })).toBe('Kept-back slots are open to calls now');
  expect(leverDoneWords({ done: 'stopped' })).toMatch(/^Bookings are off/);
  expect(leverDoneWords({ done: 'started' })).toMatch(/^Bookings are on/);
  expect(leverDoneWords({ done: 'capacity' })).toBe('Capacity is set');
  expect(leverDoneWords({ done: 'something else' })).toBeNull();
  expect(leverDoneWords({})).toBeNull();
});
