import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvText, readCsv } from '@/lib/platform/csv';

const WANTED = { known: ['name', 'places'], needed: ['name'], maxRows: 3 };

test('rows are counted as a spreadsheet counts them; empty ones are left out', () => {
  expect(readCsv('\uFEFFName, places\r\n"Smith, ""A""\nB",2\r\n,\r\n\r\nEwa,\r\n', WANTED)).toEqual({
    ok: true,
    value: [
      { row: 2, cells: { name: 'Smith, "A"\nB', places: '2' } },
      { row: 5, cells: { name: 'Ewa', places: '' } },
    ],
  });
});

test('a cell that a spreadsheet would take for a formula is written with an apostrophe', () => {
  expect(csvText(['name'], [['=HYPERLINK("http://example.com")'], ['+44'], ['-1+1'], ['@a'], ["'=1"], ["O'Neil"], ["'n"]])).toBe(
    '\uFEFFname\r\n"\'=HYPERLINK(""http://example.com"")"\r\n\'+44\r\n\'-1+1\r\n\'@a\r\n\'\'=1\r\nO\'Neil\r\n\'n\r\n',
  );
});

test('a negative number stays a number, so that a spreadsheet adds it up; nothing else that begins with its sign does', () => {
  expect(csvText(['pounds'], [['-12.50'], ['-3'], ['-1.5e3'], ['-A1'], ['-12.50\n=A1'], ["'-3"]])).toBe('\uFEFFpounds\r\n-12.50\r\n-3\r\n\'-1.5e3\r\n\'-A1\r\n"\'-12.50\n=A1"\r\n\'\'-3\r\n');
});

test('what is written is read back unchanged, whatever is in the cells', () => {
  const cell = fc.string({ unit: fc.constantFrom('=', '+', '-', '@', "'", '"', ',', ';', '\n', 'a', 'é', '1', ' ') }).map((text) => text.trim());
  fc.assert(
    fc.property(fc.array(fc.tuple(cell.filter(Boolean), cell), { minLength: 1, maxLength: 3 }), (rows) => {
      const read = readCsv(csvText(['name', 'places'], rows), WANTED);
      expect(read.ok && read.value.map(({ cells }) => [cells['name'], cells['places']])).toEqual(rows);
    }),
  );
});

test.each([
  ['a column that is missing', 'places\n1\n', [{ row: 1, column: 'name', message: 'This column is missing' }]],
  ['a column that is not known', 'name,colour\na,red\n', [{ row: 1, column: 'colour', message: 'There is no such column' }]],
  ['a column that is there twice', 'name,name\na,b\n', [{ row: 1, column: 'name', message: 'This column is there twice' }]],
  ['a file without rows', 'name\n', [{ row: 1, column: null, message: 'There is no row below the header' }]],
  ['a file with too many rows', 'name\na\nb\nc\nd\n', [{ row: 5, column: null, message: 'The file has 4 rows: at most 3 at once' }]],
  ['a row with more cells than the header', 'name\na\nb,c\n', [{ row: 3, column: null, message: 'It has more cells than the header: a comma inside a cell needs quotation marks around the cell' }]],
  ['a quotation mark that is not closed', 'name\na\n"b\n', [{ row: 3, column: null, message: 'A quotation mark is not closed, or stands inside a cell without quotation marks around it' }]],
  ['nothing at all', '', [{ row: 1, column: 'name', message: 'This column is missing' }, { row: 1, column: null, message: 'There is no row below the header' }]],
])('%s is named with its row', (_what, text, faults) => {
  expect(readCsv(text, WANTED)).toEqual({ ok: false, error: faults });
});
