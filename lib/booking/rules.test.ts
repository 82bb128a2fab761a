import { describe, expect, test } from 'vitest';
import { decideBooking, decideChange, decideHold, isUndoable, statusAfter, type AppointmentNow, type ChangeMethod, type SlotNow } from '@/lib/booking/rules';
import { appointmentStatus, type AppointmentStatus } from '@/lib/booking/schema';
import { canMove, WORKFLOW } from '@/lib/booking/transitions.rules';
import { addMinutes } from '@/lib/platform/time';

const NOW = new Date('2026-11-24T10:00:00Z');
const LATER = addMinutes(NOW, 60);
const FREE: SlotNow = { status: 'free', startsAt: LATER, heldByCall: null, heldUntil: null, keptBackUntil: null, offeredFrom: null, offeredUntil: null };
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
    ['kept back', { ...FREE, keptBackUntil: addMinutes(NOW, 1) }, 'slot-kept-back', 'slot-kept-back'],
    ['kept back until now', { ...FREE, keptBackUntil: NOW }, 'ok', 'hold-expired'],
    ['not open yet', { ...FREE, offeredFrom: addMinutes(NOW, 1) }, 'slot-not-open-yet', 'slot-not-open-yet'],
    ['open from now on', { ...FREE, offeredFrom: NOW }, 'ok', 'hold-expired'],
    ['at the last moment of its notice', { ...FREE, offeredUntil: NOW }, 'ok', 'hold-expired'],
    ['past its notice', { ...FREE, offeredUntil: addMinutes(NOW, -1) }, 'slot-notice-passed', 'slot-notice-passed'],
    ['past its notice and kept back', { ...FREE, offeredUntil: addMinutes(NOW, -1), keptBackUntil: addMinutes(NOW, 1) }, 'slot-notice-passed', 'slot-notice-passed'],
    ['kept back and busy', { ...FREE, status: 'busy', keptBackUntil: addMinutes(NOW, 1) }, 'slot-kept-back', 'slot-kept-back'],
    ['kept back and withdrawn', { ...FREE, status: 'withdrawn', keptBackUntil: addMinutes(NOW, 1) }, 'slot-withdrawn', 'slot-withdrawn'],
    ['past its notice while this call holds it', { ...held('mine', addMinutes(NOW, 1)), offeredUntil: addMinutes(NOW, -1) }, 'ok', 'ok'],
    ['past its notice when the hold has run out', { ...held('mine', NOW), offeredUntil: addMinutes(NOW, -1) }, 'slot-notice-passed', 'slot-notice-passed'],
    ['begun this instant', { ...held('mine', LATER), startsAt: NOW }, 'slot-in-past', 'slot-in-past'],
    ['busy and begun', { ...FREE, status: 'busy', startsAt: NOW }, 'slot-in-past', 'slot-in-past'],
  ] as const)('%s: hold %s, book %s', (_case, slot, hold, book) => {
    const code = (outcome: ReturnType<typeof decideHold>) => (outcome.ok ? 'ok' : outcome.error.code);
    expect([code(decideHold(slot, 'mine', NOW)), code(decideBooking(slot, 'mine', NOW))]).toEqual([hold, book]);
  });

  test('what calls cannot have tells when they can, or could', () => {
    const [before, after] = [addMinutes(NOW, -1), addMinutes(NOW, 1)];
    expect(decideHold({ ...FREE, keptBackUntil: after }, 'mine', NOW)).toEqual({ ok: false, error: { code: 'slot-kept-back', startsAt: LATER, releasedAt: after } });
    expect(decideHold({ ...FREE, offeredFrom: after }, 'mine', NOW)).toEqual({ ok: false, error: { code: 'slot-not-open-yet', startsAt: LATER, opensAt: after } });
    expect(decideHold({ ...FREE, offeredUntil: before }, 'mine', NOW)).toEqual({ ok: false, error: { code: 'slot-notice-passed', startsAt: LATER, lastBookableAt: before } });
  });

  test('held by another tells when it is free again', () => {
    const until = addMinutes(NOW, 4);
    expect(decideHold(held('other', until), 'mine', NOW)).toMatchObject({ error: { freeAgainAt: until } });
  });
});

