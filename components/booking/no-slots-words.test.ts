import { expect, test } from 'vitest';
import { noSlotsWords } from '@/components/booking/no-slots-words';
import type { NoSlotsReason } from '@/lib/booking/no-slots.rules';

const NOW = new Date('2026-11-24T10:00:00Z');
const ONE = new Date('2026-11-24T13:00:00Z');
const TOMORROW = new Date('2026-11-25T09:10:00Z');

const CASES: readonly [NoSlotsReason, string][] = [
  [{ kind: 'not-for-age' }, 'Not for patients of this age. Choose another service.'],
  [{ kind: 'closed', note: 'Staff training', closure: null, nextAt: TOMORROW }, 'Closed: Staff training. Next free tomorrow 09:10.'],
  [{ kind: 'closed', note: null, closure: null, nextAt: null }, 'Closed. Nothing is free later either.'],
  [{ kind: 'closed', note: 'Staff training', closure: { from: null, until: ONE }, nextAt: TOMORROW }, 'Closed until 13:00: Staff training. Next free tomorrow 09:10.'],
  [{ kind: 'closed', note: 'No power', closure: { from: ONE, until: TOMORROW }, nextAt: null }, 'Closed from 13:00 until tomorrow 09:10: No power. Nothing is free later either.'],
  [{ kind: 'kept-back', releasedAt: ONE, nextAt: TOMORROW }, 'What is left is kept back by the service for its own patients, the first until 13:00. Next free tomorrow 09:10.'],
  [{ kind: 'kept-back', releasedAt: null, nextAt: TOMORROW }, 'What is left is kept back by the service for its own patients. Next free tomorrow 09:10.'],
  [{ kind: 'notice-passed', nextAt: TOMORROW }, 'Too late to book what is left before the due time: the service needs longer notice. Next free tomorrow 09:10.'],
  [{ kind: 'not-open-yet', opensAt: ONE, nextAt: null }, 'Not open for booking yet: the first slot opens 13:00. Nothing is free later either.'],
  [{ kind: 'opens-at', at: new Date('2026-11-24T18:00:00Z'), nextAt: TOMORROW }, 'Closed now, opens 18:00. Next free tomorrow 09:10.'],
  [{ kind: 'only-held', freeAgainAt: new Date('2026-11-24T10:03:30Z') }, 'Everything in time is held by other calls or booked. Free again in up to 4 min, unless they book it.'],
  [{ kind: 'fully-booked', nextAt: TOMORROW, hasDueTime: true }, 'Fully booked until the due time. Next free tomorrow 09:10.'],
  [{ kind: 'fully-booked', nextAt: null, hasDueTime: false }, 'Fully booked for the coming week. Nothing is free later either.'],
  [{ kind: 'outside-window', nextAt: TOMORROW }, 'Nothing is offered before the due time. Next free tomorrow 09:10.'],
  [{ kind: 'nothing-offered' }, 'No appointments are offered here. Choose another service.'],
];

test.each(CASES)('U-058: %o says what is true and what is free later', (reason, words) => {
  expect(noSlotsWords(reason, NOW)).toBe(words);
});
