import { openDatabase, prepareDatabase } from './support/database';
import { writeDemonstration } from './support/demonstration';
import { startJobs } from './support/job-loops';
import { lockServing } from './support/locks';
import { closeAtEnd, runScript } from './support/run-script';
import { readSettings, requireFreePort } from './support/settings';
import { runDevelopment, webEnv } from './support/web';

runScript(develop, { interruptedCode: 0 });

/** `npm run dev`: the database and data of `npm start`, with pages that follow every change of their source. */
async function develop(): Promise<number> {
  const settings = readSettings();
  lockServing();
  await requireFreePort(settings);

  const database = await openDatabase();
  closeAtEnd(database.stop);
  const env = webEnv(settings, database.url);
  // The jobs run in this process.
  Object.assign(process.env, env);
  await prepareDatabase(database.url, settings);
  if (settings.isDemonstration) await writeDemonstration(settings.publicUrl, database.url);
  await startJobs(database.url);
  return runDevelopment(settings, env);
}
