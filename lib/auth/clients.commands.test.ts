import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Ctx } from '@/lib/auth/actor';
import { clientForm, type ClientForm } from '@/lib/auth/client-form.schema';
import { clientKeyForm } from '@/lib/auth/client-key.schema';
import { addKey, revokeKey } from '@/lib/auth/client-keys.commands';
import { addSecret, revokeSecret } from '@/lib/auth/client-secrets.commands';
import { changeClient, registerClient, switchClient } from '@/lib/auth/clients.commands';
import { clientFor, listClients } from '@/lib/auth/clients.queries';
import { issueToken } from '@/lib/auth/token.commands';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { aService } from '@/prisma/factories/service';
import { A_TUESDAY_AT_TEN, aHandler, later } from '@/prisma/factories/staff';
import { unique } from '@/prisma/factories/unique';

const KEY = clientKeyForm.parse({ kid: 'one', publicKey: JSON.stringify(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })) });

test('a client that is registered gets tokens with the secret that is shown once, and is kept without it', async () => {
  const admin = await anAdmin();
  const { clientId, secret } = await aRegistered(admin);
  expect(secret.length).toBeGreaterThan(40);
  expect(await token(clientId, secret)).toMatchObject({ ok: true, value: { scope: 'patient/appointment.read patient/appointment.write' } });

  expect(await clientFor(admin, clientId)).toMatchObject({ id: clientId, version: 1, isActive: true, isDemonstration: false, bookServices: ['*'], secrets: [{ revokedAt: null }], keys: [] });
  expect(await auditOf(clientId)).toEqual(['client.secret-added', 'client.created', 'token.issued']);
  const kept = JSON.stringify([await db.apiClientSecret.findMany({ where: { clientId } }), (await db.auditEvent.findMany({ where: { subject: clientId } })).map(({ detail }) => detail)]);
  expect(kept).not.toContain(secret);
});

test.each<[string, Partial<ClientForm>, { code: string; [key: string]: string }]>([
  ['an organisation that nobody knows', { organisationCode: 'NOBODY' }, { code: 'organisation-unknown', odsCode: 'NOBODY' }],
  ['one to act for that nobody knows', { actsFor: ['NOBODY'] }, { code: 'organisation-unknown', odsCode: 'NOBODY' }],
  ['a service to book that nobody knows', { bookServices: ['1'] }, { code: 'client-service-unknown', dosId: '1' }],
  ['a service to cancel at that nobody knows', { cancelServices: ['2'] }, { code: 'client-service-unknown', dosId: '2' }],
  ['unsigned tokens without an issuer', { isBehindProxy: true }, { code: 'client-proxy-needs-issuer' }],
  ['the issuer of Onward itself', { issuer: 'https://onward.example.nhs.uk' }, { code: 'client-issuer-taken', issuer: 'https://onward.example.nhs.uk' }],
])('%s is refused, and the refusal is audited', async (_name, given, error) => {
  const admin = await anAdmin();
  const before = await db.apiClient.count();
  expect(await registerClient(admin, await aForm(admin, given))).toEqual({ ok: false, error });
  expect(await db.apiClient.count()).toBe(before);
  expect(await db.auditEvent.findFirstOrThrow({ where: { requestId: admin.requestId } })).toMatchObject({ type: 'client.change-refused', detail: { code: error.code } });
});

test('two clients cannot have one issuer, also when both are registered at once', async () => {
  const admin = await anAdmin();
  const form = await aForm(admin, { issuer: `https://triage-${unique()}.example.com` });
  const outcomes = await Promise.all(Array.from({ length: 5 }, () => registerClient(admin, form)));
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  expect(outcomes.filter((outcome) => !outcome.ok && outcome.error.code === 'client-issuer-taken')).toHaveLength(4);
});

