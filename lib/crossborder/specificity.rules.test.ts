import { describe, expect, test } from 'vitest';
import type { BorderFacts, LiveAgreement, QuotaUse, WhyNot } from '@/lib/crossborder/schema';
import { compareSpecificity, covers, matchAt, momentOf, quotaKey } from '@/lib/crossborder/specificity.rules';
import { crossingFacts, HUMBER, LEEDS, liveAgreement, londonDay, MANCHESTER, TREATMENT_CENTRE, WALES } from '@/prisma/factories/border-rules';

const CHRISTMAS = londonDay('2026-12-25');
const HOLIDAYS = new Set([CHRISTMAS]);
const FRIDAY = 5;
const BANK_HOLIDAY = 8;

const at = (iso: string) => crossingFacts({ startsAt: new Date(iso) });
const service = { service: { id: 'other', name: 'Another Centre', typeId: 25 } };

function whyNot(agreement: LiveAgreement, facts: BorderFacts, used: QuotaUse = new Map()): WhyNot | null {
  return matchAt(agreement, facts, { used, moment: momentOf(facts.startsAt, HOLIDAYS) });
}

describe('why an agreement does not hold, and when it does', () => {
  test.each<[string, Partial<LiveAgreement>, BorderFacts, WhyNot | null]>([
    ['both by code', {}, crossingFacts(), null],
    ['patients of another board', {}, crossingFacts({ from: HUMBER }), 'from'],
    ['patients of its region', { from: { kind: 'region', code: 'Y63' } }, crossingFacts({ from: HUMBER }), null],
    ['patients of another region', { from: { kind: 'region', code: 'Y62' } }, crossingFacts(), 'from'],
    ['patients of a nation are in no region', { from: { kind: 'region', code: 'Y63' } }, crossingFacts({ from: WALES }), 'from'],
    ['patients of a nation by its code', { from: { kind: 'commissioner', code: WALES.code } }, crossingFacts({ from: WALES }), null],
    ['patients of anybody', { from: { kind: 'any' } }, crossingFacts({ from: WALES }), null],
    ['services of another board', {}, crossingFacts({ to: HUMBER }), 'to'],
    ['services of its region', { to: { kind: 'region', code: 'Y62' } }, crossingFacts(), null],
    ['services of another region', { to: { kind: 'region', code: 'Y63' } }, crossingFacts(), 'to'],
    ['services anywhere', { to: { kind: 'any' } }, crossingFacts({ to: HUMBER }), null],
    ['a service of its type', { serviceTypeId: TREATMENT_CENTRE }, crossingFacts(), null],
    ['a service of another type', { serviceTypeId: TREATMENT_CENTRE }, crossingFacts(service), 'service-type'],
    ['its service', { serviceId: 'other' }, crossingFacts(service), null],
    ['another service', { serviceId: 'other' }, crossingFacts(), 'service'],
    ['its disposition', { dispositions: ['Dx05'] }, crossingFacts(), null],
    ['another disposition', { dispositions: ['Dx06'] }, crossingFacts(), 'disposition'],
    ['its family', { families: ['primary_care'] }, crossingFacts(), null],
    ['another family', { families: ['dental'] }, crossingFacts(), 'disposition'],
    ['one of both, disposition', { dispositions: ['Dx05'], families: ['dental'] }, crossingFacts(), null],
    ['one of both, family', { dispositions: ['Dx06'], families: ['primary_care'] }, crossingFacts(), null],
    ['no disposition told, none asked for', {}, crossingFacts({ disposition: null }), null],
    ['no disposition told, one asked for', { dispositions: ['Dx05'] }, crossingFacts({ disposition: null }), 'disposition'],
    ['no disposition told, a family asked for', { families: ['primary_care'] }, crossingFacts({ disposition: null }), 'disposition'],
    ['its day', { weekdays: [2] }, crossingFacts(), null],
    ['another day', { weekdays: [1, 3] }, crossingFacts(), 'day'],
    ['a bank holiday is not its weekday', { weekdays: [FRIDAY] }, at('2026-12-25T10:00:00Z'), 'day'],
    ['a bank holiday by its own number', { weekdays: [BANK_HOLIDAY] }, at('2026-12-25T10:00:00Z'), null],
    ['a plain day is no bank holiday', { weekdays: [BANK_HOLIDAY] }, crossingFacts(), 'day'],
    ['from the first minute', { fromMinute: 600, toMinute: 660 }, crossingFacts(), null],
    ['not in the last minute', { fromMinute: 540, toMinute: 600 }, crossingFacts(), 'hours'],
    ['a minute before it begins', { fromMinute: 601, toMinute: 660 }, crossingFacts(), 'hours'],
    ['until midnight', { fromMinute: 1080, toMinute: 1440 }, at('2026-11-24T23:59:00Z'), null],
    ['over midnight, in the evening', { fromMinute: 1320, toMinute: 360 }, at('2026-11-24T22:00:00Z'), null],
    ['over midnight, at night', { fromMinute: 1320, toMinute: 360 }, at('2026-11-25T05:59:00Z'), null],
    ['over midnight, at its end', { fromMinute: 1320, toMinute: 360 }, at('2026-11-25T06:00:00Z'), 'hours'],
    ['over midnight, at noon', { fromMinute: 1320, toMinute: 360 }, at('2026-11-24T12:00:00Z'), 'hours'],
    ['minutes are those of London in summer', { fromMinute: 600, toMinute: 660 }, at('2026-07-07T09:00:00Z'), null],
    ['01:30 BST on the night when it comes twice', { fromMinute: 60, toMinute: 120 }, at('2026-10-25T00:30:00Z'), null],
    ['01:30 GMT on the same night', { fromMinute: 60, toMinute: 120 }, at('2026-10-25T01:30:00Z'), null],
    ['02:00 GMT on the same night', { fromMinute: 60, toMinute: 120 }, at('2026-10-25T02:00:00Z'), 'hours'],
    ['00:30 on the night without 01:30', { fromMinute: 60, toMinute: 120 }, at('2027-03-28T00:30:00Z'), 'hours'],
    ['half an hour after 01:00 GMT on the same night it is 02:30', { fromMinute: 60, toMinute: 120 }, at('2027-03-28T01:30:00Z'), 'hours'],
    ['its first day', { validFrom: londonDay('2026-11-24') }, crossingFacts(), null],
    ['the day before', { validFrom: londonDay('2026-11-25') }, crossingFacts(), 'dates'],
    ['its last day', { validTo: londonDay('2026-11-24') }, crossingFacts(), null],
    ['the day after', { validTo: londonDay('2026-11-23') }, crossingFacts(), 'dates'],
    ['its day is that of London, not of UTC', { validFrom: londonDay('2026-07-08') }, at('2026-07-07T23:30:00Z'), null],
    ['the first reason of several', { serviceId: 'other', weekdays: [1] }, crossingFacts(), 'service'],
  ])('%s', (_case, given, facts, why) => {
    expect(whyNot(liveAgreement(given), facts)).toBe(why);
  });

  test.each([
    ['one left', 1, null],
    ['none left', 2, 'quota'],
    ['more used than a smaller quota allows', 3, 'quota'],
  ])('quota of the day: %s', (_case, count, why) => {
    const agreement = liveAgreement({ dailyQuota: 2 });
    const used = new Map([[quotaKey(agreement.id, londonDay('2026-11-24')), count], [quotaKey(agreement.id, londonDay('2026-11-25')), 9]]);
    expect(whyNot(agreement, crossingFacts(), used)).toBe(why);
  });
});

