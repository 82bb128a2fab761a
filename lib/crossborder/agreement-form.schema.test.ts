import { expect, test } from 'vitest';
import { agreementForm, agreementValues, declineForm, endForm, standingForm, type AgreementChoices } from '@/lib/crossborder/agreement-form.schema';
import { defaultForm, defaultValues } from '@/lib/crossborder/terms-form.schema';
import type { AgreementContent } from '@/lib/crossborder/agreement.schema';
import { fieldErrors } from '@/lib/platform/form';
import { parseLocalDate } from '@/lib/platform/time';
import type { LocalDate } from '@/lib/platform/time-words';

const TODAY = date('2026-11-24');
const CHOICES: AgreementChoices = {
  regions: [{ code: 'Y62', name: 'North West', commissioners: [{ code: 'QOP', name: 'Greater Manchester', regionCode: 'Y62' }] }],
  nations: [{ code: 'W92000004', name: 'Wales', regionCode: null }],
  serviceTypes: [{ id: 46, name: 'Urgent Treatment Centre (UTC)' }],
  families: ['dental', 'primary_care'],
  dispositions: [{ code: 'Dx05', title: 'Within 2 hours', family: 'primary_care' }, { code: 'Dx0115', title: 'Another', family: 'dental' }],
};

const PLAIN = {
  ...{ title: 'Across the Pennines', from: 'QWO', to: 'QOP', outcome: 'allow', pricing: 'within', failedContact: 'booker', followUp: 'host-service' },
  ...{ validFromDay: '1', validFromMonth: '12', validFromYear: '2026' },
};

const FULL: AgreementContent = {
  ...{ title: 'Evenings', from: { kind: 'commissioner', code: 'QWO' }, to: { kind: 'region', code: 'Y62' }, serviceTypeId: 46, serviceId: null },
  ...{ dispositions: ['Dx0115', 'Dx05'], families: ['primary_care'], weekdays: [1, 5, 8], fromMinute: 1_110, toMinute: 480, validFrom: date('2026-12-01'), validTo: date('2027-03-31'), dailyQuota: 50 },
  ...{ outcome: 'approval', pricePence: 1_250, noshowPence: 0, failedContact: 'host', followUp: 'responsible', approvers: ['host', 'clinician'] },
};

test('the least that a form must say is an agreement without conditions, within contract', () => {
  const { from, to, validFrom, ...rest } = read(PLAIN);
  expect([from, to, validFrom]).toEqual(['QWO', 'QOP', '2026-12-01']);
  expect(rest).toMatchObject({ serviceTypeId: null, dosId: null, dispositions: [], weekdays: [], fromMinute: null, validTo: null, dailyQuota: null, pricePence: null, noshowPence: null, approvers: [] });
});

test('an agreement is read back from its own fields', () => {
  expect(read(agreementValues(FULL, null))).toEqual({ ...FULL, serviceId: undefined, from: 'QWO', to: 'Y62', dosId: null });
  expect(read(agreementValues({ ...FULL, serviceTypeId: null, from: { kind: 'any' } }, '9990001'))).toMatchObject({ from: 'any', dosId: '9990001', serviceTypeId: null });
});

test('an empty form is told every fault at its field at once', () => {
  expect(Object.keys(faults({})).sort()).toEqual(['failedContact', 'followUp', 'from', 'outcome', 'pricing', 'title', 'to', 'validFrom']);
});

