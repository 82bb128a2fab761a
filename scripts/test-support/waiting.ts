import { db } from '@/lib/platform/db';

const PATIENCE_MS = 20_000;

/** Looks until some other connection to this test's database waits for a lock: then it is where a race wants it. Throws when none ever does. */
export async function untilSomebodyWaits(): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (performance.now() < end) {
    const waiting = await db.$queryRaw<unknown[]>`SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    if (waiting.length > 0) return;
  }
  throw new Error('nobody waits for a lock');
}
