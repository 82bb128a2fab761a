import { compactVerify, decodeProtectedHeader, importJWK } from 'jose';
import { beforeEach, expect, test } from 'vitest';
import type { Ctx, JobActor } from '@/lib/auth/actor';
import { rotateSigningKey, signToken } from '@/lib/auth/signing-key.commands';
import { forgetSigningKeys, publishedKeys } from '@/lib/auth/signing-key.queries';
import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { A_TUESDAY_AT_TEN } from '@/prisma/factories/staff';

const MINUTE = 1;
const DAYS = 24 * 60;

beforeEach(async () => {
  await db.signingKey.deleteMany();
  forgetSigningKeys();
});

test('ten ask for the first token at once: one key is made, audited, and all ten are signed with it', async () => {
  const before = await made();
  const tokens = await Promise.all(Array.from({ length: 10 }, () => sign(0)));
  expect(new Set(tokens.map(kidOf)).size).toBe(1);
  expect(await db.signingKey.count()).toBe(1);
  expect(await made()).toBe(before + 1);
});

test('the published set verifies what was signed, and holds no private half', async () => {
  const token = await sign(0);
  const [key] = await publishedKeys(after(0));
  expect(Object.keys(key?.publicKey ?? {}).sort()).toEqual(['crv', 'kty', 'x', 'y']);
  if (!key) throw new Error('no key');
  await expect(compactVerify(token, await importJWK(key.publicKey, key.algorithm))).resolves.toMatchObject({ protectedHeader: { alg: 'ES256', typ: 'JWT', kid: key.kid } });
});

test('the private half is kept encrypted', async () => {
  await sign(0);
  const { privateKey } = await db.signingKey.findFirstOrThrow();
  expect(decodeProtectedHeader(privateKey)).toEqual({ alg: 'dir', enc: 'A256GCM' });
  expect(privateKey).not.toContain('"d"');
});

test('a key is followed after 30 days: published at once, it signs from 10 minutes later; the old one stays published for an hour after', async () => {
  const old = kidOf(await sign(0));
  expect(await rotate(30 * DAYS - 1)).toBe(0);
  expect(await rotate(30 * DAYS)).toBe(1);
  expect(await rotate(30 * DAYS)).toBe(0);

  expect(await published(30 * DAYS)).toHaveLength(2);
  expect(kidOf(await sign(30 * DAYS + 9 * MINUTE))).toBe(old);
  const next = kidOf(await sign(30 * DAYS + 10 * MINUTE));
  expect(next).not.toBe(old);
  expect(await published(30 * DAYS + 69 * MINUTE)).toEqual([next, old]);
  expect(await published(30 * DAYS + 70 * MINUTE)).toEqual([next]);
});

test('ten passes rotate at once: one key is made', async () => {
  await sign(0);
  const counts = await Promise.all(Array.from({ length: 10 }, () => rotate(40 * DAYS)));
  expect(counts.reduce((sum, count) => sum + count)).toBe(1);
  expect(await db.signingKey.count()).toBe(2);
});

test('a key that the secret of the installation does not open makes way for a new one', async () => {
  const [id, token] = [newId(), await sign(0)];
  const row = await db.signingKey.findFirstOrThrow();
  await db.signingKey.deleteMany();
  await db.signingKey.create({ data: { ...row, publicKey: row.publicKey ?? {}, kid: id, privateKey: `${row.privateKey.slice(0, -4)}AAAA` } });
  const next = await sign(1);
  expect([id, kidOf(token)]).not.toContain(kidOf(next));
  expect(await published(2)).toContain(kidOf(next));
});

function sign(minutes: number): Promise<string> {
  return signToken({ now: after(minutes), requestId: newId() }, { sub: 'somebody' });
}

function rotate(minutes: number): Promise<number> {
  const ctx: Ctx<JobActor> = { actor: { kind: 'job', id: 'signing-keys' }, now: after(minutes), requestId: newId() };
  return rotateSigningKey(ctx);
}

async function published(minutes: number): Promise<string[]> {
  return (await publishedKeys(after(minutes))).map(({ kid }) => kid);
}

function kidOf(token: string): string | undefined {
  return decodeProtectedHeader(token).kid;
}

function made(): Promise<number> {
  return db.auditEvent.count({ where: { type: 'signing-key.made' } });
}

function after(minutes: number): Date {
  return new Date(A_TUESDAY_AT_TEN.getTime() + minutes * 60_000);
}