test.each<[Record<string, string>, Record<string, string>]>([
  [{ title: 'x'.repeat(81) }, { title: 'The title must have 80 characters or fewer: shorten it' }],
  [{ to: 'QWO' }, { to: 'Choose another commissioner: within one no border is crossed' }],
  [{ serviceTypeId: '7' }, { serviceTypeId: 'Choose a type of service from the list' }],
  [{ dosId: 'abc' }, { dosId: 'Enter the DoS id of one service: digits alone' }],
  [{ dosId: '123', serviceTypeId: '46' }, { dosId: 'Choose a type of service, or one service: not both' }],
  [{ dispositions: 'Dx05, Dx999 nonsense' }, { dispositions: 'There is no disposition Dx999, nonsense: enter codes like Dx05, Dx06' }],
  [{ families: 'dental,shopping' }, { families: 'Choose families from the list' }],
  [{ weekdays: '1,9' }, { weekdays: 'Choose days from the list' }],
  [{ fromTime: '9 to 5' }, { fromTime: 'Enter a time like 09:00 or 17:30; 24:00 is the end of the day', toTime: 'Enter when it ends, or leave both times empty' }],
  [{ fromTime: '09:00', toTime: '09:00' }, { toTime: 'It must not end when it begins: leave both times empty for the whole day' }],
  [{ fromTime: '24:00', toTime: '08:00' }, { fromTime: 'Enter 00:00 for the beginning of a day' }],
  [{ validFromDay: '23', validFromMonth: '11' }, { validFrom: 'What is past stays as it was: choose today or a later day' }],
  [{ validToDay: '30', validToMonth: '2', validToYear: '2027' }, { validTo: 'Enter a real date with a year of 4 digits, like 24 11 2026' }],
  [{ validToDay: '30', validToMonth: '11', validToYear: '2026' }, { validTo: 'The last day cannot be before the first' }],
  [{ dailyQuota: '0' }, { dailyQuota: 'Enter a whole number from 1 to 10000, or nothing for as many as there are' }],
  [{ dailyQuota: '2.5' }, { dailyQuota: 'Enter a whole number from 1 to 10000, or nothing for as many as there are' }],
  [{ pricing: 'price', price: '-1', noshowPrice: '1.234' }, { price: 'Enter 0 or more: nobody is paid for taking a patient', noshowPrice: 'Enter pounds and whole pence, like 12.50' }],
  [{ outcome: 'approval' }, { approvers: 'Choose at least one who may approve' }],
  [{ outcome: 'refuse', pricing: 'price', price: '1', noshowPrice: '1', dailyQuota: '5' }, { pricing: 'What is refused has no price: choose within contract', dailyQuota: 'What is refused has no quota: leave it empty' }],
  [{ outcome: 'sometimes' }, { outcome: 'Choose what holds for these bookings' }],
])('%o is told %o', (typed, told) => {
  expect(faults({ ...PLAIN, ...typed })).toEqual(told);
});

test('a region borders on itself, approvers count only where somebody approves, and a price only where there is one', () => {
  expect(read({ ...PLAIN, from: 'Y62', to: 'Y62' })).toMatchObject({ from: 'Y62', to: 'Y62' });
  expect(read({ ...PLAIN, approvers: 'host,clinician', price: 'nonsense' })).toMatchObject({ approvers: [], pricePence: null });
});

test('until midnight is until the end of the day, and the whole day is no condition', () => {
  expect(read({ ...PLAIN, fromTime: '18:30', toTime: '0' })).toMatchObject({ fromMinute: 1_110, toMinute: 1_440 });
  expect(read({ ...PLAIN, fromTime: '00:00', toTime: '24:00' })).toMatchObject({ fromMinute: null, toMinute: null });
});

test('how it stands to others can be asked before everything is typed', () => {
  const { from, to, validFromDay, validFromMonth, validFromYear } = PLAIN;
  const half = { from, to, validFromDay, validFromMonth, validFromYear, pricing: 'price', price: 'nonsense' };
  expect(standingForm(TODAY, CHOICES).safeParse(half).success).toBe(true);
  expect(standingForm(TODAY, CHOICES).safeParse({ ...half, from: '' }).success).toBe(false);
});

test('declining takes words, and ending a day', () => {
  const looked = { id: 'some', version: '2', edition: '3' };
  expect(declineForm.parse({ ...looked, text: ' Too dear ' })).toEqual({ id: 'some', version: 2, edition: 3, text: 'Too dear' });
  expect(declineForm.safeParse({ ...looked, text: ' ' }).success).toBe(false);
  expect(endForm.parse({ ...looked, lastDayDay: '1', lastDayMonth: '12', lastDayYear: '2026' })).toEqual({ id: 'some', version: 2, edition: 3, lastDay: '2026-12-01' });
  expect(endForm.safeParse(looked).error?.issues[0]).toMatchObject({ path: ['lastDay'], message: 'Enter the last day on which it holds' });
});

test('a default is read back from its own fields, and always has somebody who approves', () => {
  const rule = { nation: 'W', version: 4, urgentMinutes: 360, urgentOutcome: 'allow', emergencyOutcome: 'notify', otherOutcome: 'approval', pricePence: 100, noshowPence: 0, failedContact: 'booker', followUp: 'host', approvers: ['host'] } as const;
  const { version, ...rest } = rule;
  expect(defaultForm.parse(defaultValues(rule))).toEqual({ ...rest, seenVersion: version });
  const wrong = defaultForm.safeParse({ ...defaultValues(rule), approvers: '', urgentMinutes: '10081', otherOutcome: '', price: '-1' });
  expect(Object.keys(wrong.error ? fieldErrors(wrong.error) : {}).sort()).toEqual(['approvers', 'otherOutcome', 'price', 'urgentMinutes']);
});

function read(values: Record<string, string>) {
  return agreementForm(TODAY, CHOICES).parse(values);
}

function faults(values: Record<string, string>): Record<string, string> {
  const { error } = agreementForm(TODAY, CHOICES).safeParse(values);
  return error ? fieldErrors(error) : {};
}

function date(text: string): LocalDate {
  const found = parseLocalDate(text);
  if (!found) throw new Error(`No date: ${text}`);
  return found;
}
