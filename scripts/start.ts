import { readClock } from '@/lib/platform/time';
import { buildPages } from './support/build';
import { openDatabase, prepareDatabase, watchDatabase } from './support/database';
import { accountLines, removeDemonstration, writeDemonstration } from './support/demonstration';
import { Fault } from './support/fault';
import { startJobs } from './support/job-loops';
import { lockServing } from './support/locks';
import { closeAtEnd, isEnding, runScript } from './support/run-script';
import { readSettings, requireFreePort, type Settings } from './support/settings';
import { startWeb, webEnv } from './support/web';

const BUILD = '.next';

runScript(start, { interruptedCode: 0 });

/** `npm start`: database, migrations, data, build, web server; then waits until it is told to stop. */
async function start(): Promise<number> {
  const startedAt = readClock().getTime();
  const settings = readSettings();
  lockServing();
  await requireFreePort(settings);

  const database = await openDatabase();
  closeAtEnd(database.stop);
  const env = webEnv(settings, database.url);
  // The jobs run in this process.
  Object.assign(process.env, env);
  // Loading waits for the database and building for the processor: together they take as long as the longer.
  await Promise.all([prepareDatabase(database.url, settings), buildPages(BUILD, env)]);
  if (isEnding()) return 0;

  const { ended } = await startWeb({ settings, folder: BUILD, env });
  await startJobs(database.url);
  await present(settings, database.url);
  console.log(`Ready after ${Math.round((readClock().getTime() - startedAt) / 1000)} s. Ctrl-C stops it.`);
  await (database.isOurs ? Promise.race([ended, watchDatabase(database)]) : ended);
  throw new Fault('The web server has ended by itself: everything is stopped.');
}

async function present({ publicUrl, isDemonstration }: Settings, databaseUrl: string): Promise<void> {
  console.log(`\nOnward: ${publicUrl}\n`);
  if (!isDemonstration) return removeDemonstration();
  await writeDemonstration(publicUrl, databaseUrl);
  console.log(['Demonstration accounts (also in .data/demo.json); ONWARD_DEMONSTRATION=0 switches them off:', ...accountLines(), ''].join('\n'));
}
