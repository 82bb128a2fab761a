import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import fc from 'fast-check';
import { SignJWT, UnsecuredJWT, base64url, type JWTPayload } from 'jose';
import { expect, test } from 'vitest';
import { clientCtx } from '@/lib/auth/client-token';
import { publicJwk, type ClientRequest } from '@/lib/auth/client.schema';
import { forgetClients } from '@/lib/auth/registered-client.queries';
import { db } from '@/lib/platform/db';
import { aSystem } from '@/prisma/factories/client';
import { A_TUESDAY_AT_TEN } from '@/prisma/factories/staff';
import { aToken } from '@/prisma/factories/token';
import { unique } from '@/prisma/factories/unique';

const ROOT = 'https://onward.example.nhs.uk/STU3';
const AT = A_TUESDAY_AT_TEN.getTime() / 1_000;
const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const other = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const PROXY = { traceId: '09a01679-2564-0fb4-5129-aecc81ea2706', from: '200000000359', to: '918999199084', interactionId: 'urn:nhs:names:services:careconnect:fhir:rest:create:appointment' };

test('B-113: a token of the token endpoint is accepted for both roots, and says who asks', async () => {
  const ctx = await aSystem();
  const token = await aToken(ctx, { now: A_TUESDAY_AT_TEN });
  const answer = await ask(token, { proxy: PROXY, correlationId: 'their-id' });
  expect(answer).toEqual({
    ok: true,
    value: {
      ctx: { actor: { ...ctx.actor, provenance: { ...ctx.actor.provenance, proxy: PROXY } }, now: A_TUESDAY_AT_TEN, requestId: 'our-id', correlationId: 'their-id' },
      requestsPerMinute: 100_000,
    },
  });
  expect(await ask(token, { audience: 'https://onward.example.nhs.uk/registry/STU3', scope: 'registry/appointment.write' })).toMatchObject({ ok: true });
});

test('B-101: a token that the client signed with its registered key is accepted', async () => {
  const client = await aClientWithKey();
  expect(await ask(await signed(client.claims))).toMatchObject({ ok: true, value: { ctx: { actor: { id: client.id, organisation: client.organisation, provenance: { user: { name: 'Ms Orla Samplewright' } } } } } });
  expect(await ask(await signed({ ...client.claims, iss: `${client.claims.iss}/` }))).toMatchObject({ ok: true });
});

test.each([null, '', 'Bearer', 'Bearer ', 'Basic YTpi', 'token'])('B-130: %s is no token', async (authorization) => {
  expect(await clientCtx({ ...request(''), authorization })).toEqual({ ok: false, error: { reason: 'missing' } });
});

test.each([
  ['one', 'parts'],
  ['one.two', 'parts'],
  ['one.two.three.four', 'parts'],
  ['one.two.three', 'header'],
  ['!!.two.', 'header'],
  [`${part({ typ: 'JWT' })}.${part({})}.`, 'header'],
  [`${part({ alg: 'ES256', crit: ['exp'] })}.${part({})}.`, 'header'],
  [`${part({ alg: 'none' })}.${part([])}.`, 'payload'],
  [`${part({ alg: 'none' })}.~~.`, 'payload'],
  [`${part({ alg: 'none' })}.${part({})}.`, 'iss'],
])('B-131: %s is badly built', async (token, faulty) => {
  expect(await ask(token)).toEqual({ ok: false, error: { reason: 'malformed', part: faulty } });
});

test('no header makes it throw: what is no token is refused', async () => {
  const dotted = fc.array(fc.oneof(fc.base64String(), fc.json().map((json) => base64url.encode(json))), { maxLength: 4 }).map((parts) => `Bearer ${parts.join('.')}`);
  await fc.assert(fc.asyncProperty(fc.oneof(fc.string(), dotted), async (authorization) => {
    expect(await clientCtx({ ...request(''), authorization })).toMatchObject({ ok: false });
  }));
});

