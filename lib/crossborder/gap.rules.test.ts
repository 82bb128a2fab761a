import { expect, test } from 'vitest';
import { standingAmong } from '@/lib/crossborder/conflict.rules';
import type { World } from '@/lib/crossborder/extent.rules';
import type { Area, Conditions, LiveAgreement } from '@/lib/crossborder/schema';
import { addDays, parseLocalDate } from '@/lib/platform/time';
import type { LocalDate } from '@/lib/platform/time-words';

const TODAY = date('2026-11-24');
const UTC = 46;
const CODES = ['Dx05', 'Dx06', 'Dx07', 'Dx17'];
const WORLD: World = {
  today: TODAY,
  commissioners: [
    { code: 'QWO', name: 'West Yorkshire', regionCode: 'Y63' },
    { code: 'QOP', name: 'Greater Manchester', regionCode: 'Y62' },
    { code: 'QE1', name: 'Lancashire and South Cumbria', regionCode: 'Y62' },
  ],
  needs: CODES.map((code) => ({ code, family: code === 'Dx17' ? 'dental' : 'primary_care' })),
  holidays: new Set([date('2026-12-25'), date('2026-12-28')]),
  services: new Map([['one', { typeId: UTC, icbCode: 'QOP' }]]),
};

test('an agreement without conditions leaves nothing open', () => {
  expect(gaps({})).toEqual([]);
});

test.each([
  [{ weekdays: [1, 2, 3, 4, 5] }, ['Nothing is agreed for Saturdays, Sundays and bank holidays: the default holds then']],
  [{ weekdays: [6, 7] }, ['Nothing is agreed for Mondays to Fridays, and bank holidays: the default holds then']],
  [{ fromMinute: 1_110, toMinute: 480 }, ['Nothing is agreed 08:00 to 18:30 on any day: the default holds then']],
  [{ fromMinute: 480, toMinute: 1_110 }, ['Nothing is agreed 18:30 to 08:00 on any day: the default holds then']],
  [{ validFrom: addDays(TODAY, 7) }, ['Nothing is agreed until Monday 30 November 2026: the default holds then']],
  [{ validTo: date('2027-03-31') }, ['Nothing is agreed from Thursday 1 April 2027 on: the default holds then']],
  [{ families: ['primary_care'] }, ['Nothing is agreed for dispositions Dx17, nor for bookings of other systems, which tell no disposition: the default holds']],
  [{ dispositions: ['Dx05'] }, ['Nothing is agreed for dispositions other than Dx05, nor for bookings of other systems, which tell no disposition: the default holds']],
  [{ dispositions: CODES }, ['Nothing is agreed for bookings of other systems, which tell no disposition: the default holds']],
  [{ serviceTypeId: UTC }, ['Nothing is agreed for other services there: the default holds']],
  [{ serviceId: 'one' }, ['Nothing is agreed for other services there: the default holds']],
])('%o leaves open: %j', (given, words) => {
  expect(gaps(given)).toEqual(words);
});

test('what others agreed closes the gaps, alone or together', () => {
  const weekdays = { weekdays: [1, 2, 3, 4, 5] };
  const weekend = { weekdays: [6, 7, 8] };
  expect(gaps(weekdays, [weekend])).toEqual([]);
  expect(gaps(weekdays, [{ ...weekend, fromMinute: 0, toMinute: 720 }])).toEqual(['Nothing is agreed 12:00 to 24:00 on Saturdays, Sundays and bank holidays: the default holds then']);
  expect(gaps(weekdays, [{ ...weekend, fromMinute: 0, toMinute: 720 }, { ...weekend, fromMinute: 720, toMinute: 1_440 }])).toEqual([]);
  expect(gaps({ serviceTypeId: UTC }, [{ to: { kind: 'region', code: 'Y62' } }])).toEqual([]);
  expect(gaps({ serviceTypeId: UTC }, [{ serviceTypeId: 1 }])).toEqual(['Nothing is agreed for some other services there: the default holds']);
  expect(gaps({ dispositions: ['Dx05'] }, [{ dispositions: ['Dx06', 'Dx07'] }])).toEqual(['Nothing is agreed for dispositions Dx17, nor for bookings of other systems, which tell no disposition: the default holds']);
});

test('dates between two that were agreed are named, and dates that are over are not', () => {
  const early = { validFrom: addDays(TODAY, -30), validTo: addDays(TODAY, 3) };
  expect(gaps({ validFrom: addDays(TODAY, 10) }, [early])).toEqual(['Nothing is agreed from Saturday 28 November 2026 to Thursday 3 December 2026: the default holds then']);
  expect(gaps({ validFrom: addDays(TODAY, 4) }, [early])).toEqual([]);
});

test('what is agreed for a part of a side closes no gap of the whole', () => {
  const weekend = { weekdays: [6, 7, 8] };
  const region: Area = { kind: 'region', code: 'Y62' };
  expect(gaps({ to: region, weekdays: [1, 2, 3, 4, 5] }, [weekend])).toHaveLength(1);
  expect(gaps({ to: region, weekdays: [1, 2, 3, 4, 5] }, [{ ...weekend, to: region }])).toEqual([]);
});

test('only days that come within the dates can be open', () => {
  expect(gaps({ validTo: addDays(TODAY, 3), weekdays: [2, 3, 4] })).toEqual(['Nothing is agreed for Fridays: the default holds then', 'Nothing is agreed from Saturday 28 November 2026 on: the default holds then']);
});

function gaps(given: Partial<Conditions>, others: readonly Partial<Conditions>[] = []): string[] {
  const live = others.map((other, index) => ({ ...said(other), id: `other-${index}`, version: 1, agreedAt: new Date('2026-11-01T10:00:00Z') }));
  return standingAmong({ id: null, content: said(given) }, { live, world: WORLD }).gaps.map(({ words }) => words);
}

function said(given: Partial<Conditions>): Omit<LiveAgreement, 'id' | 'version' | 'agreedAt'> {
  return {
    ...{ title: 'A draft', from: { kind: 'commissioner', code: 'QWO' }, to: { kind: 'commissioner', code: 'QOP' }, serviceTypeId: null, serviceId: null },
    ...{ dispositions: [], families: [], weekdays: [], fromMinute: null, toMinute: null, validFrom: TODAY, validTo: null, dailyQuota: null },
    ...{ outcome: 'allow', pricePence: null, noshowPence: null, failedContact: 'booker', followUp: 'host-service', approvers: [] },
    ...given,
  };
}

function date(text: string): LocalDate {
  const found = parseLocalDate(text);
  if (!found) throw new Error(`No date: ${text}`);
  return found;
}
