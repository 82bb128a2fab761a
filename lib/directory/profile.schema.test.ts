import { expect, test } from 'vitest';
import { OLDEST_YEARS, ageWords, daysOf } from '@/lib/directory/age.rules';
import { hoursText, parseHours } from '@/lib/directory/hours.rules';
import { profileChange } from '@/lib/directory/profile.schema';
import { fieldErrors } from '@/lib/platform/form';

const ACCEPTS = { section: 'accepts', dispositions: 'Dx05,Dx06', genders: 'F,M,I', roles: 'call-handler', ageFrom1: '1', ageTo1: '' };
const DATE = { section: 'dates', dateDay: '24', dateMonth: '12', dateYear: '2026', kind: 'open', hours: '10:00 to 14:00', reason: 'Christmas Eve' };

test.each([
  ['09:00 to 17:30', '09:00 to 17:30'],
  ['9-17', '09:00 to 17:00'],
  ['0900–1230, 13.30 until 18:00', '09:00 to 12:30, 13:30 to 18:00'],
  ['13:30 to 18:00 and 9:00 to 12:30', '09:00 to 12:30, 13:30 to 18:00'],
  ['18:30 to 24:00', '18:30 to 23:59'],
  ['00:00 to 00:00', '00:00 to 23:59'],
  ['09:00 to 12:00, 12:00 to 18:00', '09:00 to 12:00, 12:00 to 18:00'],
  ['', ''],
])('hours typed as “%s” are read as “%s” (D-021)', (typed, read) => {
  const parsed = parseHours(typed);

  expect(parsed.ok && hoursText(parsed.value)).toBe(read);
});

test.each([
  ['17:00 to 09:00', '09:00 is not after 17:00'],
  ['22:00 to 02:00', 'Opening past midnight is two days'],
  ['09:00 to 12:30, 12:00 to 18:00', '12:00 to 18:00 overlaps the session before it'],
  ['nine to five', '“nine to five” is not a time to a time'],
  ['25:00 to 26:00', 'is not a time to a time'],
  ['09:00', 'is not a time to a time'],
  ['24:00 to 24:00', 'is not a time to a time'],
])('hours typed as “%s” are refused: %s', (typed, words) => {
  const parsed = parseHours(typed);

  expect(parsed.ok ? '' : parsed.error).toContain(words);
});

test('ages are kept in days, both ends included, and read back as the years that were typed (D-015)', () => {
  const { data } = profileChange.safeParse({ ...ACCEPTS, ageFrom1: '0', ageTo1: '15', ageFrom2: '75' });

  expect(data).toMatchObject({ ages: [{ daysFrom: 0, daysTo: 5_843 }, { daysFrom: 27_393, daysTo: 47_481 }] });
  expect([{ daysFrom: 0, daysTo: 5_843 }, { daysFrom: 366, daysTo: 47_481 }, daysOf({ from: 0, to: OLDEST_YEARS }), daysOf({ from: 5, to: 11 }), { daysFrom: 0, daysTo: 28 }].map(ageWords)).toEqual([
    'up to 15 years',
    '1 year and over',
    'every age',
    '5 to 11 years',
    '0 to 28 days',
  ]);
});

test.each([
  [{ ageFrom1: '16', ageTo1: '12' }, { ageTo1: 'The oldest age, 12, is below the youngest, 16' }],
  [{ ageFrom1: 'x' }, { ageFrom1: 'Enter the youngest age in whole years, 0 to 129' }],
  [{ ageTo1: '130' }, { ageTo1: 'Enter the oldest age in whole years, 0 to 129, or leave it empty' }],
  [{ ageTo1: '15', ageFrom2: '12' }, { ageFrom2: 'The second range of ages overlaps the first' }],
  [{ dispositions: '' }, { dispositions: 'Choose at least one disposition: without one no call finds this service' }],
  [{ genders: 'X', roles: undefined }, { genders: 'Choose at least one: without one no call finds this service', roles: 'Choose who may refer: without one no call finds this service' }],
])('what a service accepts: %j is told at its field', (typed, faults) => {
  const { error } = profileChange.safeParse({ ...ACCEPTS, ...typed });

  expect(error && fieldErrors(error)).toEqual(faults);
});

test('every day with faulty hours is told at once, by name', () => {
  const { error } = profileChange.safeParse({ section: 'hours', day1: '9 to 8', day8: 'closed?' });

  expect(Object.keys(error ? fieldErrors(error) : {})).toEqual(['day1', 'day8']);
  expect(error && fieldErrors(error)['day8']).toMatch(/^Public holidays: /);
});

test('hours of a date replace all others: closed all day is 00:00 to 00:00 (D-020)', () => {
  expect(profileChange.parse(DATE)).toMatchObject({ date: '2026-12-24', sessions: [{ fromMinute: 600, toMinute: 840 }], reason: 'Christmas Eve' });
  expect(profileChange.parse({ ...DATE, kind: 'closed', hours: '' })).toMatchObject({ sessions: [{ fromMinute: 0, toMinute: 0 }] });
});

test.each([
  [{ dateDay: '31', dateMonth: '2' }, 'date'],
  [{ hours: '' }, 'hours'],
  [{ hours: '14:00 to 10:00' }, 'hours'],
  [{ kind: '' }, 'kind'],
])('a date with %j is told at %s', (typed, field) => {
  const { error } = profileChange.safeParse({ ...DATE, ...typed });

  expect(Object.keys(error ? fieldErrors(error) : {})).toEqual([field]);
});

test.each(['0', '16', '5.5', '', 'five'])('a hold time of “%s” minutes is refused', (holdMinutes) => {
  const { error } = profileChange.safeParse({ section: 'booking', isBookable: 'yes', holdMinutes, cancelBy: 'any' });

  expect(error && fieldErrors(error)).toEqual({ holdMinutes: 'Enter a whole number of minutes from 1 to 15' });
});

test('the organisations that may not book are typed with commas or spaces, in any case; empty is nobody', () => {
  const typed = (refusesFrom?: string) => profileChange.safeParse({ section: 'booking', isBookable: 'yes', holdMinutes: '5', cancelBy: 'any', refusesFrom });

  expect(typed(' y99901, Y99902 y99901').data).toMatchObject({ refusesFrom: ['Y99901', 'Y99902'] });
  expect(typed().data).toMatchObject({ refusesFrom: [] });
  const { error } = typed('Y99901, Leeds!');
  expect(error && fieldErrors(error)).toEqual({ refusesFrom: 'Enter ODS codes with a comma between two, such as Y99901, Y99902' });
});

test.each([
  [{ publicPhone: 'ring us' }, 'publicPhone'],
  [{ website: 'www.example.com' }, 'website'],
  [{ website: 'javascript:alert(1)' }, 'website'],
  [{ accessNeeds: 'x'.repeat(501) }, 'accessNeeds'],
])('words: %j is told at %s', (typed, field) => {
  const { error } = profileChange.safeParse({ section: 'words', ...typed });

  expect(Object.keys(error ? fieldErrors(error) : {})).toEqual([field]);
});

test('words left empty are none', () => {
  expect(profileChange.parse({ section: 'words', website: ' ', publicPhone: '01632 960001', handlerInstructions: '  ' })).toMatchObject({
    words: { handlerInstructions: null, publicPhone: '01632 960001', website: null },
  });
});
