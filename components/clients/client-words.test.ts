import { expect, test } from 'vitest';
import { rateWords, scopesWords, servicesWords } from '@/components/clients/client-words';
import { SCOPES } from '@/lib/auth/actor';

test('what a client may do is told in words, and never as the name of a scope', () => {
  expect(scopesWords(['organization/slot.read', 'patient/appointment.read'])).toBe('Find free slots; read appointments');
  expect(scopesWords(SCOPES)).not.toMatch(/\/|\.(read|write)/);
  expect(scopesWords([])).toBe('Nothing');
});

test('B-122: that whoever may change may read as well is told once', () => {
  expect(scopesWords(['patient/appointment.read', 'patient/appointment.write'])).toBe('Book, amend, cancel and read appointments');
});

test.each([
  [['*'], 'Every service'],
  [[], 'None'],
  [['2000081434', '2000081435'], '2000081434, 2000081435'],
])('the services %j are told as “%s”', (dosIds, words) => {
  expect(servicesWords(dosIds)).toBe(words);
});

test('a rate is told with its unit', () => {
  expect(rateWords(60_000)).toBe('60,000 a minute');
});
