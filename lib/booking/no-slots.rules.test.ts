import { describe, expect, test } from 'vitest';
import { reasonForNone, type NoSlotsFacts, type NoSlotsReason } from '@/lib/booking/no-slots.rules';
import { addMinutes } from '@/lib/platform/time';

const NOW = new Date('2026-11-24T10:00:00Z');
const at = (minutes: number) => addMinutes(NOW, minutes);

/** A service that is open, takes the patient and offers nothing in time: due in two hours. */
const NOTHING: NoSlotsFacts = {
  isBookable: true,
  isActive: true,
  takesAge: true,
  free: 0,
  keptBack: 0,
  releasedAt: null,
  opensAt: null,
  tooLate: 0,
  booked: 0,
  withdrawn: 0,
  freeAgainAt: null,
  closure: null,
  closing: null,
  open: { kind: 'open-all-hours' },
  nextAt: null,
  now: NOW,
  dueAt: at(120),
};
const CLOSURE = { startsAt: at(-10), endsAt: at(180), reason: 'No power' };
const CLOSED_UNTIL_FIVE = { kind: 'closed', opensAt: at(420) } as const;
const CLOSED_FOR_AN_HOUR = { kind: 'closed', opensAt: at(60) } as const;

const CASES: readonly [string, Partial<NoSlotsFacts>, NoSlotsReason | null][] = [
  ['one that is free: no reason at all', { free: 1, booked: 4 }, null],
  ['no bookings through Onward: nothing offered, whatever else is true', { isBookable: false, free: 1, takesAge: false }, { kind: 'nothing-offered' }],
  ['not for this age, before anything else', { takesAge: false, booked: 3, freeAgainAt: at(4) }, { kind: 'not-for-age' }],
  ['one held among booked ones: only held', { booked: 3, freeAgainAt: at(4) }, { kind: 'only-held', freeAgainAt: at(4) }],
  ['all booked, with what is free later', { booked: 3, nextAt: at(1400) }, { kind: 'fully-booked', nextAt: at(1400), hasDueTime: true }],
  ['all booked, nothing later, in a call without a due time', { booked: 3, dueAt: null }, { kind: 'fully-booked', nextAt: null, hasDueTime: false }],
  ['all booked in the hours to come, although it is closed now', { booked: 2, open: CLOSED_FOR_AN_HOUR }, { kind: 'fully-booked', nextAt: null, hasDueTime: true }],
  ['some booked, the rest withdrawn: fully booked', { booked: 1, withdrawn: 5 }, { kind: 'fully-booked', nextAt: null, hasDueTime: true }],
  ['all withdrawn: closed, without a note', { withdrawn: 5, nextAt: at(1400) }, { kind: 'closed', note: null, closure: null, nextAt: at(1400) }],
  ['closed today by a specified date: closed, and why', { closing: { note: 'Staff training' }, open: CLOSED_UNTIL_FIVE }, { kind: 'closed', note: 'Staff training', closure: null, nextAt: null }],
  ['closed today, but open again before the due time: it opens', { closing: { note: 'Staff training' }, open: CLOSED_FOR_AN_HOUR }, { kind: 'opens-at', at: at(60), nextAt: null }],
  ['closed by a closure that has begun: until when, and why', { withdrawn: 5, closure: CLOSURE }, { kind: 'closed', note: 'No power', closure: { from: null, until: at(180) }, nextAt: null }],
  ['closed by a closure to come: from when too', { closure: { ...CLOSURE, startsAt: at(30) } }, { kind: 'closed', note: 'No power', closure: { from: at(30), until: at(180) }, nextAt: null }],
  ['closed for a while, and the rest booked: fully booked', { booked: 1, withdrawn: 2, closure: CLOSURE }, { kind: 'fully-booked', nextAt: null, hasDueTime: true }],
  ['no longer active, whatever the closure says: closed', { isActive: false, closure: CLOSURE }, { kind: 'closed', note: null, closure: null, nextAt: null }],
  ['some booked, the rest kept back: when the first is released', { booked: 3, keptBack: 2, releasedAt: at(30) }, { kind: 'kept-back', releasedAt: at(30), nextAt: null }],
  ['some booked, the rest past their notice', { booked: 3, tooLate: 1, nextAt: at(1400) }, { kind: 'notice-passed', nextAt: at(1400) }],
  ['not open for booking yet', { opensAt: at(60) }, { kind: 'not-open-yet', opensAt: at(60), nextAt: null }],
  ['one held, others kept back: held, which is over sooner', { keptBack: 2, releasedAt: at(30), freeAgainAt: at(4) }, { kind: 'only-held', freeAgainAt: at(4) }],
  ['no longer active: closed', { isActive: false }, { kind: 'closed', note: null, closure: null, nextAt: null }],
  ['closed now, open at five', { open: CLOSED_UNTIL_FIVE, nextAt: at(430) }, { kind: 'opens-at', at: at(420), nextAt: at(430) }],
  ['open, but its slots begin after the due time', { nextAt: at(150) }, { kind: 'outside-window', nextAt: at(150) }],
  ['open, and no slots at all', {}, { kind: 'nothing-offered' }],
  ['hours not known, and no slots at all', { open: { kind: 'unknown' } }, { kind: 'nothing-offered' }],
];

describe('the true reason for no slots (U-058)', () => {
  test.each(CASES)('%s', (_name, facts, expected) => {
    expect(reasonForNone({ ...NOTHING, ...facts })).toEqual(expected);
  });
});
