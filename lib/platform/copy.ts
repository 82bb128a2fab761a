import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from } from 'pg-copy-streams';

/** A value of one COPY column; arrays become PostgreSQL arrays. */
export type CopyValue = string | number | boolean | Date | null | undefined | readonly (string | number)[];

/** Runs `work` with one plain connection in one transaction: all of a bulk load, or none of it. */
export async function bulk<Value>(url: string, work: (client: pg.Client) => Promise<Value>): Promise<Value> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query('BEGIN');
    const value = await work(client);
    await client.query('COMMIT');
    return value;
  } finally {
    await client.end();
  }
}

/** Streams rows into a table by COPY; returns how many. */
export async function copyRows(
  client: pg.Client,
  { table, columns, rows }: { table: string; columns: readonly string[]; rows: Iterable<readonly CopyValue[]> },
): Promise<number> {
  const sink = client.query(from(`COPY ${table} (${columns.join(', ')}) FROM STDIN`));
  // One chunk ahead, no more: whatever else this process does has its turn between chunks.
  await pipeline(Readable.from(lines(rows), { highWaterMark: 1 }), sink);
  return sink.rowCount;
}

/** Streams CSV text with a header line into a table by COPY, as it stands; empty fields become NULL. Returns how many rows. */
export async function copyCsv(
  client: pg.Client,
  { table, columns, csv }: { table: string; columns: readonly string[]; csv: Readable },
): Promise<number> {
  const sink = client.query(from(`COPY ${table} (${columns.join(', ')}) FROM STDIN WITH (FORMAT csv, HEADER)`));
  await pipeline(csv, sink);
  return sink.rowCount;
}

// Rows go in chunks: one stream write a row costs more than the row.
function* lines(rows: Iterable<readonly CopyValue[]>): Generator<string> {
  let chunk = '';
  for (const row of rows) {
    chunk += `${row.map(copyText).join('\t')}\n`;
    if (chunk.length > 16_384) {
      yield chunk;
      chunk = '';
    }
  }
  if (chunk) yield chunk;
}

function copyText(value: CopyValue): string {
  if (value === null || value === undefined) return '\\N';
  if (typeof value === 'number') return String(value);
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return escape(`{${value.map((item) => JSON.stringify(item)).join(',')}}`);
  return escape(String(value));
}

const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function escape(text: string): string {
  return text.replace(/[\\\t\n\r]/g, (character) => ESCAPES[character] ?? character);
}
