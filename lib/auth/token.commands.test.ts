import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { SignJWT, decodeJwt } from 'jose';
import { expect, test } from 'vitest';
import { SCOPES, type Scope } from '@/lib/auth/actor';
import { publicJwk } from '@/lib/auth/client.schema';
import { clientCtx } from '@/lib/auth/client-token';
import { issueToken } from '@/lib/auth/token.commands';
import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { aSystem } from '@/prisma/factories/client';
import { A_TUESDAY_AT_TEN } from '@/prisma/factories/staff';
import { unique } from '@/prisma/factories/unique';

const ROOT = 'https://onward.example.nhs.uk';
const AT = A_TUESDAY_AT_TEN.getTime() / 1_000;
const SECRET = 'a secret, with: odd+characters & 100%';
const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const other = generateKeyPairSync('ec', { namedCurve: 'P-256' });

test('B-903: a secret in the form gets a token of five minutes with the claims of the standard', async () => {
  const client = await aClient();
  const moment = aMoment();
  const issued = await issueToken(moment, form(client.id), null);
  expect(issued).toMatchObject({ ok: true, value: { expiresInSeconds: 300, scope: SCOPES.join(' ') } });
  if (!issued.ok) throw new Error('no token');
  expect(decodeJwt(issued.value.accessToken)).toMatchObject({
    ...{ iss: ROOT, sub: client.id, aud: [`${ROOT}/STU3`, `${ROOT}/registry/STU3`], iat: AT, exp: AT + 300, client_id: client.id },
    ...{ reason_for_request: 'directcare', requested_scope: SCOPES.join(' ') },
    requesting_device: { resourceType: 'Device', model: client.name },
    requesting_organization: { resourceType: 'Organization', identifier: [{ value: client.organisation.code }] },
  });
  expect(await accepts(issued.value.accessToken)).toMatchObject({ ok: true, value: { ctx: { actor: { id: client.id, provenance: { user: null } } } } });

  const row = await db.auditEvent.findFirstOrThrow({ where: { requestId: moment.requestId, type: 'token.issued' } });
  expect(row).toMatchObject({ actorId: client.id, subject: client.id, detail: { by: 'post' }, provenance: { interaction: 'token' } });
  expect(JSON.stringify({ ...row, seq: 0 })).not.toContain('odd');
});

test('a secret by Basic, form-encoded, does the same', async () => {
  const { id } = await aClient();
  expect(await issueToken(aMoment(), grant(), basic(id, SECRET))).toMatchObject({ ok: true });
  expect(await issueToken(aMoment(), grant({ client_id: id }), basic(id, SECRET))).toMatchObject({ ok: true });
});

test('either of two secrets counts, one that was withdrawn does not', async () => {
  const { id } = await aClient();
  await aSecret(id, 'the second');
  expect(await issueToken(aMoment(), form(id, { client_secret: 'the second' }), null)).toMatchObject({ ok: true });
  await db.apiClientSecret.updateMany({ where: { clientId: id, digest: digest(SECRET) }, data: { revokedAt: A_TUESDAY_AT_TEN } });
  expect(await issueToken(aMoment(), form(id), null)).toMatchObject({ error: { error: 'invalid_client' } });
});

test('unknown client, wrong secret, client switched off and client of the demonstration get one and the same answer, audited without the secret', async () => {
  const [known, off, demonstration] = [await aClient(), await aClient(), await aClient()];
  await db.apiClient.update({ where: { id: off.id }, data: { isActive: false } });
  await db.apiClient.update({ where: { id: demonstration.id }, data: { isDemonstration: true } });
  const moments = Array.from({ length: 7 }, () => aMoment());
  const forms = [form(newId()), form('not an id'), form(known.id, { client_secret: 'wrong' }), form(off.id), form(demonstration.id), grant(), grant({ client_id: known.id })];
  for (const [index, each] of forms.entries()) {
    expect(await issueToken(moments[index] ?? aMoment(), each, null)).toMatchObject({ ok: false, error: { error: 'invalid_client', description: 'The client is not known by these credentials' } });
  }
  for (const authorization of ['Basic', 'Basic !', basic('', SECRET), 'Bearer token', `Basic ${btoa('%:%')}`]) {
    expect(await issueToken(aMoment(), grant(), authorization)).toMatchObject({ error: { error: 'invalid_client' } });
  }

  const rows = await db.auditEvent.findMany({ where: { requestId: { in: moments.map(({ requestId }) => requestId) } } });
  expect(rows.map(({ type }) => type)).toEqual(Array.from({ length: 7 }, () => 'token.refused'));
  expect(JSON.stringify(rows.map((row) => ({ ...row, seq: 0 })))).not.toMatch(/odd|wrong|not an id/);
});

