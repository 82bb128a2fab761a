import path from 'node:path';
import { ensureDatabase } from '@/lib/platform/embedded';
import { readClock } from '@/lib/platform/time';
import { chooseApiAddress, startApi } from './bench/api-server';
import { rateTable, table } from './bench/measure';
import { runNode } from './support/child';
import { openCluster, prepareDatabase } from './support/database';
import { Fault } from './support/fault';
import { freePort } from './support/port';
import { showProgress } from './support/progress';
import { closeAtEnd, runScript } from './support/run-script';

const FIRST_PORT = 54_340;
const DATABASE = 'onward_bench';
const PARTS = ['api', 'screens', 'borders', 'memory', 'registry'];
const FEW_ENTRIES = 200_000;
const MANY_ENTRIES = 20_000_000;

runScript(bench, { interruptedCode: 130 });

/**
 * `npm run bench`: how long searching, listing slots, booking, moving, whole calls, changing schedules, making slots ahead and the API take on
 * the full demonstration, beside a bare client that sends the same SQL in the same run. Its own durable database; machines are noisy, so
 * read the ratios. `npm run bench -- api` measures the API alone, `-- screens` what is on screens of calls and services, `-- borders` what
 * agreements cost and a month replayed with one, which it makes first; `-- memory` ten minutes of the API's memory; `-- registry` the registry with 20 million entries, which it loads first: 12 GB, and some minutes.
 */
async function bench(): Promise<number> {
  const [part] = process.argv.slice(2);
  if (part && !PARTS.includes(part)) throw new Fault(`npm run bench takes ${PARTS.slice(0, -1).join(', ')} or ${PARTS.at(-1)}, or nothing.`);
  await chooseApiAddress();
  const cluster = await openCluster({ folder: path.resolve('.data/bench'), port: await freePort(FIRST_PORT), isDurable: true });
  if (!cluster.isAdopted) closeAtEnd(cluster.stop);
  if (part === 'registry') return benchRegistry({ small: cluster.url(`${DATABASE}_registry_small`), large: cluster.url(`${DATABASE}_registry`) });
  const url = cluster.url(DATABASE);
  await ensureDatabase(url);
  await prepareDatabase(url, { isDemonstration: true });

  if (!part || part === 'screens') await benchScreens(url);
  if (!part || part === 'borders') await benchBorders(url);
  if (!part || part === 'api' || part === 'memory') await benchApi(url, part === 'memory');
  return 0;
}

async function benchScreens(url: string): Promise<void> {
  const { aHandler } = await import('@/prisma/factories/staff');
  const { searchLines, slotLines } = await import('./bench/searches');
  const { bookingLines } = await import('./bench/bookings');
  const { workflowLines } = await import('./bench/workflow');
  const { scheduleLines } = await import('./bench/schedules');
  const { horizonLines } = await import('./bench/horizon');
  const ctx = await aHandler({ now: readClock() });
  const lines = [
    ...(await searchLines(ctx, url)),
    ...(await slotLines(ctx, url)),
    ...(await bookingLines(ctx, url)),
    ...(await workflowLines(ctx)),
    ...(await scheduleLines(ctx, url)),
    ...(await horizonLines(ctx, url)),
  ];
  console.log(`\n${table(lines)}`);
}

async function benchBorders(url: string): Promise<void> {
  const { aHandler } = await import('@/prisma/factories/staff');
  const { borderLines } = await import('./bench/borders');
  const { benchWhatIf } = await import('./bench/what-if');
  const ctx = await aHandler({ now: readClock() });
  console.log(`\n${table([...(await borderLines(ctx, url)), ...(await benchWhatIf(ctx, url))])}`);
}

async function benchRegistry(urls: { small: string; large: string }): Promise<number> {
  const { fillRegistry } = await import('./bench/registry-load');
  for (const [url, count] of [[urls.small, FEW_ENTRIES], [urls.large, MANY_ENTRIES]] as const) {
    await ensureDatabase(url);
    // In a process of its own: the engine of the migrations looks after one database in its life.
    const migrated = await runNode(['--import', 'tsx', 'scripts/migrate.ts'], { env: { DATABASE_URL: url }, output: 'shown' });
    if (migrated.code !== 0) throw new Fault('The database of the bench could not be migrated.');
    const { progress, end } = showProgress();
    await fillRegistry(url, { count, now: readClock(), onProgress: (done, total) => progress('Entries', done, total) });
    end();
  }
  // This process sends what the API sends, to the same database.
  process.env['DATABASE_URL'] = urls.large;
  const { lookUpLines, registeringRate } = await import('./bench/registry');
  const api = await startApi(urls.large);
  closeAtEnd(api.stop);
  const { lines, growth } = await lookUpLines({ base: api.base, ...urls });
  console.log(`\n${table(lines)}\n${growth}`);
  console.log(rateTable([await registeringRate({ base: api.base, ...urls })]));
  return 0;
}

async function benchApi(url: string, isMemory: boolean): Promise<void> {
  const { apiRates } = await import('./bench/api');
  const { crowdWords } = await import('./bench/crowd');
  const { memoryWords } = await import('./bench/memory');
  const api = await startApi(url);
  closeAtEnd(api.stop);
  if (isMemory) return console.log(`\n${await memoryWords(api)}`);
  console.log(`\n${rateTable(await apiRates(api.base, url))}`);
  console.log(await crowdWords(api.base));
}
