import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { decodeJwt, importJWK, jwtVerify } from 'jose';
import { afterEach, expect, test } from 'vitest';
import { publishedKeys } from '@/lib/auth/signing-key.queries';
import { isPublicAddress } from '@/lib/federation/address.queries';
import { readerAtSources } from '@/lib/federation/source.queries';
import { db } from '@/lib/platform/db';
import { A_TUESDAY_AT_TEN } from '@/prisma/factories/staff';
import { unique } from '@/prisma/factories/unique';
import { pem } from '@/scripts/test-support/tls/tls';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const UNREACHABLE = { found: 'nothing', why: 'unreachable', retrySeconds: null };
const UNREADABLE = { found: 'nothing', why: 'unreadable' };
const APPOINTMENT = { resourceType: 'Appointment', id: '88120', status: 'booked', start: '2027-03-05T18:20:00.000+00:00', end: '2027-03-05T18:35:00.000+00:00' };
const FOUND = { found: 'appointment', status: 'booked', startsAt: new Date(APPOINTMENT.start), endsAt: new Date(APPOINTMENT.end) };
const MEGABYTE = 1_048_576;
const running: { close: () => void }[] = [];

afterEach(() => {
  for (const server of running.splice(0)) server.close();
});

test('an appointment is read as a consumer reads it, over one connection', async () => {
  const requests: IncomingMessage[] = [];
  const root = await aServer((request, response) => (requests.push(request), sendJson(response, APPOINTMENT)));
  const read = aReader();
  expect(await read(asking(root))).toEqual(FOUND);
  expect(await read(asking(root))).toEqual(FOUND);
  const [first, second] = requests;
  expect(first?.method).toBe('GET');
  expect(first?.url).toBe('/STU3/Appointment/88120');
  expect(first?.headers.accept).toBe('application/fhir+json');
  expect(first?.headers.authorization).toMatch(/^Bearer /);
  expect(first?.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  expect(second?.headers['x-request-id']).not.toBe(first?.headers['x-request-id']);
  expect(second?.socket).toBe(first?.socket);
});

test('B-902: the headers of the proxy are not sent', async () => {
  let names: string[] = [];
  const root = await aServer(({ headers }, response) => ((names = Object.keys(headers)), sendJson(response, APPOINTMENT)));
  await aReader()(asking(root));
  expect(names.filter((name) => name.startsWith('ssp-'))).toEqual([]);
});

test('B-955: the token is Onward’s own, for that root, five minutes and the organisation that it reads for', async () => {
  const odsCode = `X${unique()}`;
  await db.organisation.create({ data: { odsCode, name: 'Example 111', kind: '111' } });
  let token = '';
  const root = await aServer(({ headers }, response) => ((token = headers.authorization?.slice('Bearer '.length) ?? ''), sendJson(response, APPOINTMENT)));
  await aReader()({ ...asking(root), readsForCode: odsCode });
  const [key] = await publishedKeys(A_TUESDAY_AT_TEN);
  if (!key) throw new Error('no key');
  await jwtVerify(token, await importJWK(key.publicKey, key.algorithm), { currentDate: A_TUESDAY_AT_TEN, audience: root, issuer: 'https://onward.example.nhs.uk' });
  const issuedAt = A_TUESDAY_AT_TEN.getTime() / 1_000;
  expect(decodeJwt(token)).toMatchObject({
    ...{ iat: issuedAt, exp: issuedAt + 300, aud: root, reason_for_request: 'directcare', requested_scope: 'patient/appointment.read' },
    requesting_device: { resourceType: 'Device', model: 'onward' },
    requesting_organization: { name: 'Example 111', identifier: [{ system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: odsCode }] },
  });
});

test('XML and a compressed answer are read too', async () => {
  const xml = `<Appointment xmlns="http://hl7.org/fhir"><id value="88120"/><status value="booked"/><start value="${APPOINTMENT.start}"/><end value="${APPOINTMENT.end}"/></Appointment>`;
  const inXml = await aServer((_request, response) => response.setHeader('Content-Type', 'application/fhir+xml;charset=utf-8').end(xml));
  expect(await aReader()(asking(inXml))).toEqual(FOUND);
  const packed = await aServer((_request, response) => response.setHeader('Content-Type', 'application/fhir+json').setHeader('Content-Encoding', 'gzip').end(gzipSync(JSON.stringify(APPOINTMENT))));
  expect(await aReader()(asking(packed))).toEqual(FOUND);
});

test.each([
  [404, 'gone'],
  [410, 'gone'],
  [401, 'refused'],
  [403, 'refused'],
  [500, 'unreachable'],
  [429, 'unreachable'],
])('an answer of %i is %s, and its body is not waited for', async (status, why) => {
  const root = await aServer((_request, response) => response.writeHead(status, { 'Retry-After': '90' }).write('a body without an end'));
  expect(await aReader()(asking(root))).toMatchObject({ found: 'nothing', why, ...(why === 'unreachable' ? { retrySeconds: 90 } : {}) });
});

test('a redirect is not followed', async () => {
  let asked = 0;
  const elsewhere = await aServer((_request, response) => (asked++, sendJson(response, APPOINTMENT)));
  const root = await aServer((_request, response) => response.writeHead(302, { Location: `${elsewhere}/Appointment/88120` }).end());
  expect(await aReader()(asking(root))).toEqual(UNREADABLE);
  expect(asked).toBe(0);
});

test('a body for another id is not taken for the one that was asked for', async () => {
  const root = await aServer((_request, response) => sendJson(response, { ...APPOINTMENT, id: '88121' }));
  expect(await aReader()(asking(root))).toEqual(UNREADABLE);
});

test('an answer of a megabyte is read, one of a byte more is not, and neither is one that unpacks to that', async () => {
  const padded = (size: number) => JSON.stringify(APPOINTMENT).padEnd(size);
  const sending = async (body: string | Uint8Array, encoding = 'identity') =>
    aReader()(asking(await aServer((_request, response) => response.setHeader('Content-Type', 'application/fhir+json').setHeader('Content-Encoding', encoding).end(body))));
  expect(await sending(padded(MEGABYTE))).toEqual(FOUND);
  expect(await sending(padded(MEGABYTE + 1))).toEqual(UNREADABLE);
  expect(await sending(gzipSync(padded(50 * MEGABYTE)), 'gzip')).toEqual(UNREADABLE);
});

test('an endless answer is broken off at a megabyte', async () => {
  const root = await aServer((_request, response) => {
    response.setHeader('Content-Type', 'application/fhir+json');
    const more = () => {
      while (!response.destroyed && response.write(' '.repeat(65_536)));
    };
    response.on('drain', more);
    more();
  });
  expect(await aReader()(asking(root))).toEqual(UNREADABLE);
});

test('a server that never answers, or stops in the middle, is given up after the time that an answer may take', async () => {
  const limits = { connectMs: 5_000, wholeMs: 300, mostBytes: MEGABYTE };
  const silent = await aServer(() => undefined);
  expect(await aReader({ limits })(asking(silent))).toEqual(UNREACHABLE);
  const slow = await aServer((_request, response) => response.setHeader('Content-Type', 'application/fhir+json').write('{"resourceType":'));
  expect(await aReader({ limits })(asking(slow))).toEqual(UNREACHABLE);
});

test('a server that takes the connection and never says who it is is given up after the time that connecting may take', async () => {
  const mute = createTcpServer();
  running.push(mute);
  mute.listen(0, '127.0.0.1');
  await once(mute, 'listening');
  const root = `https://127.0.0.1:${portOf(mute)}/STU3`;
  expect(await aReader({ limits: { connectMs: 200, wholeMs: 20_000, mostBytes: MEGABYTE } })(asking(root))).toEqual(UNREACHABLE);
});

test('a server that breaks off, is not there, or has no such name is unreachable', async () => {
  const breaking = await aServer(({ socket }) => socket.destroy());
  expect(await aReader()(asking(breaking))).toEqual(UNREACHABLE);
  const gone = createServer();
  gone.listen(0, '127.0.0.1');
  await once(gone, 'listening');
  const root = `https://127.0.0.1:${portOf(gone)}/STU3`;
  gone.close();
  await once(gone, 'close');
  expect(await aReader()(asking(root))).toEqual(UNREACHABLE);
  expect(await aReader()(asking('https://no-such-host.invalid/STU3'))).toEqual(UNREACHABLE);
});

test('a certificate of an authority that is not trusted is not believed, and nothing is sent', async () => {
  let asked = 0;
  const root = await aServer((_request, response) => (asked++, sendJson(response, APPOINTMENT)));
  expect(await aReader({ tls: { ca: pem('other-ca.pem') } })(asking(root))).toEqual(UNREACHABLE);
  expect(await aReader({ tls: {} })(asking(root))).toEqual(UNREACHABLE);
  expect(asked).toBe(0);
});

test('B-902: a source that wants to know who asks is shown Onward’s certificate', async () => {
  const root = await aServer((_request, response) => sendJson(response, APPOINTMENT), { requestCert: true, rejectUnauthorized: true, ca: pem('ca.pem') });
  expect(await aReader()(asking(root))).toEqual(UNREACHABLE);
  expect(await aReader({ tls: { ca: pem('ca.pem'), cert: pem('client.pem'), key: pem('client.key') } })(asking(root))).toEqual(FOUND);
});

test('a name that leads to an address of Onward’s own network is not connected to, whoever answers there', async () => {
  let asked = 0;
  const root = await aServer((_request, response) => (asked++, sendJson(response, APPOINTMENT)));
  expect(await aReader()(asking(root.replace('127.0.0.1', 'localhost')))).toEqual(UNREACHABLE);
  expect(asked).toBe(0);
});

test.each(['1.1.1.1', '2a00:1450:4009::200e'])('%s is an address of the public internet', (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

test.each(['127.0.0.1', '127.1.2.3', '0.0.0.0', '10.0.0.1', '172.16.0.1', '192.168.1.1', '100.64.0.1', '169.254.169.254', '224.0.0.1', '255.255.255.255', '::', '::1', '::ffff:127.0.0.1', '::ffff:a9fe:a9fe', '64:ff9b::a9fe:a9fe', 'fd00::1', 'fe80::1', 'ff02::1', ''])(
  '%s is not',
  (address) => {
    expect(isPublicAddress(address)).toBe(false);
  },
);

test('B-928: directly before it is asked for, an address is compared with the root once more', async () => {
  let asked = 0;
  const root = await aServer((_request, response) => (asked++, sendJson(response, APPOINTMENT)));
  const read = aReader();
  for (const url of [`${root}x/Appointment/88120`, `${root}/../STU3/Appointment/88120`, `${root}/Patient/88120`, `${root}/Appointment/88120?a=b`, root.replace('https', 'http'), 'file:///etc/passwd']) {
    expect(await read({ ...asking(root), url })).toEqual({ found: 'nothing', why: 'not-allowed' });
  }
  expect(asked).toBe(0);
});

function aReader(given: Partial<Parameters<typeof readerAtSources>[0]> = {}) {
  return readerAtSources({ clock: () => A_TUESDAY_AT_TEN, tls: { ca: pem('ca.pem') }, ...given });
}

function asking(root: string) {
  return { url: `${root}/Appointment/88120`, root, readsForCode: 'Y99901' };
}

/** A server over TLS on this machine that is closed after the test, as its service root. */
async function aServer(answer: Answer, options: Parameters<typeof createServer>[0] = {}): Promise<string> {
  const server = createServer({ cert: pem('server.pem'), key: pem('server.key'), ...options }, answer);
  running.push({ close: () => (server.closeAllConnections(), server.close()) });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `https://127.0.0.1:${portOf(server)}/STU3`;
}

function portOf(server: Pick<Server, 'address'>): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server does not listen on a port');
  return address.port;
}

function sendJson(response: ServerResponse, body: object): void {
  response.setHeader('Content-Type', 'application/fhir+json;charset=utf-8').end(JSON.stringify(body));
}
