import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addMinutes } from '@/lib/platform/time';
import { decideCheck, firstCheckAt, isSourceDown, restUntil, retryAt, serviceRootOf, statusOfCode } from '@/lib/registry/reconcile.rules';
import type { SourceReading } from '@/lib/registry/source.schema';

const NOW = new Date('2026-11-24T10:00:00Z');
const HOUR = 60;
const DAY = 24 * HOUR;

/** An appointment that starts so many minutes after NOW and takes a quarter of an hour. */
function startingIn(minutes: number) {
  return { startsAt: addMinutes(NOW, minutes), endsAt: addMinutes(NOW, minutes + 15) };
}

function minutesFromNow(at: Date | null): number | null {
  return at && (at.getTime() - NOW.getTime()) / 60_000;
}

const BOOKED = { ...startingIn(3 * DAY), status: 'booked', checkFailures: 0 } as const;
const anAppointment = fc.record({ start: fc.integer({ min: -2 * DAY, max: 400 * DAY }), length: fc.integer({ min: 1, max: 10 * HOUR }) }).map(({ start, length }) => ({ startsAt: addMinutes(NOW, start), endsAt: addMinutes(NOW, start + length) }));

test.each([
  ['in a week: an hour before it would count as not confirmed', 7 * DAY, 23 * HOUR],
  ['tomorrow at noon: two hours before it starts comes later than that', 26 * HOUR, 23 * HOUR],
  ['tomorrow morning: two hours before it starts', 22 * HOUR, 20 * HOUR],
  ['in three hours: in one', 3 * HOUR, HOUR],
  ['in two hours: those begin now, and it will have ended by tomorrow', 2 * HOUR, null],
  ['over', -HOUR, null],
])('an entry is re-read every day and once two hours before it starts: %s', (_name, start, expected) => {
  expect(minutesFromNow(firstCheckAt(startingIn(start), NOW))).toBe(expected);
});

test('whatever it is, a check lies ahead, within a day, and before the appointment ends', () => {
  fc.assert(
    fc.property(anAppointment, (times) => {
      const at = firstCheckAt(times, NOW);
      expect(at === null || (at > NOW && at < times.endsAt && at <= addMinutes(NOW, DAY))).toBe(true);
    }),
  );
});

test('an appointment more than two hours away is read again before it starts, however often it is confirmed', () => {
  fc.assert(
    fc.property(anAppointment, (times) => {
      let [at, last] = [firstCheckAt(times, NOW), NOW];
      for (let checks = 0; at; checks += 1) {
        expect(checks).toBeLessThan(500);
        [at, last] = [firstCheckAt(times, at), at];
      }
      if (times.startsAt > addMinutes(NOW, 2 * HOUR)) expect(last >= addMinutes(times.startsAt, -2 * HOUR)).toBe(true);
    }),
  );
});

test.each([
  [1, 5],
  [2, 10],
  [3, 20],
  [7, 320],
  [8, 6 * HOUR],
  [1_000, 6 * HOUR],
])('after failure %i in a row an entry is tried again %i minutes later', (failures, expected) => {
  expect(minutesFromNow(retryAt(startingIn(7 * DAY), { failures, now: NOW }))).toBe(expected);
});

test('a failed entry is tried again no later than it would have been read anyway, and never after it ended', () => {
  expect(minutesFromNow(retryAt(startingIn(3 * HOUR), { failures: 8, now: NOW }))).toBe(HOUR);
  expect(minutesFromNow(retryAt(startingIn(HOUR), { failures: 1, now: NOW }))).toBe(5);
  expect(retryAt(startingIn(HOUR), { failures: 8, now: NOW })).toBeNull();
  fc.assert(
    fc.property(anAppointment, fc.integer({ min: 1, max: 40 }), (times, failures) => {
      const [retry, regular] = [retryAt(times, { failures, now: NOW }), firstCheckAt(times, NOW)];
      expect(retry === null || (retry > NOW && retry < times.endsAt && retry <= addMinutes(NOW, 6 * HOUR))).toBe(true);
      if (regular) expect(retry && retry <= regular).toBe(true);
    }),
  );
});

test.each([
  [1, null, 1],
  [2, null, 2],
  [6, null, 32],
  [7, null, HOUR],
  [400, null, HOUR],
  [1, 600, 10],
  [3, 60, 4],
  [1, 999_999, 6 * HOUR],
])('a source that failed %i times and asked for %s s rests %i minutes', (failures, retrySeconds, expected) => {
  expect(minutesFromNow(restUntil({ failures, retrySeconds, now: NOW }))).toBe(expected);
});

