import { db, isDatabaseUp } from '@/lib/platform/db';
import { FINISHED_MIGRATIONS, migrationsBeyond } from '@/lib/platform/migration-state';

export type Health = { database: 'up' | 'away'; migrations: 'current' | 'missing' | 'unknown' };

/** Whether the database answers and has every migration of this version. Never throws. */
export async function readHealth(): Promise<Health> {
  if (!(await isDatabaseUp())) return { database: 'away', migrations: 'unknown' };
  return { database: 'up', migrations: await migrationsState() };
}

export function isHealthy(health: Health): boolean {
  return health.database === 'up' && health.migrations === 'current';
}

async function migrationsState(): Promise<Health['migrations']> {
  try {
    const finished = await db.$queryRawUnsafe<{ name: string }[]>(FINISHED_MIGRATIONS);
    return migrationsBeyond(finished).length === 0 ? 'current' : 'missing';
  } catch {
    return 'missing';
  }
}