describe('a change of an appointment', () => {
  const SEEN = { patientId: 'the patient', version: 2 };
  const BOOKED: AppointmentNow = { ...SEEN, status: 'booked', startsAt: LATER, releasedAt: null };
  const METHODS = ['cancel', 'move', 'amend', 'enter-in-error', 'arrive', 'fulfil', 'no-show'] as const satisfies readonly ChangeMethod[];
  const code = (appointment: AppointmentNow, method: ChangeMethod) => {
    const outcome = decideChange(appointment, { ...SEEN, method }, NOW);
    return outcome.ok ? 'ok' : outcome.error.code;
  };

  test.each([
    ['booked, as seen', BOOKED, 'ok', 'ok', 'ok'],
    ['of another patient', { ...BOOKED, patientId: 'another' }, 'appointment-other-patient', 'appointment-other-patient', 'appointment-other-patient'],
    ['of another patient, cancelled', { ...BOOKED, patientId: 'another', status: 'cancelled', releasedAt: NOW }, 'appointment-other-patient', 'appointment-other-patient', 'appointment-other-patient'],
    ['changed since', { ...BOOKED, version: 3 }, 'appointment-changed', 'appointment-changed', 'appointment-changed'],
    ['begun this instant', { ...BOOKED, startsAt: NOW }, 'appointment-in-past', 'appointment-in-past', 'ok'],
    ['begun and changed since', { ...BOOKED, startsAt: NOW, version: 3 }, 'appointment-in-past', 'appointment-in-past', 'appointment-changed'],
    ['cancelled, as seen', { ...BOOKED, status: 'cancelled', releasedAt: NOW }, 'appointment-already-cancelled', 'appointment-already-cancelled', 'appointment-already-cancelled'],
    ['cancelled since, and begun', { ...BOOKED, status: 'cancelled', version: 3, releasedAt: NOW, startsAt: NOW }, 'appointment-already-cancelled', 'appointment-already-cancelled', 'appointment-already-cancelled'],
    ['moved, as seen', { ...BOOKED, status: 'moved', releasedAt: NOW }, 'appointment-cannot-become', 'appointment-cannot-become', 'appointment-cannot-become'],
    ['arrived early, as seen', { ...BOOKED, status: 'arrived' }, 'appointment-cannot-become', 'appointment-cannot-become', 'ok'],
  ] as const)('%s: cancel or move %s, amend %s, enter in error %s', (_case, appointment, end, amend, inError) => {
    expect(METHODS.slice(0, 4).map((method) => code(appointment, method))).toEqual([end, end, amend, inError]);
  });

  test('it is early or late to arrive and to be seen; nobody stayed away before it began, at which instant they did', () => {
    const arrived = { ...BOOKED, status: 'arrived' } as const;
    const begun = { ...BOOKED, startsAt: NOW };
    expect([code(BOOKED, 'arrive'), code(begun, 'arrive'), code(arrived, 'fulfil'), code({ ...arrived, startsAt: NOW }, 'fulfil')]).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect([code(BOOKED, 'no-show'), code(begun, 'no-show')]).toEqual(['appointment-not-begun', 'ok']);
  });

  test.each([
    ['arrived', 'ok', 'booked'],
    ['fulfilled', 'ok', 'arrived'],
    ['noshow', 'ok', 'booked'],
    ['booked', 'attendance-not-recorded', 'booked'],
    ['moved', 'attendance-not-recorded', 'moved'],
    ['cancelled', 'appointment-already-cancelled', 'cancelled'],
    ['entered-in-error', 'attendance-not-recorded', 'entered-in-error'],
  ] as const)('undo, %s: %s, and then it is %s', (status, expected, then) => {
    expect(code({ ...BOOKED, status, releasedAt: status === 'cancelled' ? NOW : null }, 'undo')).toBe(expected);
    expect(statusAfter(status, 'undo')).toBe(then);
  });

  test('undo is possible until the end of the London day after, also of one marked days too early', () => {
    const at = (text: string) => isUndoable({ status: 'arrived', startsAt: new Date('2026-06-24T10:00:00Z') }, new Date(text));
    expect([at('2026-06-20T09:00:00Z'), at('2026-06-25T22:59:59Z'), at('2026-06-25T23:00:00Z')]).toEqual([true, true, false]);
  });

  const EVERY_CASE = appointmentStatus.options.flatMap((status) => METHODS.map((method) => [status, method] as const));
  test.each(EVERY_CASE)('%s, asked to %s: only as the table of transitions says', (status, method) => {
    const isReleased = status === 'cancelled' || status === 'moved' || status === 'entered-in-error';
    const startsAt = method === 'no-show' ? NOW : LATER;
    expect(code({ ...BOOKED, status, startsAt, releasedAt: isReleased ? NOW : null }, method)).toBe(expected(status, method));
  });

  function expected(status: AppointmentStatus, method: ChangeMethod): string {
    if (status === 'cancelled') return 'appointment-already-cancelled';
    if (method === 'amend') return status === 'booked' ? 'ok' : 'appointment-cannot-become';
    return canMove('appointment', status, statusAfter(status, method)) ? 'ok' : 'appointment-cannot-become';
  }
});

describe('the state tables', () => {
  test('only what is in the table may happen', () => {
    expect(canMove('slot', 'free', 'held')).toBe(true);
    expect(canMove('slot', 'free', 'busy')).toBe(true);
    expect(canMove('slot', 'withdrawn', 'busy')).toBe(false);
    expect(canMove('appointment', 'booked', 'cancelled')).toBe(true);
    expect(canMove('appointment', 'cancelled', 'booked')).toBe(false);
    expect(canMove('call', 'booked', 'open')).toBe(false);
  });

  test('nothing leads out of a cancelled, moved or mistaken appointment, nor out of an ended call', () => {
    const left = new Set<string>([...WORKFLOW.appointment, ...WORKFLOW.call].map(({ from }) => from));
    expect([...left].toSorted()).toEqual(['arrived', 'booked', 'fulfilled', 'noshow', 'open']);
    expect(WORKFLOW.call.some(({ from }) => from === 'booked')).toBe(false);
  });
});