test('a source is down when nobody answers or it lets nobody in, not when one appointment is gone or cannot be read', () => {
  const nothing = (why: 'gone' | 'refused' | 'unreadable' | 'not-allowed'): SourceReading => ({ found: 'nothing', why });
  expect(isSourceDown({ found: 'nothing', why: 'unreachable', retrySeconds: null })).toBe(true);
  expect(isSourceDown(nothing('refused'))).toBe(true);
  expect([nothing('gone'), nothing('unreadable'), nothing('not-allowed')].filter(isSourceDown)).toEqual([]);
  expect(isSourceDown({ found: 'appointment', ...BOOKED })).toBe(false);
});

test('the same status and times confirm an entry, and its failures are forgotten', () => {
  const check = decideCheck({ ...BOOKED, checkFailures: 4 }, { reading: { found: 'appointment', ...BOOKED, endsAt: new Date(BOOKED.endsAt) }, now: NOW });
  expect(check).toEqual({ outcome: 'confirmed', failures: 0, dueAt: addMinutes(NOW, 23 * HOUR), change: null });
});

test('another time changes an entry, which is then due by the new one', () => {
  const moved = startingIn(4 * HOUR);
  const check = decideCheck(BOOKED, { reading: { found: 'appointment', status: 'booked', ...moved }, now: NOW });
  expect(check).toEqual({ outcome: 'changed', failures: 0, dueAt: addMinutes(NOW, 2 * HOUR), change: { status: 'booked', ...moved } });
});

test('an entry that was cancelled at its source is changed and never read again', () => {
  const check = decideCheck(BOOKED, { reading: { found: 'appointment', ...BOOKED, status: 'cancelled' }, now: NOW });
  expect(check).toMatchObject({ outcome: 'changed', dueAt: null, change: { status: 'cancelled' } });
});

test.each(['gone', 'refused', 'unreadable'] as const)('B-924: an appointment that is %s changes nothing of its entry: it is not confirmed, and tried again', (why) => {
  const check = decideCheck({ ...BOOKED, checkFailures: 1 }, { reading: { found: 'nothing', why }, now: NOW });
  expect(check).toEqual({ outcome: why, failures: 2, dueAt: addMinutes(NOW, 10), change: null });
});

test('an entry that no source allows is not due any more', () => {
  expect(decideCheck(BOOKED, { reading: { found: 'nothing', why: 'not-allowed' }, now: NOW })).toEqual({ outcome: 'not-allowed', failures: 1, dueAt: null, change: null });
});

test('the service root of a pointer is what stands before /Appointment/[id]', () => {
  expect(serviceRootOf('https://other.example.nhs.uk/STU3/Appointment/88120')).toBe('https://other.example.nhs.uk/STU3');
  expect(serviceRootOf('https://other.example.nhs.uk:8443/a/b/Appointment/a-1.b')).toBe('https://other.example.nhs.uk:8443/a/b');
});

test.each([
  'http://other.example.nhs.uk/STU3/Appointment/1',
  'https://other.example.nhs.uk/STU3/Appointment/',
  'https://other.example.nhs.uk/STU3/Appointment/..',
  'https://other.example.nhs.uk/STU3/../admin/Appointment/1',
  'https://other.example.nhs.uk/STU3/%2e%2e/Appointment/1',
  'https://other.example.nhs.uk/STU3\\..\\Appointment/1',
  'https://other.example.nhs.uk/STU3/Appointment/1?token=2',
  'https://other.example.nhs.uk/STU3/Appointment/1#/Appointment/2',
  'https://evil.example/?https://other.example.nhs.uk/STU3/Appointment/1',
  'https://other.example.nhs.uk@evil.example/STU3/Appointment/1',
  'https://u:p@other.example.nhs.uk/STU3/Appointment/1',
  'https://other.example.nhs.uk:443/STU3/Appointment/1',
  'https://OTHER.example.nhs.uk/STU3/Appointment/1',
  'https://other.example.nhs.uk/STU3/Appointment/1%2F..%2F2',
  'https://other.example.nhs.uk/STU3/Patient/1',
  'https://other.example.nhs.uk/STU3/Appointment/1/_history/2',
  'https://2130706433/STU3/Appointment/1',
  'https:///Appointment/1',
  '\thttps://other.example.nhs.uk/STU3/Appointment/1',
  'https://other.example.nhs.uk/STU3/Appointment/1\n',
])('%j is no address that is ever asked for', (url) => {
  expect(serviceRootOf(url)).toBeNull();
});

test('the statuses of FHIR are those of entries, but for what is no appointment yet, nor one of ours that was moved', () => {
  expect(['booked', 'arrived', 'fulfilled', 'cancelled', 'noshow', 'entered-in-error'].map(statusOfCode)).toEqual(['booked', 'arrived', 'fulfilled', 'cancelled', 'noshow', 'entered-in-error']);
  expect(['proposed', 'pending', 'waitlist', 'checked-in', 'moved', 'Booked', ''].map(statusOfCode)).toEqual([null, null, null, null, null, null, null]);
});
