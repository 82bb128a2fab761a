import fc from 'fast-check';
import { expect, test } from 'vitest';
import { balanceOf, bookingsOf, chargeOf, decideFreeze, ledgerStatusOf, monthOf, monthSpan, monthText, nextMonth, parseMonth, previousMonth } from '@/lib/crossborder/ledger.rules';
import type { LedgerStatus, LedgerSum, Month } from '@/lib/crossborder/ledger.schema';

const NOW = new Date('2026-11-24T10:00:00Z');
const PRICES = { pricePence: 1_250, noshowPence: 500 };

test.each([
  ['arrived', 'attended', 1_250],
  ['fulfilled', 'attended', 1_250],
  ['noshow', 'noshow', 500],
  ['cancelled', 'cancelled', 0],
  ['moved', 'cancelled', 0],
  ['entered-in-error', 'cancelled', 0],
] satisfies [string, LedgerStatus, number][])('an appointment that is %s counts as %s and costs %i pence, whatever the time', (status, counts, pence) => {
  for (const endsAt of [new Date('2026-11-24T09:00:00Z'), new Date('2026-11-24T11:00:00Z')]) {
    expect(ledgerStatusOf({ status, endsAt }, NOW)).toBe(counts);
  }
  expect(chargeOf(counts, PRICES)).toBe(pence);
  expect(chargeOf(counts, { pricePence: null, noshowPence: null })).toBe(0);
});

test('a booked appointment is to come until its end, and then nobody has said whether the patient came: either way it costs nothing', () => {
  expect(ledgerStatusOf({ status: 'booked', endsAt: new Date('2026-11-24T10:00:00.001Z') }, NOW)).toBe('to-come');
  expect(ledgerStatusOf({ status: 'booked', endsAt: NOW }, NOW)).toBe('unstated');
  expect([chargeOf('to-come', PRICES), chargeOf('unstated', PRICES)]).toEqual([0, 0]);
});

test.each([
  ['2026-10-31T23:30:00Z', '2026-10-01'],
  ['2026-11-01T00:00:00Z', '2026-11-01'],
  ['2027-03-31T22:59:59Z', '2027-03-01'],
  ['2027-03-31T23:30:00Z', '2027-04-01'],
  ['2026-12-31T23:59:59Z', '2026-12-01'],
])('%s is in the month that London is in: %s', (instant, month) => {
  const found = monthOf(new Date(instant));
  expect(found).toBe(month);
  const { from, to } = monthSpan(found);
  expect(from <= new Date(instant) && new Date(instant) < to).toBe(true);
});

test('every month is followed by the next one, also in leap years, and each instant is in one month alone', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('2023-01-01'), max: new Date('2033-01-01'), noInvalidDate: true }), (instant) => {
      const month = monthOf(instant);
      expect(previousMonth(nextMonth(month))).toBe(month);
      expect(monthSpan(month).to).toEqual(monthSpan(nextMonth(month)).from);
      expect(parseMonth(monthText(month))).toBe(month);
    }),
  );
});

test('what is no month is none', () => {
  expect(['', '2026', '2026-13', '2026-10-01', 'Oct 2026'].map(parseMonth)).toEqual([null, null, null, null, null]);
});

const READY = { month: monthOf(new Date('2026-10-10T12:00:00Z')), frozenAt: null, open: monthOf(new Date('2026-10-10T12:00:00Z')), pence: 1_250, lookedPence: 1_250 };

test('a month that is over, the first one that is open, may be frozen with the sum that was looked at, also when that is 0', () => {
  expect(decideFreeze(READY, NOW)).toEqual({ ok: true, value: null });
  expect(decideFreeze({ ...READY, pence: 0, lookedPence: 0 }, NOW)).toEqual({ ok: true, value: null });
});

test.each([
  ['frozen already', { frozenAt: NOW }, { code: 'ledger-month-frozen', month: READY.month, at: NOW }],
  ['with nothing in it', { pence: null, open: null }, { code: 'ledger-nothing-to-freeze', month: READY.month }],
  ['with another sum than the one looked at', { lookedPence: 1_249 }, { code: 'ledger-changed', pence: 1_250 }],
  ['behind an open one', { open: previousMonth(READY.month) }, { code: 'ledger-earlier-open', month: previousMonth(READY.month) }],
])('a month %s is not frozen', (_what, given, error) => {
  expect(decideFreeze({ ...READY, ...given }, NOW)).toEqual({ ok: false, error });
});

test('a month is over when London is in the next one: in summer an hour before it is in UTC', () => {
  const march = monthOf(new Date('2027-03-10T12:00:00Z'));
  const facts = { ...READY, month: march, open: march };
  expect(decideFreeze(facts, new Date('2027-03-31T22:59:59Z'))).toEqual({ ok: false, error: { code: 'ledger-month-not-over', month: march } });
  expect(decideFreeze(facts, new Date('2027-03-31T23:00:00Z')).ok).toBe(true);
});

test('what is owed, what is owing and what stays within the area are added up apart, with what is given back', () => {
  const sums = [sum('QWO', 'QOP', 1_000), sum('QOP', 'QWO', 300), sum('QE1', 'QWO', -50), sum('QWO', 'QYG', 7)];
  expect(balanceOf(sums, ({ code }) => code === 'QWO')).toEqual({ owing: 1_007, owed: 250, within: 0 });
  expect(balanceOf(sums.slice(0, 2), () => true)).toEqual({ owing: 0, owed: 0, within: 1_300 });
});

test('the bookings of a sum are those of every status', () => {
  expect(bookingsOf(sum('QWO', 'QOP', 0))).toBe(15);
});

function sum(payer: string, host: string, pence: number): LedgerSum {
  const month: Month = READY.month;
  const counts = { attended: 1, noshow: 2, cancelled: 3, 'to-come': 4, unstated: 5 };
  return { payer: commissioner(payer), host: commissioner(host), month, counts, charges: pence, corrections: 0, pence, frozen: null };
}

function commissioner(code: string) {
  return { code, name: code, regionCode: null };
}
