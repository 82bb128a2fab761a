import { expect, test } from 'vitest';
import { breaksWords, daysWords, keptBackWords, scheduleWords } from './pattern-words';

test.each([
  [[1, 2, 3, 4, 5], 'Mon to Fri'],
  [[5, 1, 3], 'Mon, Wed and Fri'],
  [[6, 7], 'Sat and Sun'],
  [[2], 'Tue'],
  [[1, 2, 3, 4, 5, 6, 7], 'every day'],
])('the weekdays %o are "%s"', (weekdays, words) => {
  expect(daysWords(weekdays)).toBe(words);
});

test('a schedule says what is not known of it', () => {
  const nobody = { name: null, channel: null, practitionerRole: null, practitionerName: null, practitionerGender: null };
  expect(scheduleWords(nobody)).toBe('Channel not stated · Role not stated');
  expect(scheduleWords({ ...nobody, name: 'Room 2', channel: 'telephone', practitionerRole: 'GP' })).toBe('Room 2 · Telephone · GP');
});

test('breaks and what is kept back are said, and said to be none', () => {
  expect(breaksWords({ breaks: [{ fromMinute: 720, toMinute: 780 }] })).toBe('12:00–13:00');
  expect(breaksWords({ breaks: [] })).toBe('none');
  expect(keptBackWords({ keptBackPercent: 20, releaseMinutes: 60 })).toBe('20 %, open to 111 60 min before');
  expect(keptBackWords({ keptBackPercent: 0, releaseMinutes: 60 })).toBe('none');
});
