import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { Hono } from 'hono';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { Ctx, SystemActor } from '@/lib/auth/actor';
import { formatsOf } from '@/lib/fhir/shared/format';
import { mountFhir } from '@/lib/fhir/shared/http';
import type { Answer, FhirRequest, Route } from '@/lib/fhir/shared/route';
import { ForbiddenError } from '@/lib/platform/errors';
import { ok } from '@/lib/platform/result';
import { readClock } from '@/lib/platform/time';
import { aSystem } from '@/prisma/factories/client';
import { aToken } from '@/prisma/factories/token';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const ROOT = 'https://onward.example.nhs.uk/STU3';
const PATIENCE = { bodyMs: 200, answerMs: 400 };
const NHS_NUMBER = '9991226036';
const outcome = z.object({ resourceType: z.literal('OperationOutcome'), id: z.string(), issue: z.array(z.object({ severity: z.string(), code: z.string(), diagnostics: z.string().optional() })).min(1) });

/** What a handler was given last: the routes below stand for those of Slot and Appointment. */
let asked: FhirRequest | undefined;
let bodiesRead = 0;

const resource = { resourceType: 'Slot', id: 's1', status: 'free' };
const longResource = { ...resource, comment: 'x'.repeat(5_000) };
const version = { id: '3', at: new Date('2026-11-24T10:00:00.400Z'), url: `${ROOT}/Slot/s1/_history/3` };
type Handle = Extract<Route, { scope: string }>['handle'];
const take: Handle = async (request) => {
  asked = request;
  return ok({ status: 200, resource });
};
const readBody: Handle = async (request) => {
  const body = await request.body();
  if (!body.ok) return body;
  bodiesRead += 1;
  return ok({ status: 201, resource: { resourceType: 'Slot', status: 'free' }, location: version.url, version });
};
const fail: Handle = async () => {
  throw Object.assign(new Error(`SELECT ${NHS_NUMBER} failed`), { code: 'P2010' });
};
const away: Handle = async () => {
  throw Object.assign(new Error('connect ECONNREFUSED'), { cause: { code: 'ECONNREFUSED' } });
};
const answering = (answer: Answer): Handle => async () => ok(answer);
const reading = { method: 'GET', interaction: 'search:slot', scope: 'organization/slot.read' } as const;
const ROUTES: readonly Route[] = [
  { ...reading, path: '/Slot', handle: take },
  { ...reading, path: '/Slot/:id', handle: answering({ status: 200, resource, version }) },
  { ...reading, method: 'POST', path: '/Slot/_search', handle: take },
  { method: 'POST', path: '/Appointment', interaction: 'create:appointment', scope: 'patient/appointment.write', handle: readBody },
  { method: 'PUT', path: '/Appointment/:id', interaction: 'update:appointment', scope: 'patient/appointment.write', handle: readBody },
  { ...reading, path: '/fault', handle: fail },
  { ...reading, path: '/away', handle: away },
  { ...reading, path: '/forbidden', handle: () => Promise.reject(new ForbiddenError('slot:search')) },
  { ...reading, path: '/slow', handle: () => new Promise<never>(() => undefined) },
  { ...reading, path: '/long', handle: answering({ status: 200, resource: longResource }) },
  { method: 'GET', path: '/metadata', interaction: 'read:metadata', scope: null, handle: async () => ok({ status: 200, resource: { resourceType: 'CapabilityStatement', status: 'active' } }) },
];

const app = new Hono();
mountFhir(app, { path: '/STU3', routes: ROUTES, formats: formatsOf([]), documents: { '/openapi.json': (root) => ({ openapi: '3.1.0', root }) }, clock: readClock, patience: PATIENCE });
mountFhir(app, { path: '/registry/STU3', routes: [ROUTES[0]].flatMap((route) => route ?? []), formats: formatsOf([]), clock: readClock });

let system: Ctx<SystemActor>;
let token: string;

beforeAll(async () => {
  system = await aSystem();
  token = await aToken(system);
});

afterAll(() => expect(Object.hasOwn(Object.prototype, 'isAdmin')).toBe(false));

test('B-001, B-008, B-040: every answer has an id of its own, is not stored and asks for HTTPS', async () => {
  for (const path of ['/metadata', '/Slot', '/Nothing', '/fault', '/openapi.json']) {
    const { headers } = await get(path);
    expect(headers.get('x-request-id')).toMatch(UUID);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('strict-transport-security')).toMatch(/^max-age=\d{8}/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  }
});

test('B-002: paths are case sensitive', async () => {
  expect((await get('/slot')).status).toBe(404);
  expect((await get('/Slot')).status).toBe(200);
});

