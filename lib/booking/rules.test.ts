import { describe, expect, test } from 'vitest';
import { decideBooking, decideCancel, decideHold, type SlotNow } from '@/lib/booking/rules';
import { canMove, TRANSITIONS } from '@/lib/booking/transitions.rules';
import { addMinutes } from '@/lib/platform/time';

const NOW = new Date('2026-11-24T10:00:00Z');
const LATER = addMinutes(NOW, 60);
const FREE: SlotNow = { status: 'free', startsAt: LATER, heldByCall: null, heldUntil: null };
const held = (by: string, until: Date): SlotNow => ({ ...FREE, heldByCall: by, heldUntil: until });

describe('a slot', () => {
  test.each([
    ['free', FREE, 'ok', 'hold-expired'],
    ['held by this call', held('mine', addMinutes(NOW, 1)), 'ok', 'ok'],
    ['held by this call until now', held('mine', NOW), 'ok', 'hold-expired'],
    ['held by another', held('other', addMinutes(NOW, 1)), 'slot-held', 'slot-held'],
    ['held by another until now', held('other', NOW), 'ok', 'hold-expired'],
    ['busy', { ...FREE, status: 'busy' }, 'slot-taken', 'slot-taken'],
    ['withdrawn', { ...FREE, status: 'withdrawn' }, 'slot-withdrawn', 'slot-withdrawn'],
    ['begun this instant', { ...held('mine', LATER), startsAt: NOW }, 'slot-in-past', 'slot-in-past'],
    ['busy and begun', { ...FREE, status: 'busy', startsAt: NOW }, 'slot-in-past', 'slot-in-past'],
  ] as const)('%s: hold %s, book %s', (_case, slot, hold, book) => {
    const code = (outcome: ReturnType<typeof decideHold>) => (outcome.ok ? 'ok' : outcome.error.code);
    expect([code(decideHold(slot, 'mine', NOW)), code(decideBooking(slot, 'mine', NOW))]).toEqual([hold, book]);
  });

  test('held by another tells when it is free again', () => {
    const until = addMinutes(NOW, 4);
    expect(decideHold(held('other', until), 'mine', NOW)).toMatchObject({ error: { freeAgainAt: until } });
  });
});

describe('cancelling', () => {
  const BOOKED = { status: 'booked', startsAt: LATER, version: 2, releasedAt: null } as const;
  test.each([
    ['booked, as seen', BOOKED, 'ok'],
    ['changed since', { ...BOOKED, version: 3 }, 'appointment-changed'],
    ['begun', { ...BOOKED, startsAt: NOW }, 'appointment-in-past'],
    ['cancelled', { ...BOOKED, status: 'cancelled', version: 3, releasedAt: NOW }, 'appointment-already-cancelled'],
    ['moved', { ...BOOKED, status: 'moved', releasedAt: NOW }, 'appointment-changed'],
    ['arrived early', { ...BOOKED, status: 'arrived' }, 'appointment-changed'],
  ] as const)('%s: %s', (_case, appointment, expected) => {
    const outcome = decideCancel(appointment, 2, NOW);
    expect(outcome.ok ? 'ok' : outcome.error.code).toBe(expected);
  });
});

describe('the state tables', () => {
  test('only what is in the table may happen', () => {
    expect(canMove('slot', 'free', 'held')).toBe(true);
    expect(canMove('slot', 'free', 'busy')).toBe(false);
    expect(canMove('appointment', 'booked', 'cancelled')).toBe(true);
    expect(canMove('appointment', 'cancelled', 'booked')).toBe(false);
    expect(canMove('call', 'booked', 'open')).toBe(false);
  });

  test('nothing leads out of a cancelled, moved or mistaken appointment, nor out of an ended call', () => {
    const ends = [TRANSITIONS.appointment.cancelled, TRANSITIONS.appointment.moved, TRANSITIONS.appointment['entered-in-error'], TRANSITIONS.call.booked, TRANSITIONS.call.closed];
    expect(ends.flat()).toEqual([]);
  });
});
