import { parse } from 'csv-parse/sync';

/** The records of comma-separated text with a header line, by column name. Throws when a record has another number of fields than the header. */
export function parseCsv(text: string): Record<string, string>[] {
  return parse<Record<string, string>>(text, { columns: true, record_delimiter: ['\r\n', '\n'] });
}

/** The text of a column that every record must have. Throws when the file has no such column. */
export function field(record: Record<string, string>, name: string): string {
  const value = record[name];
  if (value === undefined) throw new Error(`No column ${name}`);
  return value;
}