test('a change is audited with before and after, makes a new version, and bites', async () => {
  const admin = await anAdmin();
  const { dosId } = await aService();
  const { clientId, secret, form } = await aRegistered(admin);
  const client: ClientForm = { ...form, scopes: ['organization/slot.read'], bookServices: [dosId] };
  expect(await changeClient(later(admin, 1), { clientId, version: 1, client })).toEqual({ ok: true, value: { isChanged: true } });

  expect(await clientFor(admin, clientId)).toMatchObject({ version: 2, bookServices: [dosId], scopes: ['organization/slot.read'] });
  expect(await token(clientId, secret)).toMatchObject({ value: { scope: 'organization/slot.read' } });
  const row = await db.auditEvent.findFirstOrThrow({ where: { subject: clientId, type: 'client.changed' } });
  expect(row.detail).toEqual({
    bookServices: { before: ['*'], after: [dosId] },
    scopes: { before: ['patient/appointment.read', 'patient/appointment.write'], after: ['organization/slot.read'] },
  });
});

test('a form saved as it stood makes no new version', async () => {
  const admin = await anAdmin();
  const { clientId, form } = await aRegistered(admin);
  expect(await changeClient(admin, { clientId, version: 1, client: form })).toEqual({ ok: true, value: { isChanged: false } });
  expect(await clientFor(admin, clientId)).toMatchObject({ version: 1 });
});

test('of ten who save at once exactly one does; the others are told that it changed', async () => {
  const admin = await anAdmin();
  const { clientId, form } = await aRegistered(admin);
  const outcomes = await Promise.all(Array.from({ length: 10 }, (_, index) => changeClient(admin, { clientId, version: 1, client: { ...form, name: `Name ${index}` } })));
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  expect(outcomes.filter((outcome) => !outcome.ok && outcome.error.code === 'client-changed')).toHaveLength(9);
  expect(await clientFor(admin, clientId)).toMatchObject({ version: 2 });
});

test('a client of the demonstration never comes to send unsigned tokens', async () => {
  const admin = await anAdmin();
  const { clientId, form } = await aRegistered(admin, { issuer: `https://triage-${unique()}.example.com` });
  await db.apiClient.update({ where: { id: clientId }, data: { isDemonstration: true } });
  expect(await changeClient(admin, { clientId, version: 1, client: { ...form, isBehindProxy: true } })).toMatchObject({ error: { code: 'client-proxy-needs-issuer' } });
});

test('a client that is switched off gets no token until it is switched on again', async () => {
  const admin = await anAdmin();
  const { clientId, secret } = await aRegistered(admin);
  expect(await switchClient(admin, { clientId, isActive: false })).toEqual({ ok: true, value: { isChanged: true } });
  expect(await switchClient(admin, { clientId, isActive: false })).toEqual({ ok: true, value: { isChanged: false } });
  expect(await token(clientId, secret)).toMatchObject({ ok: false });
  await switchClient(admin, { clientId, isActive: true });
  expect(await token(clientId, secret)).toMatchObject({ ok: true });
});

test('a client changes over to a second secret without a gap; a third waits until one is withdrawn', async () => {
  const admin = await anAdmin();
  const { clientId, secret } = await aRegistered(admin);
  const second = await addSecret(admin, clientId);
  if (!second.ok) throw new Error('no second secret');
  expect([await token(clientId, secret), await token(clientId, second.value.secret)]).toMatchObject([{ ok: true }, { ok: true }]);
  expect(await addSecret(admin, clientId)).toEqual({ ok: false, error: { code: 'client-secrets-full', most: 2 } });

  const [first] = (await clientFor(admin, clientId))?.secrets ?? [];
  expect(await revokeSecret(admin, { clientId, secretId: first?.id ?? '' })).toEqual({ ok: true, value: { isChanged: true } });
  expect(await revokeSecret(admin, { clientId, secretId: first?.id ?? '' })).toEqual({ ok: true, value: { isChanged: false } });
  expect([await token(clientId, secret), await token(clientId, second.value.secret)]).toMatchObject([{ ok: false }, { ok: true }]);
  expect(await addSecret(admin, clientId)).toMatchObject({ ok: true });
});

