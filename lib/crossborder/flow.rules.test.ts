import { describe, expect, test } from 'vitest';
import { flowMonths, flowSearch, largestFirst, matrixOf, pencePerAttended, shadeBounds, shadeOf } from '@/lib/crossborder/flow.rules';
import type { Flow } from '@/lib/crossborder/ledger.schema';
import type { Commissioner } from '@/lib/crossborder/schema';

const NOW = new Date('2026-11-24T10:00:00Z');
const REGIONS = [
  { code: 'Y62', name: 'North West' },
  { code: 'Y63', name: 'North East and Yorkshire' },
];
const LEEDS: Commissioner = { code: 'QWO', name: 'West Yorkshire', regionCode: 'Y63' };
const HUMBER: Commissioner = { code: 'QOQ', name: 'Humber and North Yorkshire', regionCode: 'Y63' };
const MANCHESTER: Commissioner = { code: 'QOP', name: 'Greater Manchester', regionCode: 'Y62' };
const WALES: Commissioner = { code: 'W92000004', name: 'Wales', regionCode: null };

function flow(from: Commissioner, to: Commissioner, { bookings = 1, attended = 1, pence = 0 } = {}): Flow {
  return { from, to, bookings, attended, pence };
}

describe('the period of flows', () => {
  test('is the last whole month and this one, unless another is asked for', () => {
    expect(flowSearch({}, NOW)).toEqual({ search: { from: '2026-10-01', to: '2026-11-01', measure: 'bookings' }, faults: {} });
    expect(flowSearch({ from: '2026-01', to: '2026-03', show: 'pounds' }, NOW)).toEqual({ search: { from: '2026-01-01', to: '2026-03-01', measure: 'pounds' }, faults: {} });
  });

  test.each([
    [{ from: '2026-13' }, 'from'],
    [{ to: 'October' }, 'to'],
    [{ from: '2026-11', to: '2026-10' }, 'to'],
    [{ from: '2024-11', to: '2026-11' }, 'to'],
    [{ from: '0001-01', to: '2026-11' }, 'to'],
  ])('says at its field what is wrong with %j', (asked, field) => {
    const { search, faults } = flowSearch(asked, NOW);
    expect(Object.keys(faults)).toEqual([field]);
    expect(search).toMatchObject({ from: '2026-10-01', to: '2026-11-01' });
  });

  test('is chosen from the last two years, this month first', () => {
    const months = flowMonths(NOW);
    expect([months[0], months.at(-1), months.length]).toEqual(['2026-11-01', '2024-12-01', 24]);
  });

  test('may be as long as two years', () => {
    expect(flowSearch({ from: '2024-12', to: '2026-11' }, NOW).faults).toEqual({});
  });
});

describe('the picture of flows', () => {
  test('has those with flows alone, by region and name, the nations last', () => {
    const { rows, columns } = matrixOf([flow(WALES, LEEDS), flow(LEEDS, MANCHESTER), flow(HUMBER, MANCHESTER)], { measure: 'bookings', regions: REGIONS });
    expect(rows.map(({ region, members }) => [region?.name ?? null, ...members.map(({ name }) => name)])).toEqual([
      ['North East and Yorkshire', 'Humber and North Yorkshire', 'West Yorkshire'],
      [null, 'Wales'],
    ]);
    expect(columns.map(({ region, members }) => [region?.name, ...members.map(({ name }) => name)])).toEqual([
      ['North West', 'Greater Manchester'],
      ['North East and Yorkshire', 'West Yorkshire'],
    ]);
  });

  test('shows bookings, or what they cost', () => {
    const flows = [flow(LEEDS, MANCHESTER, { bookings: 12, pence: 5_000 })];
    const [bookings, pounds] = [matrixOf(flows, { measure: 'bookings', regions: REGIONS }), matrixOf(flows, { measure: 'pounds', regions: REGIONS })];
    expect([bookings.valueOf(LEEDS, MANCHESTER), bookings.valueOf(MANCHESTER, LEEDS), bookings.most]).toEqual([12, null, 12]);
    expect([pounds.valueOf(LEEDS, MANCHESTER), pounds.most]).toEqual([5_000, 5_000]);
  });

  test('without flows has nothing', () => {
    expect(matrixOf([], { measure: 'bookings', regions: REGIONS })).toMatchObject({ rows: [], columns: [], most: 0 });
  });

  test.each([
    [0, 100, null],
    [1, 100, 0],
    [10, 100, 1],
    [49, 100, 2],
    [75, 100, 4],
    [100, 100, 4],
    [1, 1, 4],
  ])('%i of at most %i has the shade %j', (value, most, shade) => {
    expect(shadeOf(value, most)).toBe(shade);
  });

  test('its legend says from how many on each shade is, and leaves out shades that nothing can have', () => {
    expect(shadeBounds(100).map(({ from }) => from)).toEqual([1, 10, 25, 50, 75]);
    expect(shadeBounds(2)).toEqual([
      { shade: 3, from: 1 },
      { shade: 4, from: 2 },
    ]);
    expect(shadeBounds(1)).toEqual([{ shade: 4, from: 1 }]);
    expect(shadeBounds(0)).toEqual([]);
  });

  test('its legend and its cells agree', () => {
    for (const most of [1, 2, 3, 7, 40, 1_999]) {
      for (const { shade, from } of shadeBounds(most)) expect(shadeOf(from, most)).toBe(shade);
    }
  });
});

test('the largest flows come first, by what is looked at', () => {
  const flows = [flow(LEEDS, MANCHESTER, { bookings: 2, pence: 9_000 }), flow(HUMBER, MANCHESTER, { bookings: 5 }), flow(HUMBER, LEEDS, { bookings: 5 })];
  expect(largestFirst(flows, 'bookings').map(({ from, to }) => `${from.code} ${to.code}`)).toEqual(['QOQ QOP', 'QOQ QWO', 'QWO QOP']);
  expect(largestFirst(flows, 'pounds')[0]?.from.code).toBe('QWO');
});

test('the price of a flow is what each that was attended came to', () => {
  expect(pencePerAttended(flow(LEEDS, MANCHESTER, { attended: 3, pence: 1_000 }))).toBe(333);
  expect(pencePerAttended(flow(LEEDS, MANCHESTER, { attended: 0, pence: 500 }))).toBeNull();
});