test('B-132: whatever was not signed by a registered key with its own algorithm is a forgery', async () => {
  const { claims, id } = await aClientWithKey();
  const good = await signed(claims);
  const [header = '', , signature = ''] = good.split('.');
  const secretOfPublicKey = new TextEncoder().encode(pair.publicKey.export({ format: 'pem', type: 'spki' }).toString());
  const forged = {
    'another key': await signed(claims, { key: other.privateKey }),
    'an unknown kid': await signed(claims, { kid: 'two' }),
    'the key of another algorithm': await signed(claims, { key: rsa.privateKey, alg: 'RS256' }),
    'HS256 with the public key as its secret': await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'one' }).sign(secretOfPublicKey),
    'a changed payload': `${header}.${part({ ...claims, requested_scope: 'registry/appointment.write' })}.${signature}`,
    'another header': `${part({ alg: 'ES384', kid: 'one' })}.${good.split('.').slice(1).join('.')}`,
    'no signature': `${header}.${part(claims)}.`,
    unsigned: new UnsecuredJWT(claims).encode(),
    'unsigned in other letters': `${part({ alg: 'None' })}.${part(claims)}.`,
    'an unknown issuer': await signed({ ...claims, iss: 'https://nobody.example.com' }),
    'the issuer of Onward, by the key of a client': await signed({ ...claims, iss: 'https://onward.example.nhs.uk', client_id: id }),
    'Onward unsigned': new UnsecuredJWT({ ...claims, iss: 'https://onward.example.nhs.uk', client_id: id }).encode(),
  };
  for (const [how, token] of Object.entries(forged)) expect(await ask(token), how).toEqual({ ok: false, error: { reason: 'signature' } });
  expect(await ask(good)).toMatchObject({ ok: true });
});

test('B-101: an unsigned token is taken only from a client behind the Spine proxy, and only with an empty signature', async () => {
  const client = await aClientWithKey();
  const token = new UnsecuredJWT(client.claims).encode();
  await db.apiClient.update({ where: { id: client.id }, data: { isBehindProxy: true } });
  forgetClients();

  expect(await ask(token)).toMatchObject({ ok: true, value: { ctx: { actor: { id: client.id } } } });
  expect(await ask(`${token}AAAA`)).toEqual({ ok: false, error: { reason: 'signature' } });
  expect(await ask(await signed(client.claims))).toMatchObject({ ok: true });
  expect(await ask(await signed(client.claims, { key: other.privateKey }))).toEqual({ ok: false, error: { reason: 'signature' } });
});

test('B-902: at the registry, which is reached directly, an unsigned token is a forged one, also when it was taken elsewhere before', async () => {
  const client = await aClientWithKey();
  const claims = { ...client.claims, requested_scope: 'patient/appointment.write registry/appointment.read' };
  const token = new UnsecuredJWT(claims).encode();
  await db.apiClient.update({ where: { id: client.id }, data: { isBehindProxy: true } });
  forgetClients();

  expect(await ask(token)).toMatchObject({ ok: true });
  expect(await ask(token, { scope: 'registry/appointment.read' })).toEqual({ ok: false, error: { reason: 'signature' } });
  expect(await ask(await signed(claims), { scope: 'registry/appointment.read' })).toMatchObject({ ok: true });
});

test('what is decided of a token is decided again for every request, however often its signature was seen', async () => {
  const token = await aToken(await aSystem(), { scopes: ['patient/appointment.read'], now: A_TUESDAY_AT_TEN });
  expect(await ask(token, { scope: 'patient/appointment.read' })).toMatchObject({ ok: true });
  expect(await ask(token, { scope: 'patient/appointment.write' })).toEqual({ ok: false, error: { reason: 'scope', needed: 'patient/appointment.write' } });
  expect(await ask(token, { scope: 'patient/appointment.read', audience: 'https://other.example.nhs.uk/STU3' })).toEqual({ ok: false, error: { reason: 'audience' } });
  expect(await ask(token, { scope: 'patient/appointment.read', now: seconds(305) })).toEqual({ ok: false, error: { reason: 'expired' } });
  expect(await ask(token, { scope: 'patient/appointment.read', now: seconds(-31) })).toEqual({ ok: false, error: { reason: 'issued-in-future' } });
});

test('a client that is switched off, a scope or a service that is taken away and a key that is withdrawn bite within five seconds', async () => {
  const client = await aClientWithKey();
  const [own, self] = [await aToken(client.ctx, { now: A_TUESDAY_AT_TEN }), await signed(client.claims)];
  const both = async (now: Date) => [await ask(own, { now }), await ask(self, { now })];
  expect(await both(seconds(0))).toMatchObject([{ ok: true }, { ok: true }]);

  await db.apiClientKey.update({ where: { clientId_kid: { clientId: client.id, kid: 'one' } }, data: { revokedAt: A_TUESDAY_AT_TEN } });
  await db.apiClient.update({ where: { id: client.id }, data: { cancelServices: ['1234'] } });
  expect(await both(seconds(5))).toMatchObject([{ ok: true, value: { ctx: { actor: { services: { cancel: ['1234'] } } } } }, { ok: false, error: { reason: 'signature' } }]);

  await db.apiClient.update({ where: { id: client.id }, data: { scopes: ['organization/slot.read'] } });
  expect((await both(seconds(10)))[0]).toMatchObject({ ok: false, error: { reason: 'scope' } });
  await db.apiClient.update({ where: { id: client.id }, data: { isActive: false } });
  expect((await both(seconds(15)))[0]).toEqual({ ok: false, error: { reason: 'signature' } });
});