test.each<[string, Record<string, string>, string]>([
  ['no grant', { grant_type: '' }, 'invalid_request'],
  ['another grant', { grant_type: 'password' }, 'unsupported_grant_type'],
  ['two ways at once', { client_assertion: 'x' }, 'invalid_request'],
  ['an assertion of another type', { client_secret: '', client_assertion: 'x', client_assertion_type: 'saml' }, 'invalid_request'],
  ['an unknown scope', { scope: 'everything' }, 'invalid_scope'],
  ['an unknown scope among known ones', { scope: 'organization/slot.read patient/*.read' }, 'invalid_scope'],
  ['the .default of another provider', { scope: 'https://other.example.nhs.uk/registry/STU3/.default' }, 'invalid_scope'],
  ['a device that is none', { requesting_device: '{"model":"x"}' }, 'invalid_request'],
  ['a practitioner that is not JSON', { requesting_practitioner: 'Orla' }, 'invalid_request'],
  ['an organisation that it does not act for', { requesting_organization: organisation('Y99999') }, 'invalid_request'],
])('%s is refused with the code of RFC 6749', async (_name, fields, error) => {
  const { id } = await aClient();
  expect(await issueToken(aMoment(), form(id, fields), null)).toMatchObject({ ok: false, error: { error } });
});

test('a field that comes twice is refused', async () => {
  const { id } = await aClient();
  const twice = form(id);
  twice.append('scope', 'organization/slot.read');
  twice.append('scope', 'patient/appointment.read');
  expect(await issueToken(aMoment(), twice, null)).toMatchObject({ error: { error: 'invalid_request' } });
});

test('B-904: the scopes that were asked for are granted, all of them by .default, none that the client is not registered for', async () => {
  const { id } = await aClient(['organization/slot.read', 'patient/appointment.write']);
  const granted = async (scope: string) => issueToken(aMoment(), form(id, { scope }), null);
  expect(await granted('organization/slot.read')).toMatchObject({ value: { scope: 'organization/slot.read' } });
  expect(await granted('patient/appointment.read')).toMatchObject({ value: { scope: 'patient/appointment.read' } });
  for (const scope of ['', `${ROOT}/registry/STU3/.default`, `${ROOT}/STU3/.default`]) {
    expect(await granted(scope)).toMatchObject({ value: { scope: 'organization/slot.read patient/appointment.write' } });
  }
  expect(await granted('registry/appointment.read')).toMatchObject({ error: { error: 'invalid_scope' } });
});

test('B-110 to B-112: device, organisation and practitioner that the form names are those of the token', async () => {
  const [client, partner] = [await aClient(), await aSystem()];
  await db.apiClient.update({ where: { id: client.id }, data: { actsFor: [partner.actor.organisation.code] } });
  const fields = {
    requesting_device: JSON.stringify({ resourceType: 'Device', identifier: [{ system: 'https://x.example.com', value: 'DESK-7' }], model: 'Triage', version: '8' }),
    requesting_organization: organisation(partner.actor.organisation.code),
    requesting_practitioner: JSON.stringify({ id: 'u-204', name: [{ text: 'Ms Orla Samplewright' }], identifier: [{ system: 'https://fhir.nhs.uk/Id/sds-user-id', value: '555' }] }),
  };
  const issued = await issueToken(aMoment(), form(client.id, fields), null);
  if (!issued.ok) throw new Error('no token');
  expect(decodeJwt(issued.value.accessToken).sub).toBe('u-204');
  expect(await accepts(issued.value.accessToken)).toMatchObject({
    value: { ctx: { actor: { organisation: partner.actor.organisation, provenance: { device: { model: 'Triage' }, user: { id: 'u-204', name: 'Ms Orla Samplewright', sdsUserId: '555', roleProfileId: null } } } } },
  });
});

test('RFC 7523: an assertion that the key of the client signed gets a token', async () => {
  const { id } = await aClient();
  expect(await issueToken(aMoment(), assertionForm(await assertion(id)), null)).toMatchObject({ ok: true });
  expect(await issueToken(aMoment(), assertionForm(await assertion(id, { aud: ROOT }), { client_id: id }), null)).toMatchObject({ ok: true });
});

test('an assertion that is forged, for somebody else, too long, expired or without an id gets none', async () => {
  const [client, stranger] = [await aClient(), await aClient()];
  const { id } = client;
  await db.apiClientKey.deleteMany({ where: { clientId: stranger.id } });
  const wrong = {
    'another key': await assertion(id, {}, other.privateKey),
    'the key of another client': await assertion(stranger.id),
    'another audience': await assertion(id, { aud: 'https://other.example.nhs.uk' }),
    'another issuer': await assertion(id, { iss: stranger.id }),
    'too long': await assertion(id, { exp: AT + 3_600 }),
    expired: await assertion(id, { exp: AT - 10 }),
    'no id': await assertion(id, { jti: undefined }),
    unsigned: `${btoa('{"alg":"none"}')}.${(await assertion(id)).split('.')[1]}.`,
    nonsense: 'nonsense',
  };
  for (const [how, each] of Object.entries(wrong)) {
    expect(await issueToken(aMoment(), assertionForm(each), null), how).toMatchObject({ ok: false, error: { error: 'invalid_client' } });
  }
});

