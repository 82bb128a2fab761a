import { describe, expect, test } from 'vitest';
import { freshnessWords, holderOf, statusOf, untilWords, whatOf, whenOf } from '@/components/registry/entry-words';
import { moreWords, noneWords } from '@/components/registry/strip-words';
import { whyNotWords } from '@/components/registry/same-person-words';
import { addMinutes } from '@/lib/platform/time';
import type { PatientEntry } from '@/lib/registry/schema';

const NOW = new Date('2026-11-22T13:29:00Z');
const at = (minutes: number) => addMinutes(NOW, minutes);
const HOUR = 60;
const PENNINE = { code: 'ONW21', name: 'Pennine 111' };
const DENTIST = { code: 'ONW22', name: 'Leeds Dental Trust' };

const ENTRY: PatientEntry = {
  ...{ id: 'entry', version: 1, source: 'registered', appointment: null, startsAt: at(21), endsAt: at(31), status: 'booked', serviceName: 'Leeds Dental Access', place: 'LS1 3EX' },
  ...{ holder: DENTIST, bookedBy: PENNINE, isSealed: false, isOpen: true, match: 'certain', isLinked: false, freshness: { state: 'live' } },
};

test.each([
  [at(21), 'today 13:50'],
  [at(24 * HOUR), 'tomorrow 13:29'],
  [new Date('2026-11-24T09:40:00Z'), 'Tue 24 Nov 09:40'],
  [new Date('2026-10-25T01:30:00Z'), 'Sun 25 Oct 01:30 GMT'],
])('an appointment at %o is %s', (startsAt, expected) => {
  expect(whenOf({ startsAt, endsAt: addMinutes(startsAt, 15) }, NOW)).toBe(expected);
});

test.each([
  [{}, 'Leeds Dental Access, LS1 3EX'],
  [{ place: null }, 'Leeds Dental Access'],
  [{ serviceName: null }, 'Service not stated, LS1 3EX'],
  [{ serviceName: null, place: null }, 'Service not stated'],
  [{ isSealed: true }, 'Leeds Dental Access, LS1 3EX'],
  [{ isSealed: true, isOpen: false }, 'Sealed appointment'],
])('%o is told as %s', (given, expected) => {
  expect(whatOf({ ...ENTRY, ...given })).toBe(expected);
});

test.each([
  [{}, 'booked by Pennine 111', 'held by Leeds Dental Trust'],
  [{ holder: PENNINE }, 'booked by Pennine 111', ''],
  [{ status: 'fulfilled' as const, holder: PENNINE }, 'attended', 'held by Pennine 111'],
  [{ serviceName: DENTIST.name }, 'booked by Pennine 111', ''],
  [{ bookedBy: null, holder: null }, 'booked', ''],
  [{ status: 'noshow' as const }, 'did not attend', 'held by Leeds Dental Trust'],
])('%o is %s, %s', (given, status, holder) => {
  expect([statusOf({ ...ENTRY, ...given }), holderOf({ ...ENTRY, ...given })]).toEqual([status, holder]);
});

test.each([
  [{ state: 'live' as const }, 'live'],
  [{ state: 'confirmed' as const, at: NOW }, 'confirmed just now'],
  [{ state: 'confirmed' as const, at: at(-59) }, 'confirmed 59 min ago'],
  [{ state: 'confirmed' as const, at: at(-3 * HOUR - 12) }, 'confirmed 3 h ago'],
  [{ state: 'confirmed' as const, at: at(-72 * HOUR) }, 'confirmed Thu 19 Nov 13:29'],
  [{ state: 'unconfirmed' as const, since: new Date('2026-11-20T18:20:00Z') }, 'not confirmed since Fri 20 Nov 18:20'],
])('%o is said as %s', (freshness, expected) => {
  expect(freshnessWords(freshness, NOW)).toBe(expected);
});

test.each([
  [at(0), 'now'],
  [at(-5), 'now'],
  [at(20 * HOUR + 10), 'in 20 h 10 min'],
])('an appointment at %o begins %s', (startsAt, expected) => {
  expect(untilWords({ startsAt }, NOW)).toBe(expected);
});

describe('the strip', () => {
  test('says that there is nothing, and what it was looked for by', () => {
    expect(noneWords({ nhsNumber: '9997478347', isUnknown: false })).toBe('None in the past 7 days or to come');
    expect(noneWords({ nhsNumber: null, isUnknown: false })).toContain('with this last name, date of birth and postcode');
    expect(noneWords({ nhsNumber: null, isUnknown: true })).toBe('Not looked for: nobody knows who the patient is');
  });

  test('says how many more there are, and how many of them are soon', () => {
    expect(moreWords({ more: [ENTRY], moreSoon: 0 })).toBe('and 1 more');
    expect(moreWords({ more: [ENTRY, ENTRY], moreSoon: 2 })).toBe('and 2 more, 2 of them within 48 h');
  });
});

test.each([
  ['may be theirs', { match: 'maybe' as const }, '9997478347', null],
  ['was linked by hand', { isLinked: true }, '9997478347', null],
  ['is certainly theirs', {}, '9997478347', 'This is the same person’s appointment'],
  ['is sealed', { match: 'maybe' as const, isOpen: false }, '9997478347', 'This appointment is sealed'],
  ['may be theirs, without a number', { match: 'maybe' as const }, null, 'The NHS number of this call’s patient is not known'],
])('whose an entry is that %s', (_case, given, nhsNumber, expected) => {
  expect(whyNotWords({ entry: { ...ENTRY, ...given }, person: null }, { nhsNumber })?.title ?? null).toBe(expected);
});

test('an entry that is not the patient’s any more says so', () => {
  expect(whyNotWords(null, { nhsNumber: null })?.title).toBe('This appointment is not the patient’s');
});
