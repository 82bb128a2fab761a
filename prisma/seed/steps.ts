import type pg from 'pg';
import { bulk, copyRows, type CopyValue } from '@/lib/platform/copy';
import { readClock } from '@/lib/platform/time';
import { digestOf } from './files';

/** A part of the reference data that is loaded whole or not at all. */
export type Step = {
  /** Its name in `loaded_data`. */
  name: string;
  /** What the person who waits is told. */
  words: string;
  /** The shipped files that it is made from. */
  files: readonly string[];
  load: (client: pg.Client, onPart: (done: number, total: number) => void) => Promise<void>;
};

/** The rows of one table, and whether others refer to them: then they are put beside what is there, else they replace it. */
export type TableLoad = {
  table: string;
  columns: readonly string[];
  rows: Iterable<readonly CopyValue[]>;
  /** Primary key, where other tables refer to the rows; null: the table is emptied first. */
  key: readonly string[] | null;
};

/** Rows of one shape, named as Prisma names the columns, as a table to copy that no other refers to yet. */
export function copyOf(table: string, rows: readonly Readonly<Record<string, CopyValue>>[]): TableLoad {
  const names = Object.keys(rows[0] ?? {});
  const columns = names.map((name) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
  return { table, columns, key: null, rows: rows.map((row) => names.map((name) => row[name])) };
}

// Raise when the same files make other rows.
const RULES_VERSION = '1';

/** Carries out the step in one transaction, unless the same files were loaded before. */
export async function runStep(url: string, step: Step, onPart: (done: number, total: number) => void): Promise<void> {
  const digest = digestOfStep(step);
  await bulk(url, async (client) => {
    if ((await loadedDigest(client, step.name)) === digest) return;
    await step.load(client, onPart);
    await markLoaded(client, step.name, digest);
  });
}

/** Changes when a file of the step does, or the rules that make rows of it. */
export function digestOfStep(step: Step): string {
  return `${RULES_VERSION}:${digestOf(step.files)}`;
}

/** The digest under which this name was loaded, or null. */
export async function loadedDigest(client: pg.Client, name: string): Promise<string | null> {
  const { rows } = await client.query<{ digest: string }>('SELECT digest FROM loaded_data WHERE name = $1', [name]);
  return rows[0]?.digest ?? null;
}

export async function markLoaded(client: pg.Client, name: string, digest: string): Promise<void> {
  await client.query(
    'INSERT INTO loaded_data (name, digest, at) VALUES ($1, $2, $3) ON CONFLICT (name) DO UPDATE SET digest = EXCLUDED.digest, at = EXCLUDED.at',
    [name, digest, readClock()],
  );
}

/** Loads tables in the order given, so that what is referred to comes first. */
export async function loadTables(client: pg.Client, tables: readonly TableLoad[]): Promise<void> {
  for (const load of tables) await (load.key ? merge(client, load, load.key) : replace(client, load));
}

async function replace(client: pg.Client, { table, columns, rows }: TableLoad): Promise<void> {
  await client.query(`DELETE FROM ${table}`);
  await copyRows(client, { table, columns, rows });
}

async function merge(client: pg.Client, { table, columns, rows }: TableLoad, key: readonly string[]): Promise<void> {
  const names = columns.join(', ');
  const changed = columns.filter((column) => !key.includes(column)).map((column) => `${column} = EXCLUDED.${column}`);
  await client.query(`CREATE TEMPORARY TABLE staged ON COMMIT DROP AS SELECT ${names} FROM ${table} WITH NO DATA`);
  await copyRows(client, { table: 'staged', columns, rows });
  await client.query(`INSERT INTO ${table} (${names}) SELECT ${names} FROM staged ON CONFLICT (${key.join(', ')}) DO UPDATE SET ${changed.join(', ')}`);
  await client.query('DROP TABLE staged');
}
