import { expect, test } from 'vitest';
import { accessSearch } from '@/lib/registry/access-list.rules';

test('asks for everything when nothing is asked', () => {
  expect(accessSearch({})).toEqual({ search: { kind: null, from: null, to: null, page: 1 }, faults: {} });
});

test('reads kind, days and page', () => {
  expect(accessSearch({ kind: 'sealed', from: '2026-11-01', to: '2026-11-24', page: '3' })).toEqual({ search: { kind: 'sealed', from: '2026-11-01', to: '2026-11-24', page: 3 }, faults: {} });
});

test.each([['made-up'], ['toString'], ['']])('takes a kind that does not exist, %o, as both', (kind) => {
  expect(accessSearch({ kind }).search.kind).toBeNull();
});

test.each(['0', '-1', '2.5', '1e3', 'x', '1234567'])('takes page %s as the first', (page) => {
  expect(accessSearch({ page }).search.page).toBe(1);
});

test('says at its field which day is wrong, and leaves it out', () => {
  expect(accessSearch({ from: '2026-02-30', to: 'soon' })).toEqual({
    search: { kind: null, from: null, to: null, page: 1 },
    faults: { from: 'Enter the first day as a date, or leave it empty', to: 'Enter the last day as a date, or leave it empty' },
  });
  expect(accessSearch({ from: '2026-11-24', to: '2026-11-23' })).toMatchObject({ search: { from: '2026-11-24', to: null }, faults: { to: 'The last day must not be before the first' } });
});
