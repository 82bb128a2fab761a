/**
 * The records of comma-separated text with a header line, by column name (RFC 4180: quoted fields may hold commas, doubled quotes and line ends).
 * Throws when a record has another number of fields than the header.
 */
export function parseCsv(text: string): Record<string, string>[] {
  const [header, ...records] = linesOf(text);
  if (!header) return [];
  return records.map((fields, index) => {
    if (fields.length !== header.length) throw new Error(`Record ${index + 1} has ${fields.length} fields, the header ${header.length}`);
    return Object.fromEntries(header.map((name, column) => [name, fields[column] ?? '']));
  });
}

/** The text of a column that every record must have. Throws when the file has no such column. */
export function field(record: Record<string, string>, name: string): string {
  const value = record[name];
  if (value === undefined) throw new Error(`No column ${name}`);
  return value;
}

// One field with what ends it: quoted or plain, then a comma or the end of the line.
const FIELD = /(?:"((?:[^"]|"")*)"|([^",\n\r]*))(,|\r?\n|$)/y;

function linesOf(text: string): string[][] {
  const lines: string[][] = [];
  let line: string[] = [];
  FIELD.lastIndex = 0;
  while (FIELD.lastIndex < text.length || line.length > 0) {
    const found = FIELD.exec(text);
    if (!found) throw new Error(`Not comma-separated text after record ${lines.length}`);
    const [, quoted, plain = '', end] = found;
    line.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    lines.push(line);
    line = [];
  }
  return lines;
}
