import { expect, test } from 'vitest';
import { isUnderWay } from '@/lib/booking/call.rules';
import { addMinutes } from '@/lib/platform/time';

const NOW = new Date('2026-11-24T10:00:00Z');
const MOVES = { id: 'a', version: 1, reference: 'ONW-7K3P-92', startsAt: addMinutes(NOW, 60), serviceId: 's', serviceName: 'Wharfedale UTC' };

test.each([
  [{ state: 'open' as const, moves: null, endedAt: null }, true],
  [{ state: 'booked' as const, moves: MOVES, endedAt: addMinutes(NOW, -600) }, true],
  [{ state: 'booked' as const, moves: null, endedAt: addMinutes(NOW, -29) }, true],
  [{ state: 'closed' as const, moves: null, endedAt: addMinutes(NOW, -30) }, false],
  [{ state: 'referred' as const, moves: null, endedAt: addMinutes(NOW, -600) }, false],
])('whether a call is a reason to look at other appointments: %o', (call, expected) => {
  expect(isUnderWay(call, NOW)).toBe(expected);
});
