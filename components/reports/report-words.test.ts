import { expect, test } from 'vitest';
import { countWords, leadWords, medianWords } from '@/components/reports/report-words';

test.each([
  [{ fromHours: 0, toHours: 1 }, 'under 1 h'],
  [{ fromHours: 4, toHours: 8 }, '4 to 8 h'],
  [{ fromHours: 8, toHours: 24 }, '8 to 24 h'],
  [{ fromHours: 24, toHours: 72 }, '1 to 3 days'],
  [{ fromHours: 168, toHours: null }, 'over 7 days'],
])('a stretch of lead time %j is %s', (bucket, words) => {
  expect(leadWords(bucket)).toBe(words);
});

test('a median is told in hours and minutes, and so is that there is none', () => {
  expect(medianWords(199.6)).toBe('3 h 20 min');
  expect(medianWords(null)).toBe('none');
});

test.each([[0, '0'], [999, '999'], [1240, '1,240'], [1234567, '1,234,567']])('%i is written %s', (count, words) => {
  expect(countWords(count)).toBe(words);
});
