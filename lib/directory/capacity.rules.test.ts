import { expect, test } from 'vitest';
import { capacityAt, endOfDay, resetTimes } from '@/lib/directory/capacity.rules';

const NOW = new Date('2026-11-24T10:00:00Z');
const LATER = new Date('2026-11-24T10:15:00Z');

test.each([
  ['never said is High', null, 'High'],
  ['green is High', { colour: 'green', resetsAt: null }, 'High'],
  ['amber is Low', { colour: 'amber', resetsAt: LATER }, 'Low'],
  ['red is None', { colour: 'red', resetsAt: LATER }, 'None'],
  ['red whose reset time is now is High again', { colour: 'red', resetsAt: NOW }, 'High'],
  ['amber whose reset time has gone is High again', { colour: 'amber', resetsAt: new Date('2026-11-24T09:00:00Z') }, 'High'],
])('D-028 to D-030: %s', (_words, state, capacity) => {
  expect(capacityAt(state, NOW)).toBe(capacity);
});

const clock = (times: readonly Date[]) => times.map((time) => time.toISOString().slice(8, 16));

test('D-029: the times to choose from are quarters of an hour, and ends of London days, at most five days ahead', () => {
  expect(clock(resetTimes(new Date('2026-11-24T10:07:00Z')))).toEqual(['24T10:45', '24T11:15', '24T12:15', '24T14:15', '25T00:00', '26T00:00', '27T00:00', '28T00:00', '29T00:00']);
});

test('late in the evening the end of the day is too near to choose, and each time is there once', () => {
  expect(clock(resetTimes(new Date('2026-11-24T23:50:00Z')))).toEqual(['25T00:30', '25T01:00', '25T02:00', '25T04:00', '26T00:00', '27T00:00', '28T00:00', '29T00:00']);
  expect(clock(resetTimes(new Date('2026-11-24T23:30:00Z'))).slice(0, 2)).toEqual(['25T00:00', '25T00:30']);
});

test('the day ends at midnight in London, also in summer', () => {
  expect(endOfDay(new Date('2026-07-01T22:30:00Z'))).toEqual(new Date('2026-07-01T23:00:00Z'));
  expect(endOfDay(new Date('2026-07-01T23:00:00Z'))).toEqual(new Date('2026-07-02T23:00:00Z'));
});
