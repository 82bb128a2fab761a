import { expect, test } from 'vitest';
import { sumWords } from './sum-words';

const MORNING = { opensMinute: '09:00', closesMinute: '17:00', slotMinutes: '10', places: '1', keptBackPercent: '0' };

test('the sum says slots, how many an hour, and how many are kept back', () => {
  expect(sumWords({ ...MORNING, weekdays: '1' })).toBe('48 slots on Monday, 6 an hour');
  expect(sumWords({ ...MORNING, weekdays: '1', keptBackPercent: '20' })).toBe('48 slots on Monday, 6 an hour; 9 kept back');
});

test('several days have their week added up; one session has no day', () => {
  expect(sumWords({ ...MORNING, weekdays: '1,3,5' })).toBe('48 slots a day, 6 an hour. 144 a week on 3 days');
  expect(sumWords(MORNING)).toBe('48 slots, 6 an hour');
});

test('breaks have no slots; half a break does not count yet', () => {
  expect(sumWords({ ...MORNING, break1From: '12', break1To: '13' })).toBe('42 slots, 6 an hour');
  expect(sumWords({ ...MORNING, break2From: '12', break2To: '' })).toBe('48 slots, 6 an hour');
});

test.each([{ opensMinute: '' }, { closesMinute: '08:00' }, { slotMinutes: '0' }, { places: 'two' }])('what cannot be counted yet says what is missing: %o', (typed) => {
  expect(sumWords({ ...MORNING, ...typed })).toMatch(/^Enter the hours/);
});
