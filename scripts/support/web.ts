import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startNode } from './child';
import { Fault } from './fault';
import type { Settings } from './settings';

type Web = {
  settings: Settings;
  /** The folder of the build. */
  folder: string;
  env: Record<string, string | undefined>;
};

const SECRET_FILE = path.resolve('.data/secret');
const HEALTH_ATTEMPTS = 600;
const SERVER = 'scripts/web.mjs';
const NEXT = 'node_modules/next/dist/bin/next';

/** What the pages need to know, to be built and to run. */
export function webEnv({ publicUrl, isDemonstration }: Settings, databaseUrl: string): Record<string, string | undefined> {
  return {
    DATABASE_URL: databaseUrl,
    PUBLIC_URL: publicUrl,
    NEXTAUTH_URL: publicUrl,
    NEXTAUTH_SECRET: process.env['NEXTAUTH_SECRET'] || secret(),
    ONWARD_DEMONSTRATION: isDemonstration ? '1' : '0',
    NEXT_TELEMETRY_DISABLED: '1',
  };
}

/** Starts the built pages and waits until they are healthy; the promise inside settles when the server ends. Throws a Fault when it never gets there. */
export async function startWeb({ settings, folder, env }: Web): Promise<{ ended: Promise<unknown> }> {
  const server = startNode([SERVER, String(settings.port), settings.host], { env: { ...env, ONWARD_DIST: folder }, output: 'shown' });
  const ended = once(server, 'exit');
  for (let attempt = 0; attempt < HEALTH_ATTEMPTS; attempt += 1) {
    if (server.exitCode !== null || server.signalCode !== null) throw new Fault('The web server ended before it was ready, for the reason it gives above.');
    if (await isHealthy(settings)) return { ended };
    await wait(100);
  }
  throw new Fault('The web server did not become healthy within a minute: see what it says above.');
}

/** Runs the pages from their sources, rebuilt at every change, until it ends; returns its exit code. */
export async function runDevelopment(settings: Settings, env: Web['env']): Promise<number> {
  const server = startNode([NEXT, 'dev', '-p', String(settings.port), '-H', settings.host], { env, output: 'shown' });
  await once(server, 'exit');
  return server.exitCode ?? 1;
}

async function isHealthy({ host, port }: Settings): Promise<boolean> {
  const name = ['0.0.0.0', '::'].includes(host) ? 'localhost' : host;
  try {
    const answer = await fetch(`http://${name.includes(':') ? `[${name}]` : name}:${port}/api/health`, { signal: AbortSignal.timeout(2_000) });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
}

// Made once: with another one, everybody who is signed in would be signed out.
function secret(): string {
  if (existsSync(SECRET_FILE)) return readFileSync(SECRET_FILE, 'utf8');
  const made = randomBytes(32).toString('base64url');
  writeFileSync(SECRET_FILE, made, { mode: 0o600 });
  chmodSync(SECRET_FILE, 0o600);
  return made;
}
