import { expect, test } from 'vitest';
import { guardCard, guardHeading, otherWords } from '@/components/registry/guard-words';
import type { GuardConflict } from '@/lib/platform/errors';

const NOW = new Date('2026-11-23T10:00:00Z');
const TOMASZ = { givenName: 'Tomasz', isUnknown: false };

function aConflict(given: Partial<GuardConflict> = {}): GuardConflict {
  return {
    ...{ entryId: 'entry', version: 2, kinds: ['same-family'], startsAt: new Date('2026-11-24T09:40:00Z'), endsAt: new Date('2026-11-24T09:55:00Z') },
    ...{ serviceName: 'Leeds Dental Access', place: 'LS1 3EX', holderName: 'West Yorkshire 111', isSealed: false, isMaybe: false },
    ...{ appointment: { id: 'appointment', reference: 'ONW-7K3P-92', version: 1 }, choices: ['keep', 'move', 'cancel'] },
    ...given,
  };
}

test('the heading says what there is, how it meets, and whose it is', () => {
  expect(guardHeading(TOMASZ, [aConflict()])).toBe('Tomasz already has an appointment within 48 hours');
  expect(guardHeading(TOMASZ, [aConflict({ kinds: ['same-service', 'same-family'] })])).toBe('Tomasz already has an appointment at this service');
  expect(guardHeading({ givenName: '', isUnknown: true }, [aConflict({ kinds: ['overlap'] })])).toBe('The patient already has an appointment at the same time');
});

test('several that have nothing in common are counted only; what they have in common is said', () => {
  expect(guardHeading(TOMASZ, [aConflict(), aConflict({ kinds: ['overlap'] })])).toBe('Tomasz already has 2 appointments');
  expect(guardHeading(TOMASZ, [aConflict({ kinds: ['overlap', 'same-service'] }), aConflict({ kinds: ['overlap'] })])).toBe('Tomasz already has 2 appointments at the same time');
});

test('what may be somebody else’s is never counted as the patient’s', () => {
  const maybe = aConflict({ isMaybe: true, choices: ['keep'] });
  expect(guardHeading(TOMASZ, [maybe])).toBe('Tomasz may already have an appointment within 48 hours');
  expect(guardHeading(TOMASZ, [maybe, aConflict()])).toBe('Tomasz already has an appointment within 48 hours, and may have 1 more');
});

test('one of Onward’s own is told with when, where, who holds it, and all three choices', () => {
  const card = guardCard(aConflict({ kinds: ['overlap', 'same-family'] }), NOW);

  expect(card).toMatchObject({
    ...{ entryId: 'entry', version: 2, when: 'Tomorrow 09:40', title: 'Tomorrow 09:40 to 09:55 · Leeds Dental Access, LS1 3EX' },
    ...{ about: 'At the same time · within 48 hours, for the same kind of need · held by West Yorkshire 111', appointment: { id: 'appointment', reference: 'ONW-7K3P-92' } },
  });
  expect(card.choices.map(({ value, words }) => [value, words])).toEqual([
    ['keep', 'Keep both'],
    ['move', 'Move that appointment to this slot'],
    ['cancel', 'Cancel that appointment as well'],
  ]);
});

const KEPT_ONLY: readonly GuardConflict['choices'][number][] = ['keep'];

test.each<readonly [what: string, given: Partial<GuardConflict>, words: string]>([
  ['is held elsewhere', { appointment: null, choices: KEPT_ONLY }, 'Onward cannot change it: West Yorkshire 111 holds it'],
  ['may be somebody else’s', { isMaybe: true, choices: KEPT_ONLY }, 'May be the same person'],
  ['has begun', { startsAt: new Date('2026-11-23T09:55:00Z'), choices: KEPT_ONLY }, 'It has begun'],
  ['is not booked any more', { choices: KEPT_ONLY }, 'It cannot be moved to this slot or cancelled here'],
  ['others may not cancel', { choices: ['keep', 'move'] }, 'Its service lets only those who booked it cancel it'],
  ['meets a booking that moves another', { choices: ['keep', 'cancel'] }, 'This booking moves another appointment already'],
])('one that %s says why less can be chosen', (_what, given, words) => {
  expect(guardCard(aConflict(given), NOW).about).toContain(words);
});

test('a sealed one that is not open tells its times and nothing else', () => {
  const card = guardCard(aConflict({ kinds: ['overlap'], isSealed: true, serviceName: null, place: null, holderName: null, appointment: null, choices: KEPT_ONLY }), NOW);

  expect(card.title).toBe('Tomorrow 09:40 to 09:55 · Sealed appointment');
  expect(card.about).toBe('At the same time. It is sealed: only its times are shown, and it cannot be changed here');
});

test('afterwards each is spoken of by its reference, else by its time; a sealed one by its time alone', () => {
  const entry = { id: 'entry', startsAt: new Date('2026-11-24T09:40:00Z'), serviceName: 'Leeds Dental Access', isSealed: false, appointment: { id: 'appointment', reference: 'ONW-7K3P-92' } };

  expect(otherWords(entry, NOW)).toBe('ONW-7K3P-92 (tomorrow 09:40 at Leeds Dental Access)');
  expect(otherWords({ ...entry, appointment: null }, NOW)).toBe('the appointment of tomorrow 09:40 at Leeds Dental Access');
  expect(otherWords({ ...entry, appointment: null, serviceName: null }, NOW)).toBe('the appointment of tomorrow 09:40');
  expect(otherWords({ ...entry, appointment: null, serviceName: null, isSealed: true }, NOW)).toBe('a sealed appointment (tomorrow 09:40)');
});
