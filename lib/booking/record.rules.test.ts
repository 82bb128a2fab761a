import { expect, test } from 'vitest';
import { actorsOf, idsIn } from '@/lib/booking/record.rules';
import { callEvent, type CallEvent } from '@/lib/booking/record.schema';

const held = (by?: string): CallEvent => callEvent.parse({ kind: 'slot-let-go', slotId: 'slot-1', by });
const handed = (from: string, to: string, by = from): CallEvent => callEvent.parse({ kind: 'handed-over', from, to, by });

test('an event is of whoever had the call when it happened, through any number of hand-overs', () => {
  const actors = actorsOf([held(), handed('asha', 'ben'), held(), handed('ben', 'cleo', 'cleo'), held()], 'cleo');

  expect(actors.map(({ actorId }) => actorId)).toEqual(['asha', 'asha', 'ben', 'cleo', 'cleo']);
  expect(actors.map(({ isHandler }) => isHandler)).toEqual([true, true, true, false, true]);
});

test('an event with a doer of its own is theirs, and says so when they did not have the call', () => {
  expect(actorsOf([held('supervisor'), held('asha')], 'asha')).toEqual([
    { actorId: 'supervisor', isHandler: false },
    { actorId: 'asha', isHandler: true },
  ]);
});

test('an event of an unknown kind is of whoever had the call', () => {
  expect(actorsOf([null], 'asha')).toEqual([{ actorId: 'asha', isHandler: true }]);
});

test('every id that the words need is looked up, each once', () => {
  const shown = callEvent.parse({ kind: 'services-shown', services: [{ id: 'a', freeInTime: 0 }, { id: 'b', freeInTime: 2 }], isCatchAll: false, distanceKm: 60, matched: 9 });
  const skipped = callEvent.parse({ kind: 'services-skipped', serviceId: 'b', reasons: { a: 31 } });
  const lost = callEvent.parse({ kind: 'slot-held', slotId: 's2', heldUntil: '2026-11-24T10:05:00.000Z', released: null, insteadOf: 's1' });
  const booked = callEvent.parse({ kind: 'booked', appointmentId: 'new', replaces: 'old', rule: 'TF-04', minutesOver: 25, callerInformed: true, approvedBy: 'doctor', approvalReason: 'No other slot' });

  expect(idsIn([shown, skipped, null, lost, booked, handed('asha', 'ben')])).toEqual({
    services: ['a', 'b'],
    slots: ['s2', 's1'],
    appointments: ['new', 'old'],
    staff: ['doctor', 'asha', 'ben'],
    rejectReasons: [31],
  });
});
