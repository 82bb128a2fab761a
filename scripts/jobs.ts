import { runJob } from '@/lib/platform/jobs';
import { Fault } from './support/fault';
import { allJobs, startJobs } from './support/job-loops';
import { openForScript } from './support/open-for-script';
import { runScript } from './support/run-script';
import { readSettings } from './support/settings';
import { webEnv } from './support/web';

const FOREVER_MS = 2 ** 31 - 1;

runScript(work, { interruptedCode: 0 });

/**
 * `npm run jobs`: the job loops alone, for an installation whose web servers run with ONWARD_JOBS=0. `npm run jobs -- --once` runs each job
 * once, and says what it made.
 */
async function work(): Promise<number> {
  const [option] = process.argv.slice(2);
  if (option && option !== '--once') throw new Fault('npm run jobs takes no other option than --once.');
  const { url } = await openForScript();
  Object.assign(process.env, webEnv(readSettings(), url));
  if (option) return once(url);

  await startJobs(url);
  console.log('The jobs are running. Ctrl-C stops them.');
  return new Promise(() => setInterval(() => undefined, FOREVER_MS));
}

async function once(url: string): Promise<number> {
  for (const job of await allJobs()) {
    const made = await runJob(job, url);
    console.log(made === null ? `${job.name}: another process is at it` : `${job.name}: ${made} made`);
  }
  return 0;
}
