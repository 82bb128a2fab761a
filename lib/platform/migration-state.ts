import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

export const MIGRATIONS_FOLDER = 'prisma/migrations';

/** Lists the migrations that a database has finished; the table is missing before the first one. */
export const FINISHED_MIGRATIONS =
  'SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL';

/** The folders of `prisma/migrations`, in the order in which they apply. */
export function migrationNames(): string[] {
  return readdirSync(MIGRATIONS_FOLDER)
    .filter((name) => existsSync(path.join(MIGRATIONS_FOLDER, name, 'migration.sql')))
    .sort();
}

/** The migrations in this folder that are not among those finished. */
export function migrationsBeyond(finished: readonly { name: string }[]): string[] {
  const names = new Set(finished.map((migration) => migration.name));
  return migrationNames().filter((name) => !names.has(name));
}
