import pg from 'pg';
import { ensureDatabase } from '@/lib/platform/embedded';
import { prepareDatabase } from './support/database';
import { Fault } from './support/fault';
import { servingPid } from './support/locks';
import { openForScript } from './support/open-for-script';
import { runScript } from './support/run-script';
import { readSettings } from './support/settings';

runScript(reset, { interruptedCode: 130 });

/** `npm run db:reset`: drops the database with everything in it and makes it anew; for DATABASE_URL only with `-- --yes`. */
async function reset(): Promise<number> {
  const pid = servingPid();
  if (pid !== null) throw new Fault(`Onward is running from this folder (process ${pid}): stop it before its database is dropped.`);
  if (process.env['DATABASE_URL'] && !process.argv.includes('--yes')) {
    throw new Fault('This drops the database that DATABASE_URL names, with everything in it: if you mean it, npm run db:reset -- --yes.');
  }
  const { url } = await openForScript();
  await drop(url);
  await ensureDatabase(url);
  await prepareDatabase(url, readSettings());
  console.log('The database is new.');
  return 0;
}

async function drop(url: string): Promise<void> {
  const name = decodeURIComponent(new URL(url).pathname.slice(1));
  const admin = new pg.Client(Object.assign(new URL(url), { pathname: 'postgres' }).href);
  await admin.connect();
  try {
    await admin.query(`DROP DATABASE IF EXISTS ${admin.escapeIdentifier(name)} WITH (FORCE)`);
  } finally {
    await admin.end();
  }
}
