import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { GuardConflict } from '@/lib/platform/errors';
import { addMinutes } from '@/lib/platform/time';
import { conflictsWith, decideChoices, kindsOf, type StandingEntry, type WantedTime } from '@/lib/registry/guard.rules';
import { CONFLICT_KINDS, guardChoice, type GuardChoiceInput } from '@/lib/registry/guard.schema';

const NOW = new Date('2026-11-24T10:00:00.000Z');
const STARTS = addMinutes(NOW, 10 * 24 * 60);
const HOUR = 60;
const MINUTE_MS = 60_000;

const WANTED: WantedTime = { startsAt: STARTS, endsAt: addMinutes(STARTS, 15), serviceDosId: '111', family: 'primary_care', isMove: false };

function anEntry(given: Partial<StandingEntry> = {}): StandingEntry {
  const startsAt = given.startsAt ?? STARTS;
  return {
    ...{ entryId: '01900000-0000-7000-8000-000000000001', version: 3, startsAt, endsAt: addMinutes(startsAt, 15) },
    ...{ serviceName: 'Example Treatment Centre', serviceDosId: '222', place: 'LS1 4AP', holderName: 'Example Trust', family: null },
    ...{ isSealed: false, isOpen: true, isMaybe: false },
    own: { id: '01900000-0000-7000-8000-000000000002', reference: 'ONW-7K3P-92', version: 2, isBooked: true, letsCancel: true },
    ...given,
  };
}

function conflictWith(entry: Partial<StandingEntry>, wanted: Partial<WantedTime> = {}): GuardConflict | undefined {
  return conflictsWith({ ...WANTED, ...wanted }, [anEntry(entry)], NOW)[0];
}

describe('overlap: half-open times that meet', () => {
  test.each([
    ['the same times', 0, 15, true],
    ['inside it', 5, 10, true],
    ['around it', -60, 60, true],
    ['it ends when the other starts', 15, 30, false],
    ['it starts when the other ends', -15, 0, false],
    ['a minute before its end', 14, 30, true],
    ['until a minute after its start', -15, 1, true],
  ])('%s', (_what, from, to, meets) => {
    const entry = anEntry({ startsAt: addMinutes(STARTS, from), endsAt: addMinutes(STARTS, to) });
    expect(kindsOf(WANTED, entry).includes('overlap')).toBe(meets);
  });

  test('is symmetric for any two times', () => {
    const span = fc.record({ from: fc.integer({ min: -500, max: 500 }), length: fc.integer({ min: 1, max: 300 }) });
    fc.assert(
      fc.property(span, span, (one, other) => {
        const times = ({ from, length }: typeof one) => ({ startsAt: new Date(STARTS.getTime() + from), endsAt: new Date(STARTS.getTime() + from + length) });
        const overlaps = (a: typeof one, b: typeof one) => kindsOf({ ...WANTED, ...times(a) }, anEntry(times(b))).includes('overlap');
        expect(overlaps(one, other)).toBe(overlaps(other, one));
      }),
    );
  });
});

describe('same-service', () => {
  test.each([
    ['the same DoS service, whenever', { serviceDosId: '111', startsAt: addMinutes(STARTS, 30 * 24 * HOUR) }, ['same-service']],
    ['another service', { serviceDosId: '112', startsAt: addMinutes(STARTS, HOUR) }, undefined],
    ['a service that was not said', { serviceDosId: null, startsAt: addMinutes(STARTS, HOUR) }, undefined],
  ])('%s', (_what, entry, kinds) => {
    expect(conflictWith(entry)?.kinds).toEqual(kinds);
  });
});

describe('same-family: starts that are 48 hours apart, or less', () => {
  const family = 'primary_care';
  test.each([
    ['47 hours later', { family, startsAt: addMinutes(STARTS, 47 * HOUR) }, ['same-family']],
    ['47 hours before', { family, startsAt: addMinutes(STARTS, -47 * HOUR) }, ['same-family']],
    ['48 hours, to the millisecond', { family, startsAt: addMinutes(STARTS, 48 * HOUR) }, ['same-family']],
    ['48 hours before, to the millisecond', { family, startsAt: addMinutes(STARTS, -48 * HOUR) }, ['same-family']],
    ['48 hours and a millisecond', { family, startsAt: new Date(STARTS.getTime() + 48 * HOUR * MINUTE_MS + 1) }, undefined],
    ['49 hours later', { family, startsAt: addMinutes(STARTS, 49 * HOUR) }, undefined],
    ['another family', { family: 'dental', startsAt: addMinutes(STARTS, HOUR) }, undefined],
    ['no family', { family: null, startsAt: addMinutes(STARTS, HOUR) }, undefined],
  ])('%s', (_what, entry, kinds) => {
    expect(conflictWith(entry)?.kinds).toEqual(kinds);
  });

  test('neither has a family: that is not the same one', () => {
    expect(conflictWith({ family: null, startsAt: addMinutes(STARTS, HOUR) }, { family: null })).toBeUndefined();
  });
});

test('the kinds are told in one order, and those nearest in time first', () => {
  expect(conflictWith({ serviceDosId: '111', family: 'primary_care' })?.kinds).toEqual(CONFLICT_KINDS);
  const at = (entryId: string, minutes: number) => anEntry({ entryId, serviceDosId: '111', startsAt: addMinutes(STARTS, minutes) });
  const found = conflictsWith(WANTED, [at('d', 3000), at('b', -60), at('a', -60), at('c', 90)], NOW);
  expect(found.map(({ entryId }) => entryId)).toEqual(['a', 'b', 'c', 'd']);
});

