import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ENTRY_COLUMNS, entryCells, poundsText, SUM_COLUMNS, sumCells } from '@/lib/crossborder/ledger-csv.rules';
import { monthOf } from '@/lib/crossborder/ledger.rules';
import type { LedgerSum } from '@/lib/crossborder/ledger.schema';

const STARTS_AT = new Date('2027-03-31T23:30:00Z');
const SUM: LedgerSum = {
  payer: { code: 'QWO', name: 'West Yorkshire', regionCode: 'Y63' },
  host: { code: 'QOP', name: 'Greater Manchester', regionCode: 'Y62' },
  month: monthOf(STARTS_AT),
  counts: { attended: 3, noshow: 1, cancelled: 2, 'to-come': 0, unstated: 4 },
  charges: 4_250,
  corrections: -1_250,
  pence: 3_000,
  frozen: { at: STARTS_AT, by: 'Asha Test' },
};

test('a row of a sum has every count, and pounds that a spreadsheet adds up, with the sign of a correction', () => {
  const row = Object.fromEntries(SUM_COLUMNS.map((column, index) => [column, sumCells(SUM)[index]]));
  expect(row).toMatchObject({ month: '2027-04', payer_code: 'QWO', payer: 'West Yorkshire', host_code: 'QOP', bookings: '10', attended: '3', not_attended: '1', cancelled: '2', to_come: '0', not_stated: '4' });
  expect(row).toMatchObject({ charges_pounds: '42.50', corrections_pounds: '-12.50', total_pounds: '30.00', frozen: '2027-04-01' });
  expect(sumCells({ ...SUM, frozen: null }).at(-1)).toBe('');
});

test('a row of an appointment says when it was in London, and nothing of a patient', () => {
  const entry = { appointmentId: 'an id', reference: 'ONW-7K3P-92', startsAt: STARTS_AT, serviceName: 'Test centre', kind: 'correction', status: 'noshow', ruleWords: 'Across the Pennines', pence: -750 } as const;
  expect(entryCells(SUM, entry)).toEqual(['2027-04', 'QWO', 'QOP', 'correction', 'ONW-7K3P-92', '2027-04-01', '00:30', 'Test centre', 'not_attended', 'Across the Pennines', '-7.50']);
  expect(entryCells(SUM, entry)).toHaveLength(ENTRY_COLUMNS.length);
});

test('pounds have the pence that they were made of, to the penny', () => {
  expect([0, 5, 50, 100, 1_250, -5, -123_456].map(poundsText)).toEqual(['0.00', '0.05', '0.50', '1.00', '12.50', '-0.05', '-1234.56']);
  fc.assert(
    fc.property(fc.integer({ min: -2_000_000_000, max: 2_000_000_000 }), (pence) => {
      expect(Number(poundsText(pence).replace('.', ''))).toBe(pence);
    }),
  );
});
