import { expect, test } from 'vitest';
import { closureHours, shutWords } from '@/components/schedule/closure-words';

const NOW = new Date('2026-11-24T10:00:00Z');

test.each([
  ['2026-11-25T00:00Z', '2026-11-26T00:00Z', 'Wed 25 Nov, all day'],
  ['2026-11-25T00:00Z', '2026-11-28T00:00Z', 'Wed 25 Nov to Fri 27 Nov'],
  ['2027-03-27T00:00Z', '2027-03-28T23:00Z', 'Sat 27 Mar 2027 to Sun 28 Mar 2027'],
  ['2026-11-24T10:00Z', '2026-11-24T12:30Z', 'today 10:00 to 12:30'],
  ['2026-11-24T10:00Z', '2026-11-26T12:30Z', 'today 10:00 to Thu 26 Nov 12:30'],
])('from %s to %s a service is closed %s', (startsAt, endsAt, words) => {
  expect(closureHours({ startsAt: new Date(startsAt), endsAt: new Date(endsAt) }, NOW)).toBe(words);
});

test('services of others are counted, not named', () => {
  const services = [{ id: 'a', name: 'Leeds UTC' }, { id: 'b', name: 'Otley UTC' }];
  expect(shutWords({ services, otherServices: 0 })).toBe('Leeds UTC, Otley UTC');
  expect(shutWords({ services, otherServices: 1 })).toBe('Leeds UTC, Otley UTC, 1 more that is not yours');
});