test.each(['DELETE', 'PATCH', 'OPTIONS', 'PUT'])('B-005: %s on a known path is 405 with Allow', async (method) => {
  const response = await send('/Slot', { method });
  expect(response.status).toBe(405);
  expect(response.headers.get('allow')).toBe('GET, HEAD');
  expect(await issueOf(response)).toEqual({ severity: 'error', code: 'not-supported', diagnostics: 'Allowed here: GET, HEAD' });
});

test('B-005: a search by POST is no Slot of the id _search, and Allow names every method of a path', async () => {
  expect((await get('/Slot/_search')).headers.get('allow')).toBe('POST');
  expect((await send('/Appointment', { method: 'DELETE' })).headers.get('allow')).toBe('POST');
  expect((await send('/openapi.json', { method: 'POST' })).status).toBe(405);
});

test.each(['', '/', '/Patient', '/Slot/1/2', '/Slot/', '/%E0%A4%A', '/__proto__'])('B-006: nothing is at "%s": 404 with an OperationOutcome', async (path) => {
  const response = await get(path);
  expect(response.status).toBe(404);
  expect((await issueOf(response)).code).toBe('not-found');
});

test('HEAD is a GET without its body, and a root beside another has its own routes', async () => {
  const response = await send('/Slot', { method: 'HEAD' });
  expect([response.status, await response.text()]).toEqual([200, '']);
  expect((await app.request('/registry/STU3/Appointment')).status).toBe(404);
  expect((await app.request('/registry/STU3/Slot', { headers: { Authorization: `Bearer ${token}` } })).status).toBe(200);
  expect(asked?.root).toBe('https://onward.example.nhs.uk/registry/STU3');
});

test('B-007: a form that is posted to _search acts as the GET', async () => {
  const response = await send('/Slot/_search?status=free', { method: 'POST', body: 'service=1&start=ge2027-03-03T14:00:00+00:00', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } });
  expect(response.status).toBe(200);
  expect(asked?.query).toEqual([['status', 'free'], ['service', '1'], ['start', 'ge2027-03-03T14:00:00 00:00']]);
});

test('B-010: headers of the Spine proxy are read in both spellings', async () => {
  await send('/Slot', { headers: { 'Ssp-TraceID': 't1', Ssp_From: '200000000001', 'ssp-to': '2', 'Ssp-InteractionID': 'i' } });
  expect(asked?.ctx.actor.provenance.proxy).toEqual({ traceId: 't1', from: '200000000001', to: '2', interactionId: 'i' });
});

test('B-020 to B-027: JSON and XML go out as they are asked for, with the charset', async () => {
  expect((await get('/Slot')).headers.get('content-type')).toBe('application/fhir+json;charset=utf-8');
  const xml = await send('/Slot?_format=xml', { headers: { Accept: 'application/fhir+json' } });
  expect(xml.headers.get('content-type')).toBe('application/fhir+xml;charset=utf-8');
  expect(await xml.text()).toContain('<Slot xmlns="http://hl7.org/fhir"><id value="s1"/>');
});

test('B-025: a format that cannot be made is 415 in JSON; B-810: other failures come in the format that was asked for', async () => {
  const impossible = await send('/Slot', { headers: { Accept: 'text/turtle' } });
  expect([impossible.status, impossible.headers.get('content-type')]).toEqual([415, 'application/fhir+json;charset=utf-8']);
  const missing = await send('/Nothing', { headers: { Accept: 'application/fhir+xml' } });
  expect(await missing.text()).toMatch(/^<\?xml.*<OperationOutcome xmlns="http:\/\/hl7.org\/fhir"><id value="[^"]+"\/><issue><severity value="error"\/>/);
});

test.each([undefined, 'text/plain', 'application/fhir+json;charset=utf-16'])('B-026, B-027: a body of the type %s is 415', async (type) => {
  expect((await send('/Appointment', { method: 'POST', body: new Blob(['{}']), headers: type ? { 'Content-Type': type } : {} })).status).toBe(415);
});

test('B-028: gzip goes both ways, and small answers are sent as they are', async () => {
  const long = await send('/long', { headers: { 'Accept-Encoding': 'br;q=0.5, gzip' } });
  expect([long.headers.get('content-encoding'), long.headers.get('vary')]).toEqual(['gzip', 'Accept-Encoding']);
  expect(gunzipSync(await long.arrayBuffer()).toString()).toContain('xxxx');
  for (const wish of ['gzip;q=0', 'identity']) expect((await send('/long', { headers: { 'Accept-Encoding': wish } })).headers.get('content-encoding')).toBeNull();
  expect((await send('/Slot', { headers: { 'Accept-Encoding': 'gzip' } })).headers.get('content-encoding')).toBeNull();

  expect((await post(gzipSync('{"resourceType":"Appointment"}'), { 'Content-Encoding': 'gzip' })).status).toBe(201);
  expect((await post('{}', { 'Content-Encoding': 'compress' })).status).toBe(415);
});

