import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ensureDatabase, startCluster } from '@/lib/platform/embedded';
import { applyMigrations } from '@/lib/platform/migrate';
import { readClock } from '@/lib/platform/time';
import { checkDatabaseUrl } from './database-url';
import { Fault } from './fault';
import { freePort, portState } from './port';
import { showProgress } from './progress';
import { isEnding } from './run-script';
import { checkWayIn } from './way-in';

/** A running PostgreSQL with the database of this installation; `isOurs` when it is the embedded one of this folder. */
export type Database = { url: string; isOurs: boolean; isAdopted: boolean; stop: () => Promise<void> };

const FOLDER = path.resolve('.data/postgres');
const PORT_FILE = path.resolve('.data/postgres.port');
const FIRST_PORT = 54_320;
const NAME = 'onward';
const WATCH_MS = 2_000;

/** The database at DATABASE_URL, or else the embedded one in `.data/postgres`, started or adopted. Throws a Fault when it cannot be used. */
export async function openDatabase(): Promise<Database> {
  const given = process.env['DATABASE_URL'];
  if (given) {
    await checkDatabaseUrl(given);
    return { url: given, isOurs: false, isAdopted: true, stop: async () => undefined };
  }
  const cluster = await openCluster({ folder: FOLDER, port: await rememberedPort(), isDurable: true });
  const url = cluster.url(NAME);
  await ensureDatabase(url);
  return { url, isOurs: true, isAdopted: cluster.isAdopted, stop: cluster.stop };
}

/** Starts the embedded database again whenever it has gone, until the script ends: the pages recover by themselves. */
export async function watchDatabase({ url }: Database): Promise<void> {
  const port = Number(new URL(url).port);
  for (;;) {
    await wait(WATCH_MS);
    if (isEnding()) return;
    if ((await portState(port)) === 'taken') continue;
    console.error('The database has gone: starting it again.');
    await openCluster({ folder: FOLDER, port, isDurable: true });
  }
}

/** Starts or adopts an embedded cluster, after making sure that its own user can get at it. */
export async function openCluster(options: Parameters<typeof startCluster>[0]): ReturnType<typeof startCluster> {
  checkWayIn();
  return startCluster(options).catch((error: unknown) => {
    throw isEnding() || !(error instanceof Error) ? error : new Fault(error.message.replaceAll('\n', ' '));
  });
}

/** Applies the migrations that are missing; returns their names. */
export async function migrate(url: string): Promise<string[]> {
  return applyMigrations(url).catch((error: unknown) => {
    const words = error instanceof Error ? error.message : String(error);
    throw isEnding() ? error : new Fault(`The database could not be migrated: ${words.replaceAll(/\s+/g, ' ').trim()}`);
  });
}

/** Migrates, then loads what is missing: the reference data, and the demonstration unless it is switched off. */
export async function prepareDatabase(url: string, { isDemonstration }: { isDemonstration: boolean }): Promise<void> {
  await migrate(url);
  // What loads through our commands connects where this points, at its first import.
  process.env['DATABASE_URL'] = url;
  const { progress, end } = showProgress();
  if (isDemonstration) {
    const { load } = await import('@/scripts/load');
    await load(url, { now: readClock(), progress });
  } else {
    const { loadReference } = await import('@/prisma/seed/reference');
    await loadReference(url, progress);
  }
  end();
}

// The same port every time, so that other tools can be pointed at the database.
async function rememberedPort(): Promise<number> {
  const remembered = existsSync(PORT_FILE) ? Number(readFileSync(PORT_FILE, 'utf8')) : FIRST_PORT;
  const port = await freePort(remembered || FIRST_PORT);
  writeFileSync(PORT_FILE, String(port));
  return port;
}
