import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startCluster } from '@/lib/platform/embedded';
import { applyMigrations } from '@/lib/platform/migrate';
import { migrationNames } from '@/lib/platform/migration-state';
import { loadSmallReference, smallReferenceDigest } from '@/prisma/seed/reference';
import { hydrate } from '../hydrate.mjs';
import { freePort } from '../support/port';

declare module 'vitest' {
  export interface ProvidedContext {
    templateUrl: string;
  }
}

const FIRST_PORT = 54_329;

/** A cluster for tests alone, with a template, migrated and with the small reference data, that each test file clones. */
export default async function setUp(project: TestProject) {
  hydrate();
  const cluster = await startCluster({ folder: path.resolve('.data/test'), port: await freePort(FIRST_PORT), isDurable: false });
  const name = `onward_template_${digestOfTemplate()}`;
  await makeTemplate(cluster.url('postgres'), cluster.url(name), name);
  project.provide('templateUrl', cluster.url(name));
  return async () => {
    if (!cluster.isAdopted) await cluster.stop();
  };
}

async function makeTemplate(adminUrl: string, url: string, name: string): Promise<void> {
  const admin = new pg.Client(adminUrl);
  await admin.connect();
  try {
    await admin.query('SELECT pg_advisory_lock(54329)');
    const { rowCount } = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1 AND datistemplate', [name]);
    if (rowCount) return;
    await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await admin.query(`CREATE DATABASE ${name}`);
    await applyMigrations(url);
    await loadSmallReference(url);
    // Marked last: a half-made one is dropped and made again.
    await admin.query(`ALTER DATABASE ${name} IS_TEMPLATE true`);
  } finally {
    await admin.end();
  }
}

function digestOfTemplate(): string {
  const hash = createHash('sha1');
  for (const name of migrationNames()) hash.update(readFileSync(path.join('prisma/migrations', name, 'migration.sql')));
  return hash.update(smallReferenceDigest()).digest('hex').slice(0, 12);
}
