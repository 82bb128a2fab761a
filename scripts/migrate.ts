import { migrate } from './support/database';
import { openForScript } from './support/open-for-script';
import { runScript } from './support/run-script';

runScript(applyAll, { interruptedCode: 130 });

/** `npm run db:migrate`: applies what is missing to the database of `npm start`, or to DATABASE_URL. */
async function applyAll(): Promise<number> {
  const { url } = await openForScript();
  const applied = await migrate(url);
  console.log(applied.length > 0 ? applied.map((name) => `Applied ${name}`).join('\n') : 'Nothing to apply: every migration is there.');
  return 0;
}