describe('the order of specificity', () => {
  const region = { kind: 'region', code: 'Y62' } as const;
  const any = { kind: 'any' } as const;

  test('service, type, all; then the host’s side; then the patient’s; then the newest; then the id', () => {
    const inOrder = [
      liveAgreement({ serviceId: 's', to: any, from: any }),
      liveAgreement({ serviceTypeId: 1 }),
      liveAgreement({ serviceTypeId: 1, to: region }),
      liveAgreement({ from: { kind: 'commissioner', code: LEEDS.code } }),
      liveAgreement({ from: region }),
      liveAgreement({ from: any }),
      liveAgreement({ to: region, from: { kind: 'commissioner', code: LEEDS.code } }),
      liveAgreement({ to: region, from: any, agreedAt: new Date('2026-11-02T09:00:00Z') }),
      liveAgreement({ to: region, from: any }),
      liveAgreement({ to: any, from: any, id: '01900000-0000-7000-8000-000000000001' }),
      liveAgreement({ to: any, from: any, id: '01900000-0000-7000-8000-000000000002' }),
    ];
    expect(inOrder.toReversed().sort(compareSpecificity)).toEqual(inOrder);
  });

  test('conditions make nothing more specific', () => {
    const newest = liveAgreement({ agreedAt: new Date('2026-11-20T09:00:00Z') });
    const narrow = liveAgreement({ dispositions: ['Dx05'], weekdays: [2], fromMinute: 0, toMinute: 720, dailyQuota: 1 });
    expect([narrow, newest].sort(compareSpecificity)).toEqual([newest, narrow]);
  });

  test('one that is the same as itself is neither before nor after', () => {
    expect(compareSpecificity(liveAgreement(), liveAgreement())).toBe(0);
  });
});

test('an area covers nobody who is not known, but anywhere does', () => {
  expect([covers({ kind: 'commissioner', code: MANCHESTER.code }, null), covers({ kind: 'region', code: 'Y62' }, null), covers({ kind: 'any' }, null)]).toEqual([false, false, true]);
});
