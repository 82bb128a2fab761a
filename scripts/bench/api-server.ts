import { setTimeout as pause } from 'node:timers/promises';
import { startNode, stopChild } from '../support/child';
import { freePort } from '../support/port';

/** `npm run api` as suppliers meet it: a process of its own. */
export type ApiServer = { base: string; pid: number; stop: () => Promise<void> };

const FIRST_PORT = 3_401;
const ATTEMPTS = 300;
const BETWEEN_MS = 100;

/** Decides where the API will be, for this process too, which makes its tokens. Before anything reads the settings. */
export async function chooseApiAddress(): Promise<void> {
  process.env['PUBLIC_URL'] = `http://127.0.0.1:${await freePort(FIRST_PORT)}`;
  // Always the same: it opens the keys that an earlier run left in the database of the bench.
  process.env['NEXTAUTH_SECRET'] ??= 'the-keys-of-the-bench-are-worth-nothing';
}

/** Starts the API at its address, on the database of the bench, and waits until it answers. Throws when it does not within half a minute. */
export async function startApi(url: string): Promise<ApiServer> {
  const base = process.env['PUBLIC_URL'] ?? '';
  const env = { DATABASE_URL: url, PORT: new URL(base).port, HOST: '127.0.0.1', LOG_LEVEL: 'warn' };
  const child = startNode(['--import', 'tsx', 'scripts/api.ts'], { env, output: 'shown' });
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (child.exitCode !== null) throw new Error('the API ended before it answered');
    const answer = await fetch(`${base}/STU3/metadata`).catch(() => null);
    if (answer?.ok && child.pid !== undefined) return { base, pid: child.pid, stop: () => stopChild(child) };
    await pause(BETWEEN_MS);
  }
  throw new Error('the API did not answer');
}
