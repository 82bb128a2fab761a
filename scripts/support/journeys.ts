import { randomBytes } from 'node:crypto';
import path from 'node:path';
import pg from 'pg';
import { ensureDatabase, type Cluster } from '@/lib/platform/embedded';
import { buildPages } from './build';
import { runNode } from './child';
import { prepareDatabase } from './database';
import { freePort } from './port';
import type { Settings } from './settings';
import { journeyCounts, type Counts, type Tally } from './tally';
import { startWeb } from './web';

const BUILD = '.next-test';
const DATABASE = 'onward_journeys';
const FIRST_PORT = 3_187;
const REPORT = path.resolve('.data/journeys.json');

export type Journeys = { settings: Settings; env: Record<string, string> };

/** Where the journeys run: the full demonstration in a new database of its own, and a build and a port of its own. */
export async function prepareJourneys(cluster: Cluster, tally: Tally): Promise<Journeys> {
  const port = await freePort(FIRST_PORT);
  const settings: Settings = { port, host: '127.0.0.1', publicUrl: `http://127.0.0.1:${port}`, isDemonstration: true };
  const env = journeyEnv(settings, cluster.url(DATABASE));
  await tally.add('build', () => counted(() => buildPages(BUILD, env)));
  await tally.add('demonstration data', () => counted(() => loadAnew(cluster)));
  return { settings, env };
}

/** Runs the browser through the journeys, against the built pages. */
export async function runJourneys({ settings, env }: Journeys, chromium: string | null, tally: Tally): Promise<void> {
  await startWeb({ settings, folder: BUILD, env });
  await tally.add('journeys', async () => {
    const playwright = ['node_modules/@playwright/test/cli.js', 'test', ...process.argv.slice(2)];
    const found = chromium ? { CHROMIUM_PATH: chromium } : {};
    const ended = await runNode(playwright, {
      env: { ...env, ...found, ONWARD_BASE_URL: settings.publicUrl },
      output: 'shown',
    });
    return journeyCounts(REPORT, ended);
  });
}

// The identity provider is one that a journey starts itself.
function journeyEnv({ publicUrl }: Settings, databaseUrl: string): Record<string, string> {
  return {
    DATABASE_URL: databaseUrl,
    PUBLIC_URL: publicUrl,
    NEXTAUTH_URL: publicUrl,
    NEXTAUTH_SECRET: randomBytes(32).toString('base64url'),
    ONWARD_DEMONSTRATION: '1',
    OIDC_ISSUER: 'http://127.0.0.1:3199',
    OIDC_CLIENT_ID: 'onward',
    OIDC_CLIENT_SECRET: 'onward-journeys',
    OIDC_NAME: 'Test identity',
    ONWARD_DIST: BUILD,
    LOG_LEVEL: 'warn',
    NEXT_TELEMETRY_DISABLED: '1',
  };
}

async function loadAnew(cluster: Cluster): Promise<void> {
  const admin = new pg.Client(cluster.url('postgres'));
  await admin.connect();
  try {
    await admin.query(`DROP DATABASE IF EXISTS ${DATABASE} WITH (FORCE)`);
  } finally {
    await admin.end();
  }
  await ensureDatabase(cluster.url(DATABASE));
  await prepareDatabase(cluster.url(DATABASE), { isDemonstration: true });
}

async function counted(work: () => Promise<void>): Promise<Counts & { output: string }> {
  await work();
  return { passed: 0, failed: 0, output: '' };
}
