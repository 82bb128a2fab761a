import { expect, test } from 'vitest';
import { appliedWords, planWords } from '@/components/schedule/plan-words';
import type { DayOfPlan } from '@/lib/booking/proposal.schema';
import { addDays } from '@/lib/platform/time';
import { londonDate } from '@/lib/platform/time-words';

const A_TUESDAY_AT_TEN = new Date('2026-11-24T10:00:00Z');
const TODAY = londonDate(A_TUESDAY_AT_TEN);
const day = (given: Partial<DayOfPlan> = {}): DayOfPlan => ({ ...{ date: TODAY, serviceId: 's', schedules: [], added: 0, keptBack: 0, changed: 0, withdrawn: 0, affected: 0, refitted: 0 }, ...given });
const words = (...days: DayOfPlan[]) => planWords(days, A_TUESDAY_AT_TEN);

test.each([
  [[day({ added: 1 })], '1 slot is added on Tue 24 Nov; nobody who is booked is affected.'],
  [[day({ added: 6, withdrawn: 2, affected: 1 }), day({ date: addDays(TODAY, 7), added: 6 })], '12 slots are added, 2 removed on 2 Tuesdays; 1 patient is affected.'],
  [[day({ withdrawn: 3 }), day({ date: addDays(TODAY, 1), withdrawn: 3, affected: 2 })], '6 slots are removed on 2 days; 2 patients are affected.'],
  [[day({ affected: 2 })], 'No free slot is added or removed; 2 patients are affected.'],
  [[day({ changed: 4 })], 'No slot is added or removed; 4 slots change their rules on Tue 24 Nov.'],
  [[], 'No slot is added or removed. Nobody who is booked is affected.'],
])('a plan in one sentence', (days, sentence) => {
  expect(words(...days)).toBe(sentence);
});

test('what was done, and who is to be contacted', () => {
  expect(appliedWords({ at: A_TUESDAY_AT_TEN, added: 1, withdrawn: 2, affected: 0 })).toBe('1 slot added, 2 removed. Nobody who is booked was affected.');
  expect(appliedWords({ at: A_TUESDAY_AT_TEN, added: 0, withdrawn: 2, affected: 3 })).toBe('0 slots added, 2 removed. 3 patients are on the list of people to contact.');
});
