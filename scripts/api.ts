import { once } from 'node:events';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { Fault } from './support/fault';
import { openForScript } from './support/open-for-script';
import { closeAtEnd, runScript } from './support/run-script';
import { readSettings, requireFreePort, type Settings } from './support/settings';
import { webEnv } from './support/web';

const PORT = '3001';

/** Above the longest query that is read, so that one beyond it is refused in our words, not with Node's bare 431. */
const MAX_HEADER_BYTES = 262_144;
const HEADERS_MS = 10_000;
/** Longer than the proxies in front of it keep theirs: a connection is never closed while a request comes in. */
const KEEP_ALIVE_MS = 75_000;

runScript(serve, { interruptedCode: 0 });

/**
 * `npm run api`: the API without the pages, as often as one likes beside each other. PORT is 3001 and HOST 127.0.0.1 unless set otherwise;
 * PUBLIC_URL is what clients call, and what their tokens must be for.
 */
async function serve(): Promise<number> {
  process.env['PORT'] ||= PORT;
  const settings = readSettings();
  await requireFreePort(settings);
  const { url } = await openForScript();
  Object.assign(process.env, webEnv(settings, url));

  const server = createAdaptorServer({
    fetch: (await application()).fetch,
    serverOptions: { maxHeaderSize: MAX_HEADER_BYTES, headersTimeout: HEADERS_MS, keepAliveTimeout: KEEP_ALIVE_MS },
  });
  closeAtEnd(async () => {
    const closed = once(server, 'close');
    server.close();
    if ('closeIdleConnections' in server) server.closeIdleConnections();
    await closed;
  });
  server.listen(settings.port, settings.host);
  await once(server, 'listening');
  present(settings);
  await once(server, 'close');
  throw new Fault('The server has ended by itself.');
}

/** Imported when the settings are known: the database client connects where they say. */
async function application(): Promise<Hono<{ Bindings: HttpBindings }>> {
  const { fhir } = await import('@/lib/fhir/app');
  const { isHealthy, readHealth } = await import('@/lib/platform/health');
  const { migrations } = await readHealth();
  if (migrations === 'missing') throw new Fault('The database lacks migrations: run npm run db:migrate, or npm start once.');

  const app = new Hono<{ Bindings: HttpBindings }>();
  app.get('/api/health', async (c) => {
    const health = await readHealth();
    const isWell = isHealthy(health);
    return c.json({ status: isWell ? 'ok' : 'unavailable', ...health }, isWell ? 200 : 503, { 'Cache-Control': 'no-store' });
  });
  app.all('*', (c) => fhir.fetch(c.req.raw, c.env));
  return app;
}

function present({ host, port, publicUrl }: Settings): void {
  console.log(`The API listens on http://${host}:${port} as ${publicUrl}/STU3. Ctrl-C stops it.`);
}
