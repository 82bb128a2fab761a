import { CsvError, parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import type { CsvFault } from '@/lib/platform/errors';
import { ok, refuse, type Result } from '@/lib/platform/result';

/** A record of a file, by column name; `row` as a spreadsheet counts it, where row 1 is the header. */
export type CsvRecord = { row: number; cells: Readonly<Record<string, string>> };

/** What a file must have: every column of `needed`, others of `known`, and at most `maxRows` records. */
type Wanted = { known: readonly string[]; needed: readonly string[]; maxRows: number };

/**
 * The records of comma-separated text whose first row names the columns, in any order and case. Cells are trimmed, empty rows are left
 * out, and what `csvText` did to keep a spreadsheet from reading a cell as a formula is taken back. Refuses with every fault of the file's
 * shape at once: not comma-separated, a column that is missing, unknown or there twice, a row with more cells than the header, too many rows.
 */
export function readCsv(text: string, wanted: Wanted): Result<CsvRecord[], readonly CsvFault[]> {
  const lines = readLines(text);
  if (!lines.ok) return lines;
  const [header = [], ...rest] = lines.value;
  const names = header.map((name) => name.toLowerCase());
  const filled = rest.map((cells, index) => ({ row: index + 2, cells })).filter(({ cells }) => cells.some(Boolean));
  const faults = [...headerFaults(names, wanted), ...rowFaults(filled, names.length, wanted.maxRows)];
  if (faults.length > 0) return refuse(faults);
  return ok(filled.map(({ row, cells }) => ({ row, cells: Object.fromEntries(names.map((name, index) => [name, cells[index] ?? ''])) })));
}

/**
 * Comma-separated text that a spreadsheet opens as UTF-8, with a header and CRLF line ends (RFC 4180). A cell that a spreadsheet would
 * take for a formula gets an apostrophe in front; a negative number stays one.
 */
export function csvText(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  // By itself it quotes only a whole CRLF.
  return stringify([columns, ...rows.map((row) => row.map(guarded))], { bom: true, record_delimiter: 'windows', quoted_match: /[\r\n]/ });
}

// The apostrophes count too, so that what begins with one comes back as it was.
const LIKE_FORMULA = /^'*[=+\-@\t\r]/;
const GUARDED = /^'+[=+\-@\t\r]/;
// A negative number alone calculates nothing, and must stay one to be added up.
const NEGATIVE = /^-\d+(\.\d+)?$/;

function guarded(cell: string): string {
  return LIKE_FORMULA.test(cell) && !NEGATIVE.test(cell) ? `'${cell}` : cell;
}

function unguarded(cell: string): string {
  return GUARDED.test(cell) ? cell.slice(1) : cell;
}

function readLines(text: string): Result<string[][], readonly CsvFault[]> {
  try {
    const lines = parse(text, { bom: true, relax_column_count: true, record_delimiter: ['\r\n', '\n', '\r'] });
    return ok(lines.map((cells) => cells.map((cell) => unguarded(cell.trim()))));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const row = typeof error['records'] === 'number' ? error['records'] + 1 : 1;
    return refuse([{ row, column: null, message: 'A quotation mark is not closed, or stands inside a cell without quotation marks around it' }]);
  }
}

function headerFaults(names: readonly string[], { known, needed }: Wanted): CsvFault[] {
  const fault = (column: string, message: string): CsvFault => ({ row: 1, column, message });
  const unknown = names.flatMap((name, index) => {
    if (!known.includes(name)) return name ? [fault(name, 'There is no such column')] : [];
    return names.indexOf(name) < index ? [fault(name, 'This column is there twice')] : [];
  });
  return [...unknown, ...needed.filter((name) => !names.includes(name)).map((name) => fault(name, 'This column is missing'))];
}

function rowFaults(rows: readonly { row: number; cells: readonly string[] }[], width: number, maxRows: number): CsvFault[] {
  const wide = rows.filter(({ cells }) => cells.slice(width).some(Boolean));
  const faults: CsvFault[] = wide.map(({ row }) => ({ row, column: null, message: 'It has more cells than the header: a comma inside a cell needs quotation marks around the cell' }));
  if (rows.length === 0) faults.push({ row: 1, column: null, message: 'There is no row below the header' });
  if (rows.length > maxRows) faults.push({ row: maxRows + 2, column: null, message: `The file has ${rows.length} rows: at most ${maxRows} at once` });
  return faults;
}