test('a client of the demonstration is nobody outside of it', async () => {
  const client = await aClientWithKey();
  await db.apiClient.update({ where: { id: client.id }, data: { isDemonstration: true } });
  expect(await ask(await aToken(client.ctx, { now: A_TUESDAY_AT_TEN }))).toEqual({ ok: false, error: { reason: 'signature' } });
  expect(await ask(await signed(client.claims))).toEqual({ ok: false, error: { reason: 'signature' } });
});

test('B-011: a client that is set to need the headers of the proxy is refused without them', async () => {
  const ctx = await aSystem();
  await db.apiClient.update({ where: { id: ctx.actor.id }, data: { needsProxyHeaders: true } });
  const token = await aToken(ctx, { now: A_TUESDAY_AT_TEN });
  expect(await ask(token)).toEqual({ ok: false, error: { reason: 'proxy-headers' } });
  expect(await ask(token, { proxy: PROXY })).toMatchObject({ ok: true });
});

test('B-138: a client acts for the organisations that it is registered for, and for no other', async () => {
  const [client, partner, stranger] = [await aClientWithKey(), await aSystem(), await aSystem()];
  await db.apiClient.update({ where: { id: client.id }, data: { actsFor: [partner.actor.organisation.code] } });
  const asFor = ({ actor }: typeof partner) => signed({ ...client.claims, requesting_organization: organisationClaim(actor.organisation.code) });

  expect(await ask(await asFor(partner))).toMatchObject({ ok: true, value: { ctx: { actor: { organisation: partner.actor.organisation } } } });
  expect(await ask(await asFor(stranger))).toEqual({ ok: false, error: { reason: 'organisation', odsCode: stranger.actor.organisation.code } });
});

function request(token: string, given: Partial<ClientRequest> = {}): ClientRequest {
  const proxy = { traceId: null, from: null, to: null, interactionId: null };
  return {
    ...{ authorization: `Bearer ${token}`, proxy, audience: ROOT, scope: 'patient/appointment.write', interaction: 'create:appointment' },
    ...{ now: A_TUESDAY_AT_TEN, requestId: 'our-id', correlationId: null, ...given },
  };
}

function ask(token: string, given: Partial<ClientRequest> = {}) {
  return clientCtx(request(token, given));
}

/** A client with the key `one`, and the claims of a token that it may make itself. */
async function aClientWithKey() {
  const ctx = await aSystem();
  const { id, organisation } = ctx.actor;
  const iss = `https://supplier-${unique()}.example.com`;
  await db.apiClient.update({ where: { id }, data: { issuer: iss } });
  const publicKey = publicJwk.parse(pair.publicKey.export({ format: 'jwk' }));
  await db.apiClientKey.create({ data: { clientId: id, kid: 'one', algorithm: 'ES256', publicKey, createdAt: A_TUESDAY_AT_TEN } });
  const claims = {
    ...{ iss, sub: 'u-204', aud: ROOT, iat: AT, exp: AT + 300, reason_for_request: 'directcare', requested_scope: 'patient/appointment.write' },
    requesting_device: { identifier: [{ system: 'https://consumer.example.nhs.uk/Id/device', value: 'DESK-7' }], model: 'Example Triage', version: '8.1.0' },
    requesting_organization: organisationClaim(organisation.code),
    requesting_practitioner: { id: 'u-204', name: [{ family: 'Samplewright', given: ['Orla'], prefix: ['Ms'] }] },
  };
  return { ctx, id, organisation, claims };
}

function organisationClaim(code: string) {
  return { name: 'Example 111', identifier: [{ system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: code }] };
}

function signed(claims: JWTPayload, { key = pair.privateKey, kid = 'one', alg = 'ES256' }: { key?: KeyObject; kid?: string; alg?: string } = {}): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg, kid, typ: 'JWT' }).sign(key);
}

function part(content: object): string {
  return base64url.encode(JSON.stringify(content));
}

function seconds(after: number): Date {
  return new Date(A_TUESDAY_AT_TEN.getTime() + after * 1_000);
}
