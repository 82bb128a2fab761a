import { expect, test } from 'vitest';
import { field, parseCsv } from './csv';

test('quoted fields keep commas, quotes and line ends; empty fields stay empty', () => {
  expect(parseCsv('a,b,c\n1,"x, ""y""\nz",\r\n,2,3')).toEqual([
    { a: '1', b: 'x, "y"\nz', c: '' },
    { a: '', b: '2', c: '3' },
  ]);
});

test('a record with too many fields, a stray quote or a column that is not there is refused', () => {
  expect(() => parseCsv('a,b\n1,2,3\n')).toThrow('Record 1 has 3 fields, the header 2');
  expect(() => parseCsv('a,b\n1,x"y\n')).toThrow('Not comma-separated text');
  expect(() => field({ a: '1' }, 'b')).toThrow('No column b');
});
