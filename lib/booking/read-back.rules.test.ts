import { expect, test } from 'vitest';
import { readBackLines } from '@/lib/booking/read-back.rules';
import type { Channel } from '@/lib/booking/schema';

const SERVICE = {
  id: 'a-service',
  name: 'Test Urgent Treatment Centre',
  typeId: 135,
  typeName: 'Urgent Treatment Centre (UTC)',
  address: '1 Example Street, Leeds',
  postcode: 'LS1 3EX',
  publicPhone: null,
  patientInformation: 'Bring a list of your medicines.',
};

function words({ channel = 'in-person', startsAt = '2026-11-24T13:50:00Z', service = {} }: { channel?: Channel | null; startsAt?: string; service?: Partial<typeof SERVICE> | { patientInformation: null } }) {
  return readBackLines({ startsAt: new Date(startsAt), channel, reference: 'ONW-7K3P-92', service: { ...SERVICE, ...service } }).map((line) => line.words);
}

test('the whole script: when, where, how, what to bring, what if it gets worse, the reference', () => {
  expect(words({})).toEqual([
    'Your appointment is on Tuesday 24 November 2026 at 13:50.',
    'It is with Test Urgent Treatment Centre.',
    'Please go to 1 Example Street, Leeds, LS1 3EX.',
    'Bring a list of your medicines.',
    'If it gets worse, or you are worried, call 111 again. In an emergency call 999.',
    'Your reference is O N W, 7 K 3 P, 9 2.',
  ]);
});

test.each([
  ['telephone', /phone you/],
  ['video', /video call/],
  [null, /has not told us whether/],
] as const)('a channel of %s is said as such', (channel, expected) => {
  expect(words({ channel })[2]).toMatch(expected);
});

test('nothing to bring, no line about it', () => {
  expect(words({ service: { patientInformation: null } })).toHaveLength(5);
});

test('an emergency department is told as a time to arrive between', () => {
  expect(words({ service: { typeId: 105 } })[0]).toBe('Your appointment is on Tuesday 24 November 2026: arrive between 13:50 and 14:20.');
});

test('in the hour that the clocks show twice, the time says which', () => {
  expect(words({ startsAt: '2026-10-25T00:30:00Z' })[0]).toBe('Your appointment is on Sunday 25 October 2026 at 01:30 BST.');
});
