import { describe, expect, test } from 'vitest';
import { addMinutes } from '@/lib/platform/time';
import { freshnessOf, isSoon, isStanding, stripOf, stripSince } from '@/lib/registry/entry.rules';
import type { PatientEntry } from '@/lib/registry/schema';

const NOW = new Date('2026-11-24T10:00:00Z');
const HOUR = 60;

let made = 0;

function anEntry({ inMinutes = HOUR, ...given }: Partial<PatientEntry> & { inMinutes?: number } = {}): PatientEntry {
  made += 1;
  const startsAt = addMinutes(NOW, inMinutes);
  return {
    ...{ id: `entry-${made}`, version: 1, source: 'registered', appointment: null, status: 'booked', serviceName: 'Leeds Dental Access', place: 'LS1 3EX' },
    ...{ holder: null, bookedBy: null, isSealed: false, isOpen: true, match: 'certain', isLinked: false, freshness: { state: 'confirmed', at: NOW } },
    ...{ startsAt, endsAt: addMinutes(startsAt, 15) },
    ...given,
  };
}

const strip = (entries: readonly PatientEntry[], except: string | null = null) => stripOf(entries, { now: NOW, except });

describe('how far an entry can be trusted', () => {
  const checked = (given: Partial<Parameters<typeof freshnessOf>[0]>) =>
    freshnessOf({ source: 'registered', status: 'booked', endsAt: addMinutes(NOW, HOUR), confirmedAt: addMinutes(NOW, -3 * HOUR), checkFailures: 0, ...given }, NOW);

  test('Onward’s own is as of now, however long ago it changed', () => {
    expect(checked({ source: 'onward', confirmedAt: addMinutes(NOW, -90 * 24 * HOUR) })).toEqual({ state: 'live' });
  });

  test('another organisation’s was true when it was confirmed last, for 24 hours', () => {
    const [at, before] = [addMinutes(NOW, -24 * HOUR), addMinutes(NOW, -24 * HOUR - 1)];
    expect(checked({ confirmedAt: at })).toEqual({ state: 'confirmed', at });
    expect(checked({ confirmedAt: before })).toEqual({ state: 'unconfirmed', since: before });
  });

  test('it is unconfirmed from the first failure to read it, even if it was confirmed an hour ago', () => {
    const at = addMinutes(NOW, -HOUR);
    expect(checked({ confirmedAt: at, checkFailures: 1 })).toEqual({ state: 'unconfirmed', since: at });
  });

  test.each([{ endsAt: NOW }, { status: 'cancelled' as const }])('one that is over or cancelled needs no more confirming', (ended) => {
    const at = addMinutes(NOW, -72 * HOUR);
    expect(checked({ confirmedAt: at, ...ended })).toEqual({ state: 'confirmed', at });
  });
});

test('an entry stands until its end, unless it was cancelled, moved, missed or entered in error', () => {
  const standing = (['booked', 'arrived', 'fulfilled', 'noshow', 'cancelled', 'moved', 'entered-in-error'] as const).filter((status) => isStanding(anEntry({ status }), NOW));
  expect(standing).toEqual(['booked', 'arrived']);
  expect(isStanding(anEntry({ inMinutes: -14 }), NOW)).toBe(true);
  expect(isStanding(anEntry({ inMinutes: -15 }), NOW)).toBe(false);
});

test.each([
  [-14, true],
  [48 * HOUR, true],
  [48 * HOUR + 1, false],
])('an entry that begins in %i minutes is soon: %s', (inMinutes, expected) => {
  expect(isSoon(anEntry({ inMinutes }), NOW)).toBe(expected);
});

describe('the strip', () => {
  test('goes back seven days of London, to the midnight before a clock change too', () => {
    expect(stripSince(new Date('2026-11-24T10:00:00Z'))).toEqual(new Date('2026-11-17T00:00:00Z'));
    expect(stripSince(new Date('2026-10-28T23:30:00Z'))).toEqual(new Date('2026-10-20T23:00:00Z'));
  });

  test('shows what begins soon first, then what else stands, then the rest', () => {
    const [soon, later, cancelled, past] = [anEntry(), anEntry({ inMinutes: 72 * HOUR }), anEntry({ status: 'cancelled' }), anEntry({ inMinutes: -48 * HOUR, status: 'fulfilled' })];
    expect(strip([cancelled, soon, later, past]).shown).toEqual([soon, later, cancelled, past]);
  });

  test('of 200 entries four are shown at once, and 196 kept with the number of those that begin soon', () => {
    const { shown, more, moreSoon } = strip(Array.from({ length: 200 }, (_, index) => anEntry({ inMinutes: (index + 1) * 8 * HOUR })));
    expect([shown.length, more.length, moreSoon]).toEqual([4, 196, 2]);
  });

  test('keeps those that may be somebody else’s apart, two of them at once', () => {
    const certain = [anEntry(), anEntry()];
    const maybe = [anEntry({ match: 'maybe' }), anEntry({ match: 'maybe' }), anEntry({ match: 'maybe', inMinutes: 72 * HOUR })];
    expect(strip([...maybe, ...certain])).toEqual({ shown: certain, maybe: maybe.slice(0, 2), more: maybe.slice(2), moreSoon: 0 });
  });

  test('leaves out what was moved or entered in error, and the appointment that the call led to', () => {
    const own = anEntry({ source: 'onward', appointment: { id: 'own', reference: 'ONW-7K3P-92', version: 1 } });
    const another = anEntry({ source: 'onward', appointment: { id: 'another', reference: 'ONW-7K3P-93', version: 1 } });
    expect(strip([anEntry({ status: 'moved' }), anEntry({ status: 'entered-in-error' }), own, another], 'own').shown).toEqual([another]);
  });
});
