import { expect, test } from 'vitest';
import { minuteWords, typedMinute, typedNumber } from '@/lib/schedule/typed.rules';

test.each([
  ['9', 540],
  ['09', 540],
  ['09:00', 540],
  ['9.30', 570],
  ['900', 540],
  ['0900', 540],
  ['1745', 1065],
  [' 17:45 ', 1065],
  ['0', 0],
  ['24:00', 1440],
])('"%s" is the minute %d of the day', (typed, minute) => {
  expect(typedMinute(typed)).toBe(minute);
});

test.each(['', 'nine', '25', '24:01', '9:5', '09:60', '-9', '9am', '12:00:00'])('"%s" is no time of day', (typed) => {
  expect(typedMinute(typed)).toBeNull();
});

test('every minute of the day is read back from its words', () => {
  for (let minute = 0; minute <= 1440; minute += 1) expect(typedMinute(minuteWords(minute))).toBe(minute);
});

test('only whole numbers count', () => {
  expect([' 12 ', '0', '1.5', '-1', '', 'ten', '1e3'].map(typedNumber)).toEqual([12, 0, null, null, null, null, null]);
});
