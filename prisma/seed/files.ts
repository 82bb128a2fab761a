import { createHash } from 'node:crypto';
import { createReadStream, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { createGunzip, gunzipSync } from 'node:zlib';
import { parseCsv } from './csv';

const FOLDER = 'prisma/data';

/** The records of a shipped file, by column name; `.gz` is unpacked. */
export function readRecords(name: string): Record<string, string>[] {
  const bytes = readFileSync(pathOf(name));
  return parseCsv((name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'));
}

/** The unpacked text of a shipped `.csv.gz` as a stream; `onRead` is told the packed bytes of each piece that was read. */
export function streamText(name: string, onRead: (bytes: number) => void): Readable {
  const file = createReadStream(pathOf(name));
  const text = createGunzip();
  file.on('data', (piece) => onRead(piece.length));
  file.on('error', (error) => text.destroy(error));
  return file.pipe(text);
}

/** Packed bytes of shipped files together. */
export function sizeOf(names: readonly string[]): number {
  return names.reduce((total, name) => total + statSync(pathOf(name)).size, 0);
}

/** One digest of the content of shipped files, in the order given. */
export function digestOf(names: readonly string[]): string {
  const hash = createHash('sha256');
  for (const name of names) hash.update(name).update(readFileSync(pathOf(name)));
  return hash.digest('hex');
}

function pathOf(name: string): string {
  return path.join(FOLDER, name);
}
