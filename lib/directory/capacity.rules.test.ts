import { expect, test } from 'vitest';
import { capacityAt } from '@/lib/directory/capacity.rules';

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
