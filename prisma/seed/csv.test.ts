import { expect, test } from 'vitest';
import { field, parseCsv } from './csv';

test('quoted fields keep commas, quotes and line ends; empty fields stay empty', () => {
  expect(parseCsv('a,b,c\n1,"x, ""y""\nz",\r\n,2,3')).toEqual([
    { a: '1', b: 'x, "y"\nz', c: '' },
    { a: '', b: '2', c: '3' },
  ]);
});

test('a record with too many fields, a stray quote or a column that is not there is refused', () => {
  expect(() => parseCsv('a,b\n1,2,3\n')).toThrow('columns length is 2, got 3 on line 2');
  expect(() => parseCsv('a,b\n1,x"y\n')).toThrow('Invalid Opening Quote');
  expect(() => field({ a: '1' }, 'b')).toThrow('No column b');
});