test('one assertion sent ten times at once gives one token, and later none', async () => {
  const { id } = await aClient();
  const sent = assertionForm(await assertion(id));
  const answers = await Promise.all(Array.from({ length: 10 }, () => issueToken(aMoment(), sent, null)));
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  expect(await issueToken(aMoment(), sent, null)).toMatchObject({ error: { error: 'invalid_client', description: 'The assertion was used before' } });
  expect(await db.auditEvent.count({ where: { type: 'token.issued', subject: id } })).toBe(1);
});

test('after 10 wrong secrets a client is slowed down at that address, even with the right one, and not elsewhere', async () => {
  const { id } = await aClient();
  const here = `address-${unique()}`;
  const attempt = (secret: string, address = here) => issueToken({ ...aMoment(), address }, form(id, { client_secret: secret }), null);
  for (let round = 0; round < 10; round += 1) expect(await attempt('wrong')).toMatchObject({ error: { error: 'invalid_client' } });

  const slowed = await attempt(SECRET);
  expect(slowed).toMatchObject({ ok: false, error: { error: 'slow_down' } });
  if (!slowed.ok) expect(slowed.error.retrySeconds).toBeGreaterThan(0);
  expect(await attempt(SECRET, `address-${unique()}`)).toMatchObject({ ok: true });
  const keys = (await db.rateLimiterFlexible.findMany()).map(({ key }) => key).join(' ');
  expect(keys).not.toMatch(new RegExp(`${id}|${here}`));
});

test('the right secret starts the count again', async () => {
  const { id } = await aClient();
  const address = `address-${unique()}`;
  for (const secret of [...Array.from({ length: 9 }, () => 'wrong'), SECRET, ...Array.from({ length: 9 }, () => 'wrong')]) await issueToken({ ...aMoment(), address }, form(id, { client_secret: secret }), null);
  expect(await issueToken({ ...aMoment(), address }, form(id), null)).toMatchObject({ ok: true });
});

async function aClient(scopes: readonly Scope[] = SCOPES) {
  const { actor } = await aSystem({ scopes });
  await aSecret(actor.id, SECRET);
  const publicKey = publicJwk.parse(pair.publicKey.export({ format: 'jwk' }));
  await db.apiClientKey.create({ data: { clientId: actor.id, kid: 'one', algorithm: 'ES256', publicKey, createdAt: A_TUESDAY_AT_TEN } });
  return actor;
}

function aSecret(clientId: string, secret: string) {
  return db.apiClientSecret.create({ data: { clientId, digest: digest(secret), createdAt: A_TUESDAY_AT_TEN } });
}

function digest(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

function grant(fields: Record<string, string> = {}): URLSearchParams {
  return new URLSearchParams({ grant_type: 'client_credentials', ...fields });
}

function form(clientId: string, fields: Record<string, string> = {}): URLSearchParams {
  return grant({ client_id: clientId, client_secret: SECRET, ...fields });
}

function basic(clientId: string, secret: string): string {
  return `Basic ${btoa(`${encodeURIComponent(clientId)}:${encodeURIComponent(secret)}`)}`;
}

function assertionForm(sent: string, fields: Record<string, string> = {}): URLSearchParams {
  return grant({ client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer', client_assertion: sent, ...fields });
}

function assertion(clientId: string, claims: Record<string, unknown> = {}, key: KeyObject = pair.privateKey): Promise<string> {
  return new SignJWT({ iss: clientId, sub: clientId, aud: `${ROOT}/oauth2/token`, iat: AT, exp: AT + 300, jti: newId(), ...claims }).setProtectedHeader({ alg: 'ES256', kid: 'one' }).sign(key);
}

function organisation(code: string): string {
  return JSON.stringify({ name: 'An organisation', identifier: [{ system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: code }] });
}

function accepts(token: string) {
  const proxy = { traceId: null, from: null, to: null, interactionId: null };
  return clientCtx({ authorization: `Bearer ${token}`, proxy, audience: `${ROOT}/STU3`, scope: 'patient/appointment.read', interaction: 'read:appointment', now: A_TUESDAY_AT_TEN, requestId: newId(), correlationId: null });
}

function aMoment() {
  return { now: A_TUESDAY_AT_TEN, requestId: newId(), address: `address-${unique()}` };
}
