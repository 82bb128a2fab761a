import pg from 'pg';
import { ensureDatabase } from '@/lib/platform/embedded';
import { Fault } from './fault';

const OLDEST_VERSION = 15;
const TIMEOUT_MS = 5_000;

/** Throws a Fault unless `text` names a PostgreSQL that can be used now; makes the database when only that is missing. */
export async function checkDatabaseUrl(text: string): Promise<void> {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !['postgres:', 'postgresql:'].includes(url.protocol) || url.pathname.length < 2) {
    throw new Fault('DATABASE_URL must be of the form postgresql://user:password@host:5432/database.');
  }
  try {
    await checkServer(text, url);
  } catch (error) {
    if (codeOf(error) !== NO_SUCH_DATABASE) throw asFault(error, url);
    await ensureDatabase(text).catch(() => {
      throw new Fault(`The database ${nameIn(url)} of DATABASE_URL does not exist at ${url.host}, and this user may not make it.`);
    });
  }
}

async function checkServer(text: string, url: URL): Promise<void> {
  const client = new pg.Client({ connectionString: text, connectionTimeoutMillis: TIMEOUT_MS });
  client.on('error', () => undefined); // A connection that breaks afterwards is the pool's matter.
  await client.connect();
  try {
    const { rows } = await client.query<{ server_version_num: string }>('SHOW server_version_num');
    const version = Math.floor(Number(rows[0]?.server_version_num) / 10_000);
    if (version < OLDEST_VERSION) throw new Fault(`The database at ${url.host} is PostgreSQL ${version}; Onward needs ${OLDEST_VERSION} or newer.`);
  } finally {
    await client.end();
  }
}

const NO_SUCH_DATABASE = '3D000';
const REFUSED_USER = ['28P01', '28000'];

// Never the driver's own words: they can hold the whole address, password included.
function asFault(error: unknown, url: URL): Fault {
  if (error instanceof Fault) return error;
  const code = codeOf(error);
  if (code && REFUSED_USER.includes(code)) return new Fault(`The database at ${url.host} refused the user name or password in DATABASE_URL.`);
  return new Fault(`The database of DATABASE_URL cannot be reached at ${url.host}${code ? ` (${code})` : ''}.`);
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

function nameIn(url: URL): string {
  return decodeURIComponent(url.pathname.slice(1));
}