test('B-031: a body over one megabyte is 413, and 100 kB of query are 414', async () => {
  const large = await post(`"${'x'.repeat(1_100_000)}"`);
  expect([large.status, (await issueOf(large)).code]).toEqual([413, 'too-long']);
  const query = await get(`/Slot?x=${'y'.repeat(100_000)}`);
  expect([query.status, (await issueOf(query)).code]).toEqual([414, 'too-long']);
});

test('B-041, B-042: the X-Request-Id comes back as X-Correlation-Id and reaches the audit; without one there is none', async () => {
  const response = await send('/Slot', { headers: { 'X-Request-Id': 'A-17/b c' } });
  expect(response.headers.get('x-correlation-id')).toBe('A-17/b c');
  expect(asked?.ctx).toMatchObject({ correlationId: 'A-17/b c', requestId: response.headers.get('x-request-id') });
  expect((await get('/Slot')).headers.has('x-correlation-id')).toBe(false);
  expect(asked?.ctx.correlationId).toBeNull();
  expect((await send('/Nothing', { headers: { 'X-Request-Id': 'x1' } })).headers.get('x-correlation-id')).toBe('x1');
});

test.each(['x'.repeat(129), 'a\u0001b', 'a\tb', 'a\u007fb'])('B-049: an X-Request-Id that is too long or has control characters is 400: %j', async (id) => {
  const response = await send('/Slot', { headers: { 'X-Request-Id': id } });
  expect([response.status, response.headers.has('x-correlation-id')]).toEqual([400, false]);
  expect((await issueOf(response)).code).toBe('value');
});

test('B-060, B-061, B-431: what has a version says so in its headers', async () => {
  const { headers } = await get('/Slot/s1');
  expect([headers.get('etag'), headers.get('last-modified'), headers.get('content-location')]).toEqual(['W/"3"', 'Tue, 24 Nov 2026 10:00:00 GMT', version.url]);
  expect((await post('{"resourceType":"Appointment"}')).headers.get('location')).toBe(version.url);
});

test.each(['W/"3"', '"3"', '3', 'W/"1", W/"3"', '*'])('B-066: If-None-Match %s of the current version is 304 without a body', async (tag) => {
  const response = await send('/Slot/s1', { headers: { 'If-None-Match': tag } });
  expect([response.status, await response.text(), response.headers.get('etag')]).toEqual([304, '', 'W/"3"']);
  expect((await send('/Slot/s1', { headers: { 'If-None-Match': 'W/"2"' } })).status).toBe(200);
});

test('B-130, B-140, B-141: without a token 403, with an OperationOutcome and WWW-Authenticate', async () => {
  for (const header of [['Accept', '*/*'], ['Authorization', 'Basic abc'], ['Authorisation', `Bearer ${token}`]] as const) {
    const response = await app.request('/STU3/Slot', { headers: [[...header]] });
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([403, 'Bearer']);
    expect((await issueOf(response)).code).toBe('login');
  }
});

test('B-137: a scope that does not cover the interaction is 403 insufficient_scope, also where only the command sees it', async () => {
  const reader = await aToken(system, { scopes: ['patient/appointment.read'] });
  for (const response of [await send('/Slot', {}, reader), await get('/forbidden')]) {
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([403, 'Bearer error="insufficient_scope"']);
  }
});

test('B-142: without a token nothing is learnt: not that an id is unknown, not that a body is wrong', async () => {
  const before = bodiesRead;
  for (const [path, body] of [['/Slot/s1', undefined], ['/Appointment', '{'], ['/Appointment', 'x'.repeat(2_000_000)]] as const) {
    const init = body === undefined ? {} : { method: 'POST', body, headers: { 'Content-Type': 'application/fhir+json' } };
    expect((await app.request(`/STU3${path}`, init)).status).toBe(403);
  }
  expect(bodiesRead).toBe(before);
});

test('B-143: metadata answers with any token or none', async () => {
  for (const authorization of ['', 'Bearer nonsense', `Bearer ${token}`]) expect((await app.request('/STU3/metadata', { headers: { Authorization: authorization } })).status).toBe(200);
});

