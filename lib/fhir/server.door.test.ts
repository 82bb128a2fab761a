import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Ctx, SystemActor } from '@/lib/auth/actor';
import { aSystem } from '@/prisma/factories/client';
import { aToken } from '@/prisma/factories/token';

const NHS_NUMBER = '9991226036';
const REQUEST_ID = 'server-test-1';

let server: ChildProcess;
let base: string;
let token: string;
let system: Ctx<SystemActor>;
const said: string[] = [];

beforeAll(async () => {
  system = await aSystem();
  token = await aToken(system);
  const port = await freePort();
  base = `http://127.0.0.1:${port}`;
  const env = { ...process.env, PORT: String(port), HOST: '127.0.0.1', LOG_LEVEL: 'debug', ONWARD_DEMONSTRATION: '1' };
  server = spawn(process.execPath, ['--import', 'tsx', 'scripts/api.ts'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  await new Promise<void>((resolve, reject) => {
    server.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${said.join('')}`)));
    for (const stream of [server.stdout, server.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        said.push(text);
        if (text.includes('The API listens')) resolve();
      });
    }
  });
}, 60_000);

afterAll(() => {
  server.kill('SIGKILL');
});

test('npm run api serves the API, tells its health, and nothing of the pages', async () => {
  expect((await fetch(`${base}/STU3/metadata`)).status).toBe(200);
  expect(await (await fetch(`${base}/STU3/openapi.json`)).json()).toMatchObject({ openapi: '3.1.0' });
  expect(await (await fetch(`${base}/api/health`)).json()).toMatchObject({ status: 'ok', database: 'up' });
  expect((await fetch(`${base}/.well-known/jwks.json`)).status).toBe(200);
  expect((await fetch(`${base}/sign-in`)).status).toBe(404);
});

test('B-028: chunked bodies are taken, and answers are compressed where that is asked for', async () => {
  const answer = await fetch(`${base}/STU3/metadata`, { headers: { 'Accept-Encoding': 'gzip' } });
  expect(answer.headers.get('content-encoding')).toBe('gzip');
  expect(await answer.json()).toMatchObject({ resourceType: 'CapabilityStatement' });
  const broken = await post({ body: ['{"resourceType":', '"Appointment",'] });
  expect(broken.status).toBe(400);
  expect(broken.text).toContain('line 1, column 31');
});

test('B-031: 100 kB of query and two megabytes of body are refused in our own words, said beforehand or not', async () => {
  const query = await fetch(`${base}/STU3/Slot?service=${'1'.repeat(100_000)}`, { headers: { Authorization: `Bearer ${token}` } });
  expect([query.status, await query.json()]).toEqual([414, expect.objectContaining({ resourceType: 'OperationOutcome' })]);
  const large = 'x'.repeat(2_000_000);
  expect(await post({ body: [large] })).toMatchObject({ status: 413 });
  expect(await post({ body: [large], length: large.length })).toMatchObject({ status: 413 });
});

test('B-048, B-813, B-814: the log has ids, route and organisation, and neither token nor query nor body', async () => {
  const response = await fetch(`${base}/STU3/Appointment?identifier=${NHS_NUMBER}`, { headers: { Authorization: `Bearer ${token}`, 'X-Request-Id': REQUEST_ID } });
  const id = response.headers.get('x-request-id') ?? 'none';
  await post({ body: [`{"name":"Notreal ${NHS_NUMBER}"`] });
  const line = await lineWith(id);
  expect(line).toMatchObject({ route: '/STU3/Appointment', method: 'GET', status: response.status, correlationId: REQUEST_ID, client: system.actor.id, organisation: system.actor.organisation.code });
  const log = said.join('');
  for (const secret of [token, token.slice(0, 40), NHS_NUMBER, 'Notreal', 'identifier=']) expect(log).not.toContain(secret);
});

test('asked to end, the server ends by itself and at once', async () => {
  const ended = once(server, 'exit');
  server.removeAllListeners('exit');
  server.kill('SIGTERM');
  expect(await Promise.race([once(server, 'exit'), ended])).toEqual([0, null]);
});

/** Sends the body part by part, chunked unless its length is said: fetch would read all of it before. */
function post({ body, length }: { body: readonly string[]; length?: number }): Promise<{ status: number | undefined; text: string }> {
  return new Promise((resolve, reject) => {
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/fhir+json', ...(length ? { 'Content-Length': length } : {}) };
    const request = httpRequest(`${base}/STU3/Appointment`, { method: 'POST', headers }, (response) => {
      const parts: string[] = [];
      response.setEncoding('utf8').on('data', (part: string) => parts.push(part));
      response.on('end', () => resolve({ status: response.statusCode, text: parts.join('') }));
    });
    let isAnswered = false;
    request.once('response', () => (isAnswered = true));
    // The server may close a connection whose body it does not want, once it has answered.
    request.on('error', (error) => (isAnswered ? undefined : reject(error)));
    for (const part of body) request.write(part);
    request.end();
  });
}

async function lineWith(id: string): Promise<unknown> {
  const found = () => said.join('').split('\n').find((line) => line.startsWith('{') && line.includes(id));
  await expect.poll(found).toBeDefined();
  return JSON.parse(found() ?? '{}');
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = addressOf(probe.address());
  probe.close();
  await once(probe, 'close');
  return port;
}

function addressOf(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address;
}
