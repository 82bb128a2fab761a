import { expect, test } from 'vitest';
import { answeredWords, entriesWords, sourceState } from '@/components/registry/source-words';

const NOW = new Date('2026-11-24T10:00:00Z');

test('a source that rests says until when, unless it is off or its rest is over', () => {
  const restsUntil = new Date('2026-11-24T10:05:00Z');
  expect(sourceState({ isOn: true, restsUntil }, NOW)).toEqual({ tone: 'amber', words: 'Resting until 10:05' });
  expect(sourceState({ isOn: false, restsUntil }, NOW)).toEqual({ tone: 'grey', words: 'Off' });
  expect(sourceState({ isOn: true, restsUntil }, restsUntil)).toEqual({ tone: 'green', words: 'On' });
  expect(sourceState({ isOn: true, restsUntil: null }, NOW)).toEqual({ tone: 'green', words: 'On' });
});

test('entries are counted, and those not confirmed only when there are some', () => {
  expect([{ current: 0, unconfirmed: 0 }, { current: 12, unconfirmed: 0 }, { current: 12, unconfirmed: 3 }].map(entriesWords)).toEqual(['None', '12 to re-read', '12 to re-read, 3 of them not confirmed']);
});

test('a source that never answered says so', () => {
  expect(answeredWords({ readAt: null }, NOW)).toBe('Never');
  expect(answeredWords({ readAt: new Date('2026-11-23T10:00:00Z') }, NOW)).toBe('yesterday 10:00');
});
