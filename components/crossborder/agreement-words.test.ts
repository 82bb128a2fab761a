import { expect, test } from 'vitest';
import type { AgreementContent } from '@/lib/crossborder/agreement.schema';
import { parseLocalDate } from '@/lib/platform/time';
import type { LocalDate } from '@/lib/platform/time-words';
import { approversWords, needsWords, pricesWords, sentenceOf, stateTag, timesWords, weekdaysWords, type AgreementNames } from './agreement-words';
import { conflictWords } from './conflict-words';

const A_TUESDAY_AT_TEN = new Date('2026-11-24T10:00:00Z');

const NAMES: AgreementNames = { fromName: 'West Yorkshire', toName: 'Greater Manchester', serviceTypeName: null, serviceName: null };

function day(text: string): LocalDate {
  const date = parseLocalDate(text);
  if (!date) throw new Error(`${text} is no day`);
  return date;
}

function contentOf(given: Partial<AgreementContent> = {}): AgreementContent {
  return {
    ...{ title: 'Across the Pennines', from: { kind: 'commissioner', code: 'QWO' }, to: { kind: 'commissioner', code: 'QOP' }, serviceTypeId: null, serviceId: null },
    ...{ dispositions: [], families: [], weekdays: [], fromMinute: null, toMinute: null, validFrom: day('2026-11-24'), validTo: null, dailyQuota: null },
    ...{ outcome: 'allow', pricePence: null, noshowPence: null, failedContact: 'booker', followUp: 'host-service', approvers: [] },
    ...given,
  };
}

function sentence(given: Partial<AgreementContent>, names: AgreementNames = NAMES) {
  const content = contentOf(given);
  return sentenceOf({ conditions: content, terms: content, names }, A_TUESDAY_AT_TEN);
}

test('the days of an agreement: none named is every day, and a bank holiday is a day of its own', () => {
  expect(weekdaysWords([])).toBe('every day');
  expect(weekdaysWords([1, 2, 3, 4, 5, 6, 7, 8])).toBe('every day');
  expect(weekdaysWords([1, 2, 3, 4, 5, 6, 7])).toBe('every day but bank holidays');
  expect(weekdaysWords([1, 2, 3, 4, 5])).toBe('Mon to Fri');
  expect(weekdaysWords([6, 7, 8])).toBe('Sat and Sun, and bank holidays');
  expect(weekdaysWords([8])).toBe('bank holidays');
  expect(timesWords({ weekdays: [1, 2], fromMinute: 1110, toMinute: 480 })).toBe('Mon and Tue 18:30–08:00');
});

test('the needs of an agreement are its dispositions and families, or every one', () => {
  expect(needsWords({ dispositions: [], families: [] })).toBe('every need');
  expect(needsWords({ dispositions: ['Dx05'], families: ['dental'] })).toBe('Dx05 and Dental');
});

test('what is refused has no price', () => {
  expect(pricesWords({ outcome: 'refuse', pricePence: null })).toBeNull();
  expect(pricesWords({ outcome: 'allow', pricePence: null })).toBe('within contract');
  expect(pricesWords({ outcome: 'allow', pricePence: 1250 })).toBe('£12.50');
  expect(approversWords(['host', 'supervisor', 'clinician'])).toBe('the host commissioner on duty, a supervisor or a clinician');
});

test('an agreement in a sentence: for whom, where, when, how many, what it says and who pays', () => {
  expect(sentence({})).toBe('Patients from West Yorkshire at every service in Greater Manchester, every day, from Tue 24 Nov: allowed, within contract.');
  expect(sentence({ outcome: 'approval', approvers: ['supervisor'], pricePence: 1250, noshowPence: 500, dailyQuota: 50, weekdays: [1, 2, 3, 4, 5], fromMinute: 1110, toMinute: 480 })).toBe(
    'Patients from West Yorkshire at every service in Greater Manchester, Mon to Fri 18:30–08:00, up to 50 a day, from Tue 24 Nov: needs approval by a supervisor. West Yorkshire pays £12.50, and £5.00 for a no-show.',
  );
  expect(sentence({ outcome: 'refuse', dispositions: ['Dx05'], validTo: day('2026-11-30') }, { ...NAMES, serviceTypeName: 'Pharmacy' })).toBe(
    'Patients from West Yorkshire at every Pharmacy in Greater Manchester, for Dx05, every day, Tue 24 Nov to Mon 30 Nov: refused.',
  );
});

test('an agreement for anywhere names no place twice, and no single payer', () => {
  const words = sentence({ from: { kind: 'any' }, to: { kind: 'any' }, pricePence: 100, noshowPence: 0 }, { ...NAMES, fromName: 'anywhere', toName: 'anywhere' });
  expect(words).toContain('Patients from anywhere at every service anywhere, every day');
  expect(words).toContain('The commissioner of the patient pays £1.00, and £0.00 for a no-show.');
});

test('while nothing is said yet, the sentence ends with the days', () => {
  expect(sentenceOf({ conditions: contentOf(), terms: null, names: { ...NAMES, serviceName: 'Leeds Walk-in' } }, A_TUESDAY_AT_TEN)).toBe(
    'Patients from West Yorkshire at Leeds Walk-in in Greater Manchester, every day, from Tue 24 Nov.',
  );
});

test.each([
  ['2026-11-24', null, 'Live'],
  ['2026-11-25', null, 'Agreed, to come'],
  ['2026-11-01', '2026-11-24', 'Live'],
  ['2026-11-01', '2026-11-23', 'Over'],
] as const)('what was agreed from %s to %s is told by the day: %s', (from, to, words) => {
  expect(stateTag({ state: 'agreed', validFrom: day(from), validTo: to && day(to) }, A_TUESDAY_AT_TEN).words).toBe(words);
  expect(stateTag({ state: 'proposed', validFrom: day(from), validTo: null }, A_TUESDAY_AT_TEN).words).toBe('Proposed');
});

test('how an agreement stands to another says which version of which', () => {
  expect(conflictWords({ kind: 'shadowed-by', agreement: { id: 'a', version: 1, title: 'Nights' } })).toBe('This is shadowed by “Nights” (version 1): it is more specific or newer, so this one would never decide.');
});