describe('a sealed one that is not open', () => {
  const shut = { isSealed: true, isOpen: false, serviceDosId: '111', family: 'primary_care' };

  test('meets by its times alone, and they are all that is told', () => {
    expect(conflictWith(shut)).toEqual({
      ...{ entryId: anEntry().entryId, version: 3, kinds: ['overlap'], startsAt: STARTS, endsAt: addMinutes(STARTS, 15) },
      ...{ serviceName: null, place: null, holderName: null, isSealed: true, isMaybe: false, appointment: null, choices: ['keep'] },
    });
    expect(conflictWith({ ...shut, startsAt: addMinutes(STARTS, HOUR) })).toBeUndefined();
  });

  test('never tells its service or family, whatever they are', () => {
    const text = fc.constantFrom(null, '111', '222', 'primary_care', 'dental');
    fc.assert(
      fc.property(text, text, fc.integer({ min: -5000, max: 5000 }), (serviceDosId, family, minutes) => {
        const startsAt = addMinutes(STARTS, minutes);
        const told = conflictWith({ ...shut, serviceDosId, family, startsAt });
        expect(told).toEqual(conflictWith({ ...shut, serviceDosId: null, family: null, startsAt }));
      }),
    );
  });

  test('opened, it meets and tells as any other', () => {
    expect(conflictWith({ ...shut, isOpen: true })).toMatchObject({ kinds: CONFLICT_KINDS, serviceName: 'Example Treatment Centre', isSealed: true, choices: ['keep', 'move', 'cancel'] });
  });
});

describe('what may be chosen', () => {
  const own = { id: '01900000-0000-7000-8000-000000000002', reference: 'ONW-7K3P-92', version: 2, isBooked: true, letsCancel: true };
  test.each<[string, Partial<StandingEntry>, Partial<WantedTime>, GuardConflict['choices']]>([
    ['Onward’s own, booked and to come', {}, {}, ['keep', 'move', 'cancel']],
    ['while the call is moving another one', {}, { isMove: true }, ['keep', 'cancel']],
    ['its service does not let this organisation cancel', { own: { ...own, letsCancel: false } }, {}, ['keep', 'move']],
    ['both', { own: { ...own, letsCancel: false } }, { isMove: true }, ['keep']],
    ['the patient has arrived', { own: { ...own, isBooked: false } }, {}, ['keep']],
    ['it has begun', { startsAt: NOW, endsAt: addMinutes(STARTS, HOUR) }, {}, ['keep']],
    ['it may be somebody else’s', { isMaybe: true }, {}, ['keep']],
    ['another organisation holds it', { own: null }, {}, ['keep']],
  ])('%s', (_what, entry, wanted, choices) => {
    expect(conflictWith(entry, wanted)?.choices).toEqual(choices);
  });
});

describe('the choices of a request', () => {
  const [first, second] = conflictsWith(WANTED, [anEntry({ entryId: 'first' }), anEntry({ entryId: 'second', startsAt: addMinutes(STARTS, 5) })], NOW);
  if (!first || !second) throw new Error('no conflicts');
  const choose = ({ entryId, version }: { entryId: string; version: number }, choice: GuardChoiceInput['choice']): GuardChoiceInput => ({ entryId, version, choice, reason: 'A different problem' });

  test('one about each conflict: what is kept of them has a reason for keeping alone', () => {
    expect(decideChoices([first, second], [choose(second, 'move'), choose(first, 'keep')])).toEqual({
      ok: true,
      value: [
        { entryId: 'first', kinds: ['overlap'], choice: 'keep', reason: 'A different problem' },
        { entryId: 'second', kinds: ['overlap'], choice: 'move', reason: null },
      ],
    });
    expect(decideChoices([first, second], [choose(first, 'cancel'), choose(second, 'cancel')])).toMatchObject({ ok: true });
    expect(decideChoices([], [])).toEqual({ ok: true, value: [] });
  });

  test.each<[string, GuardChoiceInput[]]>([
    ['none', []],
    ['one is missing', [choose(first, 'keep')]],
    ['about another version', [choose(first, 'keep'), choose({ ...second, version: 4 }, 'keep')]],
    ['about another entry', [choose(first, 'keep'), choose({ ...second, entryId: 'third' }, 'keep')]],
  ])('guard-choice-needed, with all conflicts as they are now: %s', (_what, choices) => {
    expect(decideChoices([first, second], choices)).toEqual({ ok: false, error: { code: 'guard-choice-needed', conflicts: [first, second] } });
  });

  test('guard-choice-needed for a choice that may not be made', () => {
    const kept: GuardConflict = { ...first, choices: ['keep'] };
    expect(decideChoices([kept], [choose(first, 'cancel')])).toMatchObject({ error: { code: 'guard-choice-needed' } });
    expect(decideChoices([kept], [choose(first, 'keep')])).toMatchObject({ ok: true });
  });

  test('guard-two-moves: one slot takes one', () => {
    expect(decideChoices([first, second], [choose(first, 'move'), choose(second, 'move')])).toEqual({ ok: false, error: { code: 'guard-two-moves' } });
  });

  test('what is no conflict any more needs no choice, and one about it means nothing', () => {
    expect(decideChoices([first], [choose(first, 'move'), choose(second, 'move')])).toMatchObject({ ok: true, value: [{ entryId: 'first' }] });
  });

  test('a form that keeps both must say why', () => {
    const entryId = '01900000-0000-7000-8000-000000000001';
    expect(guardChoice.safeParse({ entryId, version: '1', choice: 'keep', reason: ' ' }).error?.issues).toMatchObject([{ path: ['reason'], message: 'Say why both are kept' }]);
    expect(guardChoice.parse({ entryId, version: '1', choice: 'move', reason: '' })).toEqual({ entryId, version: 1, choice: 'move', reason: '' });
  });
});
