import { describe, expect, test } from 'vitest';
import { decideChanger, decideDirect, decideDirectChange } from '@/lib/booking/direct.rules';
import type { AppointmentNow } from '@/lib/booking/rules';
import { addMinutes } from '@/lib/platform/time';

const NOW = new Date('2026-11-24T10:00:00Z');
const [START, END] = [addMinutes(NOW, 60), addMinutes(NOW, 90)];
const FREE = { status: 'free', scheduleId: 'a schedule', startsAt: START, endsAt: END, heldByCall: null, heldUntil: null, keptBackUntil: null, offeredFrom: null, offeredUntil: null } as const;
const SERVICE = { dosId: '2000080401', name: 'Marsh Lane', isBookable: true, refusesFrom: ['Y99909'] };
const ASKER = { organisation: { code: 'Y99901' }, services: { book: ['*'], cancel: ['*'] } };
const REQUEST = { slot: { id: 'a slot', scheduleId: 'A SCHEDULE', startsAt: START, endsAt: END }, startsAt: START, endsAt: END };

type Given = { slot?: object; service?: object; asker?: object; request?: object };

function codeOf({ slot, service, asker, request }: Given): string {
  const outcome = decideDirect({ slot: { ...FREE, ...slot }, service: { ...SERVICE, ...service } }, { asker: { ...ASKER, ...asker }, request: { ...REQUEST, ...request } }, NOW);
  return outcome.ok ? 'ok' : outcome.error.code;
}

describe('a booking of another system', () => {
  const REFUSED = { asker: { organisation: { code: 'Y99909' } } };
  const DIFFERS = { request: { ...REQUEST, slot: { ...REQUEST.slot, scheduleId: 'another' } } };
  const OUTSIDE = { request: { endsAt: addMinutes(END, 1) } };
  const BEGUN = { slot: { startsAt: NOW }, request: { slot: { ...REQUEST.slot, startsAt: NOW }, startsAt: NOW } };
  test.each<[string, Given, string]>([
    ['of a free slot', {}, 'ok'],
    ['by a client that is registered for the service', { asker: { services: { book: ['2000080401'], cancel: [] } } }, 'ok'],
    ['B-409: by one that is registered for others', { asker: { services: { book: ['2000080402'], cancel: ['*'] } } }, 'organisation-refused'],
    ['B-409: by an organisation that the service refuses', REFUSED, 'organisation-refused'],
    ['B-409: in another schedule', DIFFERS, 'slot-differs'],
    ['X-38: of a slot that is only named', { request: { slot: { id: 'a slot', scheduleId: null, startsAt: null, endsAt: null } } }, 'ok'],
    ['B-410, X-16: of the first minutes', { request: { endsAt: addMinutes(START, 10) } }, 'ok'],
    ['B-410: beyond its end', OUTSIDE, 'times-outside-slot'],
    ['B-410: that ends where it starts', { request: { endsAt: START } }, 'times-outside-slot'],
    ['B-410: that starts later than the slot', { request: { startsAt: addMinutes(START, 1) } }, 'times-outside-slot'],
    ['B-411: of a slot that begins now', BEGUN, 'slot-in-past'],
    ['B-412: of a busy one', { slot: { status: 'busy' } }, 'slot-taken'],
    ['B-412: of a held one', { slot: { heldUntil: addMinutes(NOW, 1) } }, 'slot-held'],
    ['B-412: of one whose hold ends now', { slot: { heldUntil: NOW } }, 'ok'],
    ['B-413: of a withdrawn one', { slot: { status: 'withdrawn' } }, 'slot-withdrawn'],
    ['B-413: at a service that takes no bookings', { service: { isBookable: false } }, 'service-not-bookable'],
    ['B-413: at the last moment of notice', { slot: { offeredUntil: NOW } }, 'ok'],
    ['B-413: after it', { slot: { offeredUntil: addMinutes(NOW, -1) } }, 'slot-notice-passed'],
    ['B-413: of one that is kept back', { slot: { keptBackUntil: addMinutes(NOW, 1) } }, 'slot-kept-back'],
    ['B-413: of one that is not open yet', { slot: { offeredFrom: addMinutes(NOW, 1) } }, 'slot-not-open-yet'],
    ['in order: refused before it differs', { ...REFUSED, ...DIFFERS }, 'organisation-refused'],
    ['in order: differs before its times', { request: { ...DIFFERS.request, ...OUTSIDE.request } }, 'slot-differs'],
    ['in order: past before taken', { ...BEGUN, slot: { ...BEGUN.slot, status: 'busy' } }, 'slot-in-past'],
    ['in order: taken before the rules of every door', { slot: { status: 'busy', keptBackUntil: END }, service: { isBookable: false } }, 'slot-taken'],
  ])('%s', (_what, given, code) => {
    expect(codeOf(given)).toBe(code);
  });

  test('B-410: everything in which the slot differs is told at once', () => {
    const slot = { id: 'a slot', scheduleId: 'another', startsAt: addMinutes(START, 1), endsAt: addMinutes(END, 1) };
    const outcome = decideDirect({ slot: FREE, service: SERVICE }, { asker: ASKER, request: { ...REQUEST, slot } }, NOW);
    expect(outcome).toEqual({ ok: false, error: { code: 'slot-differs', elements: ['schedule', 'start', 'end'] } });
  });
});

describe('B-604: who may change an appointment', () => {
  test.each([
    ['any organisation', 'Y99901', 'Y99902', ['*'], true],
    ['one that the service refuses', 'Y99909', 'Y99902', ['*'], false],
    ['the same, of its own booking', 'Y99909', 'Y99909', ['*'], true],
    ['a client that is registered for the service', 'Y99901', 'Y99902', ['2000080401'], true],
    ['one that is registered for others', 'Y99901', 'Y99902', ['2000080402'], false],
    ['the same, of its own booking', 'Y99901', 'Y99901', [], false],
  ])('%s', (_who, code, bookedByCode, cancel, isAllowed) => {
    expect(decideChanger({ service: SERVICE, bookedByCode }, { organisation: { code }, services: { book: [], cancel } }).ok).toBe(isAllowed);
  });
});

describe('B-605 to B-608: a change of another system', () => {
  const BOOKED: AppointmentNow = { patientId: 'the patient', status: 'booked', startsAt: START, version: 2, releasedAt: null };
  test.each<[string, Partial<AppointmentNow>, string]>([
    ['of what is booked and not begun', {}, 'ok'],
    ['of another version', { version: 3 }, 'appointment-changed'],
    ['of another version that is cancelled and begun', { version: 3, status: 'cancelled', releasedAt: NOW, startsAt: NOW }, 'appointment-changed'],
    ['of a cancelled one that has begun', { status: 'cancelled', releasedAt: NOW, startsAt: NOW }, 'appointment-already-cancelled'],
    ['of one whose patient has arrived, and that has begun', { status: 'arrived', startsAt: NOW }, 'appointment-cannot-become'],
    ['of one that was moved', { status: 'moved', releasedAt: NOW }, 'appointment-cannot-become'],
    ['of one that begins now', { startsAt: NOW }, 'appointment-in-past'],
  ])('%s', (_what, given, code) => {
    for (const method of ['cancel', 'amend', 'enter-in-error'] as const) {
      const outcome = decideDirectChange({ ...BOOKED, ...given }, { method, version: 2 }, NOW);
      expect(outcome.ok ? 'ok' : outcome.error.code).toBe(code);
    }
  });
});
