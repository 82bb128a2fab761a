import { expect, test } from 'vitest';
import { extraFaults, pauseFrom, usualExtra } from '@/lib/schedule/lever.rules';

const SESSION = { opensMinute: 8 * 60, closesMinute: 13 * 60 };
const extra = (fromMinute: number, toMinute: number) => ({ fromMinute, toMinute, places: 1 });

test('a pause begins with the present minute and lasts as long as was said', () => {
  expect(pauseFrom(new Date('2026-11-24T10:00:42.250Z'), 30)).toEqual({ startsAt: new Date('2026-11-24T10:00:00Z'), endsAt: new Date('2026-11-24T10:30:00Z') });
});

test.each([
  ['before it opens: from its beginning', '2026-11-24T06:05:00Z', 480],
  ['in it: from the next quarter of an hour', '2026-11-24T10:05:00Z', 615],
  ['on a quarter: from now', '2026-11-24T10:15:00Z', 615],
  ['in its last minutes: all of it, to be changed', '2026-11-24T12:50:00Z', 480],
])('places are added in a session, %s', (_when, now, fromMinute) => {
  expect(usualExtra(SESSION, new Date(now))).toEqual({ fromMinute, toMinute: 780 });
});

test('in summer the quarter of an hour is that of the London clock', () => {
  expect(usualExtra(SESSION, new Date('2026-07-01T09:05:00Z'))).toEqual({ fromMinute: 615, toMinute: 780 });
});

test('places are added only inside the session; what is outside is told at its field', () => {
  expect(extraFaults(SESSION, extra(480, 780))).toEqual({});
  expect(extraFaults(SESSION, extra(470, 780))).toEqual({ from: 'The session is from 08:00 to 13:00: choose a time in it' });
  expect(extraFaults(SESSION, extra(600, 790))).toEqual({ to: 'The session is from 08:00 to 13:00: end by then, or change the session first' });
  expect(Object.keys(extraFaults(SESSION, extra(780, 840)))).toEqual(['from', 'to']);
});
