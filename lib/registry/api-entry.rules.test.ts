import { describe, expect, test } from 'vitest';
import { addMinutes } from '@/lib/platform/time';
import { decideEntryChange, decidePointer, decideWanted, isVeiledFrom } from '@/lib/registry/api-entry.rules';

const NOW = new Date('2026-11-24T10:00:00Z');
const [SOON, THEN, LATER] = [addMinutes(NOW, 1), addMinutes(NOW, 60), addMinutes(NOW, 75)];
const ROOT = 'https://onward.example.nhs.uk';

describe('B-901: where a pointer may lead', () => {
  test.each(['https://other.example.nhs.uk/STU3/Appointment/1', 'https://onward.example.nhs.uk.example.com/STU3/Appointment/1', 'https://onward.example.nhs.uk:8443/STU3/Appointment/1'])('%s is somebody else’s', (url) => {
    expect(decidePointer(url, ROOT)).toEqual({ ok: true, value: null });
  });

  test.each(['/STU3/Appointment/1', '/', ':443/STU3/Appointment/1', '/x/../STU3/Appointment/1'])('%s below Onward’s own address is Onward’s', (path) => {
    expect(decidePointer(`${ROOT}${path}`, ROOT)).toEqual({ ok: false, error: { code: 'pointer-own' } });
  });

  test('in other letters it is the same address', () => {
    expect(decidePointer('https://ONWARD.example.NHS.uk/STU3/Appointment/1', ROOT)).toMatchObject({ ok: false });
  });
});

describe('a sealed entry', () => {
  const sealed = { isSealed: true, registeredByCode: 'REG', organisationCode: 'HOLD', bookedByCode: null };

  test.each(['REG', 'HOLD'])('is told whole to %s, whose it is', (asker) => {
    expect(isVeiledFrom(sealed, asker)).toBe(false);
  });

  test('is told whole to who booked it with Onward', () => {
    expect(isVeiledFrom({ ...sealed, registeredByCode: null, bookedByCode: 'BOOK' }, 'BOOK')).toBe(false);
  });

  test('is veiled from everybody else, and an open one from nobody', () => {
    expect(isVeiledFrom(sealed, 'OTHER')).toBe(true);
    expect(isVeiledFrom({ ...sealed, isSealed: false }, 'OTHER')).toBe(false);
  });
});

describe('who may change an entry, and when', () => {
  const entry = { version: 3, status: 'booked', startsAt: SOON, endsAt: THEN, registeredByCode: 'REG' } as const;
  const seen = { version: 3, asker: 'REG' };

  test('B-926: the organisation that registered it, before it begins', () => {
    expect(decideEntryChange(entry, seen, NOW)).toEqual({ ok: true, value: null });
  });

  test.each([
    ['B-926: another organisation may not', entry, { ...seen, asker: 'OTHER' }, { code: 'entry-other-organisation', organisation: 'OTHER' }],
    ['B-926: nobody outside may change one of Onward’s own', { ...entry, registeredByCode: null }, seen, { code: 'entry-other-organisation', organisation: 'REG' }],
    ['B-605: not in another version than the newest', entry, { ...seen, version: 2 }, { code: 'entry-changed', version: 3 }],
    ['B-607: not when it is cancelled', { ...entry, status: 'cancelled' }, seen, { code: 'entry-ended', status: 'cancelled' }],
    ['B-607: not when it should never have been', { ...entry, status: 'entered-in-error' }, seen, { code: 'entry-ended', status: 'entered-in-error' }],
    ['B-607: not when the patient has arrived', { ...entry, status: 'arrived' }, seen, { code: 'entry-ended', status: 'arrived' }],
    ['B-608: not from the minute at which it begins', { ...entry, startsAt: NOW }, seen, { code: 'appointment-in-past', startsAt: NOW }],
  ] as const)('%s', (_what, changed, asked, error) => {
    expect(decideEntryChange(changed, asked, NOW)).toEqual({ ok: false, error });
  });

  test('whose it is comes before what version it is, and that before what became of it', () => {
    const ended = { ...entry, status: 'cancelled', startsAt: NOW } as const;
    expect(decideEntryChange(ended, { version: 1, asker: 'OTHER' }, NOW)).toMatchObject({ error: { code: 'entry-other-organisation' } });
    expect(decideEntryChange(ended, { version: 1, asker: 'REG' }, NOW)).toMatchObject({ error: { code: 'entry-changed' } });
    expect(decideEntryChange(ended, seen, NOW)).toMatchObject({ error: { code: 'entry-ended' } });
  });
});

describe('what may change of an entry', () => {
  const entry = { status: 'booked', startsAt: THEN, endsAt: LATER } as const;
  const decided = (wanted: Partial<typeof entry> | { status: 'cancelled' | 'entered-in-error'; startsAt?: Date }, elements: string[] = []) => decideWanted(entry, { wanted: { ...entry, ...wanted }, elements });

  test('B-923, B-925: a status alone, or other times', () => {
    expect(decided({ status: 'cancelled' })).toEqual({ ok: true, value: null });
    expect(decided({ status: 'entered-in-error' })).toEqual({ ok: true, value: null });
    expect(decideWanted(entry, { wanted: { status: 'booked', startsAt: addMinutes(THEN, 30), endsAt: addMinutes(LATER, 30) }, elements: [] })).toEqual({ ok: true, value: null });
    expect(decideWanted(entry, { wanted: { ...entry, endsAt: addMinutes(LATER, 5) }, elements: [] })).toEqual({ ok: true, value: null });
  });

  test('B-609: a cancellation that also says other times tells each element that differs', () => {
    expect(decided({ status: 'cancelled', startsAt: SOON }, ['Appointment.participant'])).toEqual({ ok: false, error: { code: 'entry-differs', elements: ['Appointment.participant', 'Appointment.start'] } });
  });

  test('B-925: patient and pointer never, also with other times', () => {
    expect(decideWanted(entry, { wanted: { ...entry, startsAt: SOON }, elements: ['Appointment.identifier'] })).toEqual({ ok: false, error: { code: 'entry-differs', elements: ['Appointment.identifier'] } });
  });

  test('B-611: booked with nothing changed is refused', () => {
    expect(decided({})).toEqual({ ok: false, error: { code: 'entry-unchanged' } });
  });
});
