import { compactVerify, createLocalJWKSet } from 'jose';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { digestOf } from '@/lib/auth/token-client.commands';
import { oauthApp } from '@/lib/fhir/oauth2/routes';
import { db } from '@/lib/platform/db';
import { aSystem } from '@/prisma/factories/client';
import { A_TUESDAY_AT_TEN } from '@/prisma/factories/staff';

const app = oauthApp(() => A_TUESDAY_AT_TEN);
const SECRET = 'a secret';
const tokenAnswer = z.strictObject({ access_token: z.string(), token_type: z.literal('Bearer'), expires_in: z.literal(300), scope: z.string() });
const keySet = z.strictObject({ keys: z.array(z.strictObject({ kty: z.string(), crv: z.string(), x: z.string(), y: z.string(), kid: z.string(), alg: z.string(), use: z.string() })) });

let clientId = '';
beforeAll(async () => {
  clientId = (await aSystem()).actor.id;
  await db.apiClientSecret.create({ data: { clientId, digest: digestOf(SECRET).toString('base64url'), createdAt: A_TUESDAY_AT_TEN } });
});

test('B-903: the form gets a Bearer token that nobody may store, and the published keys verify it', async () => {
  const answer = await post({ grant_type: 'client_credentials', client_id: clientId, client_secret: SECRET, scope: 'https://onward.example.nhs.uk/registry/STU3/.default' });
  expect(answer.status).toBe(200);
  expect(headersOf(answer, ['cache-control', 'pragma', 'content-type'])).toEqual(['no-store', 'no-cache', 'application/json']);
  const { access_token: token } = tokenAnswer.parse(await answer.json());

  const published = await app.request('/.well-known/jwks.json');
  expect(headersOf(published, ['cache-control'])).toEqual(['public, max-age=300']);
  const { keys } = keySet.parse(await published.json());
  await expect(compactVerify(token, createLocalJWKSet({ keys }))).resolves.toMatchObject({ protectedHeader: { alg: 'ES256' } });
});

test('wrong credentials by Basic get 401 and say how to try', async () => {
  const answer = await post({ grant_type: 'client_credentials' }, { authorization: `Basic ${btoa(`${clientId}:wrong`)}` });
  expect(answer.status).toBe(401);
  expect(headersOf(answer, ['www-authenticate', 'cache-control'])).toEqual(['Basic realm="Onward", charset="UTF-8"', 'no-store']);
  expect(await answer.json()).toEqual({ error: 'invalid_client', error_description: 'The client is not known by these credentials' });
});

test('what is asked for wrongly gets 400 and the code', async () => {
  const answer = await post({ grant_type: 'password' });
  expect([answer.status, await answer.json()]).toEqual([400, { error: 'unsupported_grant_type', error_description: 'grant_type must be client_credentials' }]);
});

test('too many wrong secrets from one address get 429 and when to come back', async () => {
  const wrong = () => post({ grant_type: 'client_credentials', client_id: clientId, client_secret: 'wrong' }, { 'x-forwarded-for': '192.0.2.1, 192.0.2.9' });
  for (let round = 0; round < 10; round += 1) expect((await wrong()).status).toBe(401);
  const answer = await wrong();
  expect(answer.status).toBe(429);
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await answer.json()).toMatchObject({ error: 'slow_down' });
});

test('another media type gets 415, a form over 64 kB 413', async () => {
  const json = await app.request('/oauth2/token', { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } });
  expect(json.status).toBe(415);
  expect((await app.request('/oauth2/token', { method: 'POST' })).status).toBe(415);
  expect((await post({ client_secret: 'x'.repeat(65_536) })).status).toBe(413);
});

test.each(['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])('%s of the token endpoint gets 405 and the method that is allowed', async (method) => {
  const answer = await app.request('/oauth2/token', { method });
  expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
});

test('RFC 8414: the metadata names what there is', async () => {
  const answer = await app.request('/.well-known/oauth-authorization-server');
  expect(await answer.json()).toMatchObject({
    issuer: 'https://onward.example.nhs.uk',
    token_endpoint: 'https://onward.example.nhs.uk/oauth2/token',
    jwks_uri: 'https://onward.example.nhs.uk/.well-known/jwks.json',
    grant_types_supported: ['client_credentials'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
  });
  expect((await app.request('/.well-known/jwks.json', { method: 'POST' })).headers.get('allow')).toBe('GET, HEAD');
});

function post(fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> {
  const body = new URLSearchParams(fields).toString();
  return Promise.resolve(app.request('/oauth2/token', { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8', ...headers } }));
}

function headersOf(answer: Response, names: readonly string[]): (string | null)[] {
  return names.map((name) => answer.headers.get(name));
}
