import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dateFields, poundsText, typedDate, typedList, typedPence } from '@/lib/crossborder/typed.rules';

test.each([
  ['12.50', 1_250],
  ['£12.5', 1_250],
  [' £ 1,234.05 ', 123_405],
  ['0', 0],
  ['0.07', 7],
  ['10,000.00', 1_000_000],
  ['1.1', 110],
])('"%s" is %d pence', (typed, pence) => {
  expect(typedPence(typed)).toEqual({ ok: true, value: pence });
});

test.each([
  ['', 'Enter an amount in pounds, like 12.50'],
  ['twelve', 'Enter an amount in pounds, like 12.50'],
  ['12,50', 'Enter an amount in pounds, like 12.50'],
  ['1e3', 'Enter an amount in pounds, like 12.50'],
  ['-1', 'Enter 0 or more: nobody is paid for taking a patient'],
  ['-£0.50', 'Enter 0 or more: nobody is paid for taking a patient'],
  ['£-3', 'Enter 0 or more: nobody is paid for taking a patient'],
  ['12.505', 'Enter pounds and whole pence, like 12.50'],
  ['10000.01', 'Enter at most £10,000: check the decimal point'],
])('"%s" is no price: %s', (typed, fault) => {
  expect(typedPence(typed)).toEqual({ ok: false, error: fault });
});

test('every price is read back to the penny from its words', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000_000 }), (pence) => {
      expect(typedPence(poundsText(pence))).toEqual({ ok: true, value: pence });
    }),
  );
});

test('a date in three fields is a day, nothing, or refused', () => {
  const read = (day: string, month: string, year: string) => typedDate({ onDay: day, onMonth: month, onYear: year }, 'on');
  expect(read('4', '11', '2026')).toEqual({ ok: true, value: '2026-11-04' });
  expect(read('', ' ', '')).toEqual({ ok: true, value: null });
  for (const [day, month, year] of [['31', '2', '2027'], ['1', '', '2027'], ['1', '1', '27']] as const) expect(read(day, month, year)).toMatchObject({ ok: false });
  expect(typedDate(dateFields('on', null), 'on')).toEqual({ ok: true, value: null });
});

test('codes of a list stand apart by commas, spaces or both, each once', () => {
  expect(typedList(' Dx05, Dx06;Dx05\nDx07 ')).toEqual(['Dx05', 'Dx06', 'Dx07']);
  expect(typedList(undefined)).toEqual([]);
});
