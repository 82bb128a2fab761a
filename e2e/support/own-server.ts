import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { expect, test, type APIRequestContext } from '@playwright/test';
import { freePort } from '@/scripts/support/port';

const FIRST_PORT = 3_290;

/** A server of the same build on a port of its own, with another way to the database if asked: one that a journey may kill and start again. */
export async function ownServer(databaseUrl = process.env['DATABASE_URL']) {
  const port = await freePort(FIRST_PORT + test.info().parallelIndex);
  const baseURL = `http://127.0.0.1:${port}`;
  let server = start();

  function start(): ChildProcess {
    return spawn(process.execPath, ['scripts/web.mjs', String(port), '127.0.0.1'], {
      env: { ...process.env, DATABASE_URL: databaseUrl, NEXTAUTH_URL: baseURL, PUBLIC_URL: baseURL },
      stdio: 'ignore',
    });
  }

  return {
    baseURL,
    kill: async (): Promise<void> => {
      const ended = once(server, 'exit');
      server.kill('SIGKILL');
      await ended;
    },
    startAgain: (): void => {
      server = start();
    },
    /** Settles once the server says that it is healthy. */
    isUp: async (request: APIRequestContext): Promise<void> => {
      const health = () => request.get(`${baseURL}/api/health`).then((answer) => answer.status(), () => 0);
      await expect.poll(health, { timeout: 30_000 }).toBe(200);
    },
  };
}
