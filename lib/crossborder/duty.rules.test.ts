import { expect, test } from 'vitest';
import { dutyEnds, isDutyEnd, usualDutyEnd } from '@/lib/crossborder/duty.rules';
import { dutyRequest } from '@/lib/crossborder/duty.schema';

const NOW = new Date('2026-11-24T10:25:30Z');

test('every end that is offered may be chosen, the usual one among them', () => {
  const ends = dutyEnds(NOW);
  expect(ends).toHaveLength(14);
  expect(ends[0]).toEqual(new Date('2026-11-24T11:00:00Z'));
  expect(ends.at(-1)).toEqual(new Date('2026-11-25T00:00:00Z'));
  expect(ends.every((end) => isDutyEnd(end, NOW))).toBe(true);
  expect(ends).toContainEqual(usualDutyEnd(NOW));
});

test.each([
  ['2026-11-24T10:25:30.000Z', 'over at this moment'],
  ['2026-11-24T09:00:00.000Z', 'over since the page was opened'],
  ['2026-11-25T00:25:31.000Z', 'more than 14 hours away'],
])('a duty does not end at %s: %s', (until) => {
  expect(isDutyEnd(new Date(until), NOW)).toBe(false);
  expect(dutyRequest(NOW).safeParse({ until }).success).toBe(false);
});

test.each(['', 'tonight', '2026-11-24'])('what is no instant (%s) is no end', (until) => {
  expect(dutyRequest(NOW).safeParse({ until }).success).toBe(false);
});
