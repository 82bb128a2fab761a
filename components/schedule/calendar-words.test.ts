import { expect, test } from 'vitest';
import { closureWords, countWords, hoursWords, keptBackWords, lastRelease, scheduleWords } from '@/components/schedule/calendar-words';
import { parseLocalDate } from '@/lib/platform/time';
import type { LocalDate } from '@/lib/platform/time-words';
import type { ScheduleFacts } from '@/lib/schedule/schema';

const NOW = new Date('2026-11-24T10:00:00Z');
const at = (text: string) => new Date(`${text}:00Z`);

function day(text: string): LocalDate {
  const date = parseLocalDate(text);
  if (!date) throw new Error(text);
  return date;
}

test.each([
  [{ total: 30, booked: 27, unbooked: 3 }, '27 booked, 3 unbooked of 30'],
  [{ total: 60, booked: 0, unbooked: 60 }, '60 unbooked'],
  [{ total: 30, booked: 30, unbooked: 0 }, 'all 30 booked'],
  [{ total: 0, booked: 0, unbooked: 0 }, 'no slots'],
])('%o is said as %s', (counts, words) => {
  expect(countWords({ ...counts, keptBack: 0, held: 0, orphaned: 0 })).toBe(words);
});

test.each<[Partial<ScheduleFacts>, string]>([
  [{ name: 'Nurse A', practitionerRole: 'Nurse', channel: 'in-person' }, 'Nurse A'],
  [{ practitionerName: 'Dr Placeholder', practitionerRole: 'GP', channel: 'telephone' }, 'Dr Placeholder (telephone)'],
  [{ practitionerRole: 'GP', channel: 'video' }, 'GP (video)'],
  [{}, 'Role not stated (channel not stated)'],
])('the schedule %o is said as %s: nothing is assumed', (facts, words) => {
  expect(scheduleWords({ name: null, channel: null, practitionerRole: null, practitionerName: null, practitionerGender: null, ...facts })).toBe(words);
});

test('what is kept back says until when, with the day when it is another than that of the session', () => {
  const words = (first: string, last: string) => keptBackWords({ keptBack: 6, keptBackUntil: { first: at(first), last: at(last) }, date: day('2026-11-26') }, NOW);
  expect(words('2026-11-26T13:00', '2026-11-26T13:00')).toBe('6 kept back until 13:00');
  expect(words('2026-11-26T13:00', '2026-11-26T17:00')).toBe('6 kept back, the first until 13:00, the last until 17:00');
  expect(words('2026-11-25T18:00', '2026-11-25T18:00')).toBe('6 kept back until tomorrow 18:00');
  expect(keptBackWords({ keptBack: 0, keptBackUntil: null, date: day('2026-11-26') }, NOW)).toBeNull();
  expect(lastRelease([])).toBeNull();
});

test.each([
  ['2026-11-24T00:00', '2026-11-25T00:00', 'Closed all day'],
  ['2026-11-20T09:00', '2026-11-24T13:00', 'Closed until 13:00'],
  ['2026-11-24T13:00', '2026-11-30T00:00', 'Closed from 13:00'],
  ['2026-11-24T13:00', '2026-11-24T15:30', 'Closed 13:00–15:30'],
])('a closure from %s to %s is said on that day as %s', (startsAt, endsAt, words) => {
  const closure = { id: 'c', kind: 'closure' as const, reason: 'Staff training', startsAt: at(startsAt), endsAt: at(endsAt) };
  expect(closureWords(closure, day('2026-11-24'))).toBe(words);
  expect(closureWords({ ...closure, kind: 'pause' }, day('2026-11-24'))).toBe(words.replace('Closed', 'Paused'));
});

test('hours are those of the London clock', () => {
  expect(hoursWords({ opensAt: at('2026-06-24T07:00'), closesAt: at('2026-06-24T12:00') })).toBe('08:00–13:00');
});
