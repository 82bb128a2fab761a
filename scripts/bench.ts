import path from 'node:path';
import { ensureDatabase } from '@/lib/platform/embedded';
import { readClock } from '@/lib/platform/time';
import { table } from './bench/measure';
import { openCluster, prepareDatabase } from './support/database';
import { freePort } from './support/port';
import { closeAtEnd, runScript } from './support/run-script';

const FIRST_PORT = 54_340;
const DATABASE = 'onward_bench';

runScript(bench, { interruptedCode: 130 });

/**
 * `npm run bench`: how long searching, listing slots, booking, moving, whole calls, changing schedules and making slots ahead take on the
 * full demonstration, beside a bare client that sends the same SQL in the same run. Its own durable database; machines are noisy, so read
 * the ratios.
 */
async function bench(): Promise<number> {
  const cluster = await openCluster({ folder: path.resolve('.data/bench'), port: await freePort(FIRST_PORT), isDurable: true });
  if (!cluster.isAdopted) closeAtEnd(cluster.stop);
  const url = cluster.url(DATABASE);
  await ensureDatabase(url);
  await prepareDatabase(url, { isDemonstration: true });

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
  return 0;
}
