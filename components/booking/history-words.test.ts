import { describe, expect, test } from 'vitest';
import { historyOf } from '@/components/booking/history-words';
import type { AppointmentVersion } from '@/lib/booking/appointment.schema';
import { addMinutes } from '@/lib/platform/time';

const NOW = new Date('2026-11-24T10:45:00Z');
const FIRST: AppointmentVersion = {
  version: 1,
  at: new Date('2026-11-23T16:20:00Z'),
  actorName: 'Asha Begum',
  provenance: null,
  status: 'booked',
  reason: 'Earache',
  startsAt: new Date('2026-11-24T13:50:00Z'),
  cancelReason: null,
  cancelText: null,
};
const NOTHING = { cancelled: null, inError: null, replaces: null, replacedBy: null };
const SEALED = { id: 'other', startsAt: new Date('2026-11-26T10:30:00Z'), isOpen: false } as const;
const OTHER = { ...SEALED, isOpen: true, reference: 'ONW-7K3P-92', serviceName: 'Test UTC' } as const;

const then = (change: Partial<AppointmentVersion>): AppointmentVersion => ({ ...FIRST, version: 2, at: addMinutes(NOW, -3), actorName: 'Ben Clarke', ...change });

test('one that nobody touched was booked, when and by whom', () => {
  expect(historyOf({ ...NOTHING, versions: [FIRST] }, NOW)).toEqual([{ version: 1, what: 'Booked', when: 'yesterday at 16:20 by Asha Begum', why: null }]);
});

test('one that replaced another says which', () => {
  expect(historyOf({ ...NOTHING, replaces: OTHER, versions: [FIRST] }, NOW)[0]?.what).toBe('Booked instead of ONW-7K3P-92');
  expect(historyOf({ ...NOTHING, replaces: SEALED, versions: [FIRST] }, NOW)[0]?.what).toBe('Booked instead of a sealed appointment');
});

test('a reason that changed is told with both texts, the latest change first (U-118)', () => {
  const versions = [FIRST, then({ reason: 'Earache and fever' }), then({ version: 3, reason: 'Fever' })];
  expect(historyOf({ ...NOTHING, versions }, NOW).map(({ what, when }) => [what, when])).toEqual([
    ['Reason changed from “Earache and fever” to “Fever”', 'today at 10:42 by Ben Clarke'],
    ['Reason changed from “Earache” to “Earache and fever”', 'today at 10:42 by Ben Clarke'],
    ['Booked', 'yesterday at 16:20 by Asha Begum'],
  ]);
});

test('attendance that was undone is told as that, not as another mark', () => {
  const versions = [FIRST, then({ status: 'arrived' }), then({ version: 3, status: 'fulfilled' }), then({ version: 4, status: 'arrived' }), then({ version: 5 })];
  expect(historyOf({ ...NOTHING, versions }, NOW).slice(0, 2).map(({ what }) => what)).toEqual(['Attendance undone: booked again', 'Attendance undone: arrived, not seen yet']);
});

describe('the end of an appointment', () => {
  const latest = (change: Partial<AppointmentVersion>, given = {}) => {
    const [entry] = historyOf({ ...NOTHING, ...given, versions: [FIRST, then(change)] }, NOW);
    return [entry?.what, entry?.why];
  };

  test.each([
    ['cancelled, and why', { status: 'cancelled' }, { cancelled: { at: NOW, reason: 'Patient is better', text: null } }, ['Cancelled', 'Patient is better']],
    ['cancelled, with details', { status: 'cancelled' }, { cancelled: { at: NOW, reason: 'Another reason', text: 'Moved house' } }, ['Cancelled', 'Another reason: Moved house']],
    ['moved, and where to', { status: 'moved' }, { replacedBy: OTHER }, ['Moved to Thu 26 Nov 10:30 at Test UTC,', null]],
    ['entered in error, and what was wrong', { status: 'entered-in-error' }, { inError: { at: NOW, text: 'Wrong patient' } }, ['Marked as entered in error', 'Wrong patient']],
    ['arrived', { status: 'arrived' }, {}, ['Marked as arrived', null]],
    ['attended', { status: 'fulfilled' }, {}, ['Marked as attended', null]],
    ['not attended', { status: 'noshow' }, {}, ['Marked as not attended', null]],
  ] as const)('%s', (_name, change, given, expected) => {
    expect(latest(change, given)).toEqual(expected);
  });
});
