import { expect, test } from 'vitest';
import { countedWords, figureWords } from '@/components/crossborder/overview-words';

const NONE = { bookings: 0, pence: 0 };

test('what is owed is a sentence each way; without anything, that is said', () => {
  expect(figureWords({ owes: { bookings: 1_204, pence: 123_450 }, isOwed: { bookings: 2, pence: 0 }, within: NONE })).toEqual([
    '1,204 of your patients booked elsewhere: you owe £1,234.50.',
    '2 of other areas’ patients booked here: you are owed £0.00.',
  ]);
  expect(figureWords({ owes: NONE, isOwed: NONE, within: { bookings: 1, pence: 100 } })).toEqual(['1 booked across a border within your area, for £1.00.']);
  expect(figureWords({ owes: NONE, isOwed: NONE, within: NONE })).toEqual(['No booking has crossed a border of yours.']);
});

test('one thing waits, several wait', () => {
  expect([countedWords(1, ['question waits', 'questions wait']), countedWords(12, ['question waits', 'questions wait'])]).toEqual(['1 question waits', '12 questions wait']);
});
