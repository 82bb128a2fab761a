import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { diffMigrations } from '@/lib/platform/migrate';
import { readClock } from '@/lib/platform/time';
import { Fault } from './support/fault';
import { openForScript } from './support/open-for-script';
import { runScript } from './support/run-script';

runScript(writeMigration, { interruptedCode: 130 });

/** `npm run db:diff -- NAME`: writes the migration that leads from the existing ones to the schema files. */
async function writeMigration(): Promise<number> {
  const name = process.argv[2] ?? '';
  if (!/^[a-z][a-z0-9_]*$/.test(name)) throw new Fault('Give the migration a name of small letters, digits and underscores: npm run db:diff -- add_referral.');

  const { url } = await openForScript();
  const sql = await diffMigrations(url);
  if (!hasStatements(sql)) {
    console.log('Nothing changed: the migrations produce exactly the schema.');
    return 0;
  }
  const folder = path.join('prisma/migrations', `${timestamp(readClock())}_${name}`);
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'migration.sql'), sql);
  console.log(`Written: ${folder}/migration.sql. Read it, then apply it with npm run db:migrate.`);
  return 0;
}

function hasStatements(sql: string): boolean {
  return sql.split('\n').some((line) => line.trim() !== '' && !line.startsWith('--'));
}

/** UTC, as `20261122134500`: the migrations apply in the order of their names. */
function timestamp(now: Date): string {
  return now.toISOString().replaceAll(/\D/g, '').slice(0, 14);
}
