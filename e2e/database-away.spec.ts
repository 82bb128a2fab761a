import { expect, test } from '@playwright/test';
import { expectAccessible } from './support/axe';
import { signInAsSomebody } from './support/call';
import { databaseGate } from './support/database-gate';
import { ownServer } from './support/own-server';

/** A server of the same build whose way to the database can be shut. */
async function serverBehindGate() {
  const gate = await databaseGate(process.env['DATABASE_URL'] ?? '');
  const server = await ownServer(gate.url);
  return {
    ...server,
    gate,
    async stop(): Promise<void> {
      await server.kill();
      await gate.shut();
    },
  };
}

let server: Awaited<ReturnType<typeof serverBehindGate>>;

test.describe('while the database is away', () => {
  test.beforeEach(async () => {
    server = await serverBehindGate();
  });
  test.afterEach(() => server.stop());

  for (const javaScriptEnabled of [true, false]) {
    test(`a plain page waits, and leads back by itself (JavaScript ${javaScriptEnabled ? 'on' : 'off'})`, async ({ browser }) => {
      const context = await browser.newContext({ baseURL: server.baseURL, javaScriptEnabled });
      const page = await context.newPage();
      const health = () => page.request.get('/api/health').then((answer) => answer.status(), () => 0);
      await server.isUp(page.request);
      await signInAsSomebody(page);

      await server.gate.shut();
      await expect.poll(health).toBe(503);
      await page.goto('/calls');
      await expect(page.getByRole('heading', { level: 1 })).toContainText('cannot reach its database');
      if (javaScriptEnabled) await expectAccessible(page); // Without it the page loads itself anew, under axe's feet.

      await server.gate.open();
      await expect(page.getByRole('heading', { level: 1, name: 'My calls' })).toBeVisible({ timeout: 20_000 });
      expect(await health()).toBe(200);
      await context.close();
    });
  }
});

test('health tells version, database and migrations', async ({ request }) => {
  const answer = await request.get('/api/health');
  expect(answer.status()).toBe(200);
  expect(await answer.json()).toEqual({ status: 'ok', version: expect.stringMatching(/^\d+\.\d+\.\d+$/), database: 'up', migrations: 'current' });
});
