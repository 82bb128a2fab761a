import { expect, test } from 'vitest';
import { attemptsWords, happenedWords, untilWords, whoseWords } from '@/components/schedule/contact-words';
import { addMinutes } from '@/lib/platform/time';

const NOW = new Date('2026-11-24T10:00:00Z');
const told = (minutes: number, serviceName = 'Leeds UTC') => ({ id: 'a', reference: 'ONW-7K3P-92', startsAt: addMinutes(NOW, minutes), serviceName });

test.each([
  ['moved', told(60), told(140), 'Moved from 11:00 to 12:20: Staff training'],
  ['moved', told(60), told(24 * 60), 'Moved from 11:00 to tomorrow 10:00: Staff training'],
  ['moved', told(24 * 60), told(25 * 60), 'Moved from tomorrow 10:00 to 11:00: Staff training'],
  ['moved', told(60), told(140, 'Otley UTC'), 'Moved from 11:00 to 12:20 at Otley UTC: Staff training'],
  ['cancelled', told(60), null, 'Cancelled: Staff training'],
  ['orphaned', told(60), null, 'No place any more at 11:00: Staff training'],
  ['orphaned', told(24 * 60), null, 'No place any more tomorrow 10:00: Staff training'],
] as const)('what happened to one that was %s is said with both times and why (%#)', (cause, appointment, instead, words) => {
  expect(happenedWords({ cause, reason: 'Staff training', appointment, instead }, NOW)).toBe(words);
});

test('without a reason nothing dangles', () => {
  expect(happenedWords({ cause: 'cancelled', reason: '', appointment: told(60), instead: null }, NOW)).toBe('Cancelled');
});

test.each([
  [40, 'in 40 min'],
  [0, 'in 0 min'],
  [-10, 'began 10 min ago'],
  [24 * 60, ''],
])('how soon it is, %i minutes from now', (minutes, words) => {
  expect(untilWords(addMinutes(NOW, minutes), NOW)).toBe(words);
});

test('how often somebody was rung, and what came of it last', () => {
  expect(attemptsWords({ count: 0, last: null }, NOW)).toBe('Not rung yet');
  expect(attemptsWords({ count: 1, last: { at: addMinutes(NOW, -5), result: 'no-answer' } }, NOW)).toBe('Rung once: no answer 09:55');
  expect(attemptsWords({ count: 3, last: { at: addMinutes(NOW, -24 * 60), result: 'left-message' } }, NOW)).toBe('Rung 3 times, last: left a message yesterday 10:00');
});

test('a number of somebody else is said with who they are', () => {
  expect(whoseWords({ rank: 1, isPatient: true, name: null, relationship: null, phone: '07700 900153' })).toBe('the patient');
  expect(whoseWords({ rank: 2, isPatient: false, name: 'Ada Notreal', relationship: 'Mother', phone: '07700 900111' })).toBe('Mother, Ada Notreal');
});