test('B-403: a body that does not parse is 400 structure, fatal, with its place', async () => {
  const response = await post('{"resourceType":\n "Appointment",}');
  expect(response.status).toBe(400);
  expect(await issueOf(response)).toEqual({ severity: 'fatal', code: 'structure', diagnostics: 'The body is not JSON: line 2, column 16' });
  expect((await post('<Appointment', { 'Content-Type': 'application/fhir+xml' })).status).toBe(400);
  expect((await post('{"__proto__":{"isAdmin":true}}')).status).toBe(201);
});

test('a NUL in a parameter or an id never reaches the database', async () => {
  expect((await get('/Slot?service=%00')).status).toBe(400);
  expect((await get('/Slot/%00')).status).toBe(404);
});

test('B-813, B-847: a fault is 500 with the id of the log and nothing else; a database that is away is 503', async () => {
  const fault = await get('/fault');
  const words = await fault.clone().text();
  expect(fault.status).toBe(500);
  expect(await issueOf(fault)).toEqual({ severity: 'fatal', code: 'exception', diagnostics: fault.headers.get('x-request-id') });
  expect(words).not.toMatch(new RegExp(`${NHS_NUMBER}|SELECT|stack|at `));
  const gone = await get('/away');
  expect([gone.status, gone.headers.get('retry-after'), (await issueOf(gone)).code]).toEqual([503, '5', 'transient']);
});

test('a handler that takes too long is 503, a body that does not come is 408', async () => {
  const late = await get('/slow');
  expect(late.status).toBe(503);
  expect((await issueOf(late)).diagnostics).toContain('the same X-Request-Id');
  const stalled: RequestInit & { duplex: 'half' } = { method: 'POST', body: new ReadableStream({ start: () => undefined }), duplex: 'half', headers: { 'Content-Type': 'application/fhir+json' } };
  expect((await send('/Appointment', stalled)).status).toBe(408);
});

test('B-846: over its limit a client gets 429 and Retry-After, others do not', async () => {
  const busy = await aToken(await aSystem({ requestsPerMinute: 3 }));
  const statuses = [];
  for (let number = 0; number < 5; number += 1) statuses.push((await send('/Slot', {}, busy)).status);
  expect(statuses).toEqual([200, 200, 200, 429, 429]);
  const response = await send('/Slot', {}, busy);
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await issueOf(response)).toMatchObject({ code: 'throttled', diagnostics: 'The limit of this client is 3 requests a minute' });
  expect((await get('/Slot')).status).toBe(200);
});

test('no header and no query makes a fault: every answer has its ids, and every failure an OperationOutcome', async () => {
  const name = fc.constantFrom('Accept', 'Accept-Encoding', 'Authorization', 'Content-Type', 'Content-Encoding', 'If-None-Match', 'X-Request-Id', 'Ssp-From', 'Range', 'Expect');
  const printable = fc.string({ unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)), maxLength: 150 });
  const value = fc.oneof(printable, fc.constantFrom('application/fhir+json', '*/*;q=', 'q=1', 'gzip;q=x', 'Bearer', `Bearer ${token}`, 'W/', '""', ';charset=', 'application/fhir+xml;q=0.001'));
  const request = fc.record({ headers: fc.dictionary(name, value), method: fc.constantFrom('GET', 'POST', 'PUT'), query: printable, path: fc.constantFrom('Slot', 'Slot/s1', 'Slot/_search', 'Appointment', 'metadata') });
  await fc.assert(
    fc.asyncProperty(request, async ({ headers, method, query, path }) => {
      const response = await app.request(`/STU3/${path}?${encodeURIComponent(query)}&${query.replaceAll('#', '')}`, { method, headers, ...(method === 'GET' ? {} : { body: '{}' }) });
      expect(response.headers.get('x-request-id')).toMatch(UUID);
      expect(response.status).toBeLessThan(500);
      if (response.status >= 400) expect(await response.text()).toMatch(/"resourceType":"OperationOutcome"|<OperationOutcome /);
    }),
    { numRuns: 200 },
  );
});

function get(path: string): Promise<Response> {
  return send(path, {});
}

function post(body: BodyInit, headers: Record<string, string> = {}): Promise<Response> {
  return send('/Appointment', { method: 'POST', body, headers: { 'Content-Type': 'application/fhir+json', ...headers } });
}

async function send(path: string, init: RequestInit, bearer = token): Promise<Response> {
  return app.request(`/STU3${path}`, { ...init, headers: { Authorization: `Bearer ${bearer}`, ...Object.fromEntries(new Headers(init.headers)) } });
}

async function issueOf(response: Response) {
  const { id, issue } = outcome.parse(await response.clone().json());
  expect(id).toBe(response.headers.get('x-request-id'));
  const [{ severity, code, diagnostics } = { severity: '', code: '' }] = issue;
  return { severity, code, diagnostics };
}