test('ten second secrets at once: one is made', async () => {
  const admin = await anAdmin();
  const { clientId } = await aRegistered(admin);
  const outcomes = await Promise.all(Array.from({ length: 10 }, () => addSecret(admin, clientId)));
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  expect(await db.apiClientSecret.count({ where: { clientId, revokedAt: null } })).toBe(2);
});

test('a key is registered under an id of its own, for good: a key that was withdrawn does not give its id away', async () => {
  const admin = await anAdmin();
  const { clientId } = await aRegistered(admin);
  expect(await addKey(admin, { clientId, key: KEY })).toEqual({ ok: true, value: { kid: 'one' } });
  expect(await revokeKey(admin, { clientId, kid: 'one' })).toEqual({ ok: true, value: { isChanged: true } });
  expect(await revokeKey(admin, { clientId, kid: 'one' })).toEqual({ ok: true, value: { isChanged: false } });
  expect(await addKey(admin, { clientId, key: KEY })).toEqual({ ok: false, error: { code: 'client-key-taken', kid: 'one' } });
  expect(await clientFor(admin, clientId)).toMatchObject({ keys: [{ kid: 'one', algorithm: 'ES256', revokedAt: A_TUESDAY_AT_TEN }] });
  expect((await auditOf(clientId)).slice(2)).toEqual(['client.key-added', 'client.key-revoked', 'client.change-refused']);
});

test('a client that there is not is refused by every command, and found by no query', async () => {
  const admin = await anAdmin();
  const client = await aForm(admin);
  for (const clientId of [newId(), 'nobody']) {
    const outcomes = await Promise.all([
      changeClient(admin, { clientId, version: 1, client }),
      switchClient(admin, { clientId, isActive: false }),
      addSecret(admin, clientId),
      revokeSecret(admin, { clientId, secretId: newId() }),
      addKey(admin, { clientId, key: KEY }),
      revokeKey(admin, { clientId, kid: 'one' }),
    ]);
    for (const outcome of outcomes) expect(outcome).toEqual({ ok: false, error: { code: 'client-not-found' } });
    expect(await clientFor(admin, clientId)).toBeNull();
  }
});

test('nobody but a system admin looks after clients; the list is by name, and the look is audited', async () => {
  const admin = await anAdmin();
  const { clientId } = await aRegistered(admin, { name: 'AAA triage' });
  expect((await listClients(admin))[0]).toMatchObject({ id: clientId, name: 'AAA triage', isActive: true });
  expect(await db.auditEvent.count({ where: { requestId: admin.requestId, type: 'client.listed' } })).toBe(1);

  const handler = await aHandler();
  const attempts = [() => listClients(handler), () => clientFor(handler, clientId), () => addSecret(handler, clientId), () => switchClient(handler, { clientId, isActive: false }), () => revokeKey(handler, { clientId, kid: 'one' })];
  for (const attempt of attempts) await expect(attempt()).rejects.toThrow(ForbiddenError);
});

function anAdmin(): Promise<Ctx> {
  return aHandler({ role: 'system-admin', scope: 'national' });
}

async function aForm({ actor }: Ctx, given: Partial<ClientForm> = {}): Promise<ClientForm> {
  const form = clientForm.parse({ name: 'Example Triage', organisationCode: actor.organisation.code, scopes: 'patient/appointment.read patient/appointment.write', bookServices: '*', cancelServices: '*', needsDocument: 'on' });
  return { ...form, ...given };
}

async function aRegistered(admin: Ctx, given: Partial<ClientForm> = {}) {
  const form = await aForm(admin, given);
  const registered = await registerClient(admin, form);
  if (!registered.ok) throw new Error(registered.error.code);
  return { ...registered.value, form };
}

function token(clientId: string, secret: string) {
  const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: secret });
  return issueToken({ now: A_TUESDAY_AT_TEN, requestId: newId(), address: `address-${unique()}` }, form, null);
}

async function auditOf(subject: string): Promise<string[]> {
  const rows = await db.auditEvent.findMany({ where: { subject }, orderBy: { seq: 'asc' }, select: { type: true } });
  return rows.map(({ type }) => type);
}
