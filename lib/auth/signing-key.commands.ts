import { hkdfSync } from 'node:crypto';
import { CompactEncrypt, SignJWT, calculateJwkThumbprint, compactDecrypt, exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWTPayload } from 'jose';
import { z } from 'zod';
import { record } from '@/lib/audit/record';
import type { Ctx, JobActor } from '@/lib/auth/actor';
import { publicJwk } from '@/lib/auth/client.schema';
import { requirePermission } from '@/lib/auth/permissions';
import { forgetSigningKeys } from '@/lib/auth/signing-key.queries';
import { db, type Tx } from '@/lib/platform/db';
import { env } from '@/lib/platform/env';
import { log } from '@/lib/platform/log';
import { DAY_MINUTES, addMinutes } from '@/lib/platform/time';

const ALGORITHM = 'ES256';
const ROTATE_DAYS = 30;
/** Whoever keeps the published set for five minutes knows a key before it signs. */
const SIGNS_AFTER_MINUTES = 10;
/** Longer than any token lives. */
const PUBLISHED_AFTER_MINUTES = 60;

const privateJwk = publicJwk.extend({ d: z.string() });

type Stored = { kid: string; privateKey: string };

/** What was decrypted, by the id of its key; a process signs with one or two in its life. */
const opened = new Map<string, CryptoKey>();

/** A token with these claims, signed with the key that signs at `now`. The first key of an installation is made here, once, however many ask. */
export async function signToken({ now, requestId }: { now: Date; requestId: string }, claims: JWTPayload): Promise<string> {
  const { kid, key } = (await signingKey(db, now)) ?? (await firstKey({ actor: { kind: 'job', id: 'token' }, now, requestId }));
  return new SignJWT(claims).setProtectedHeader({ alg: ALGORITHM, typ: 'JWT', kid }).sign(key);
}

/**
 * Makes the next key once the newest is 30 days old; returns how many were made, 0 or 1. It is published at once and signs from ten minutes later; the
 * one before is published until an hour after that. Audited. Throws ForbiddenError without `key:rotate`.
 */
export async function rotateSigningKey(ctx: Ctx<JobActor>): Promise<number> {
  requirePermission(ctx.actor, 'key:rotate');
  return alone(async (tx) => {
    const newest = await tx.signingKey.findFirst({ select: { createdAt: true }, orderBy: { createdAt: 'desc' } });
    const isOld = newest && newest.createdAt <= addMinutes(ctx.now, -ROTATE_DAYS * DAY_MINUTES);
    if (!isOld) return 0;
    await makeKey(tx, ctx, addMinutes(ctx.now, SIGNS_AFTER_MINUTES));
    return 1;
  });
}

async function firstKey(ctx: Ctx<JobActor>): Promise<{ kid: string; key: CryptoKey }> {
  return alone(async (tx) => (await signingKey(tx, ctx.now)) ?? makeKey(tx, ctx, ctx.now));
}

/** The key that signs at `now`; null when there is none that this installation's secret opens. */
async function signingKey(tx: Tx, now: Date): Promise<{ kid: string; key: CryptoKey } | null> {
  const live = await tx.signingKey.findMany({
    where: { OR: [{ retiresAt: null }, { retiresAt: { gt: now } }] },
    select: { kid: true, privateKey: true, signsFrom: true },
    orderBy: [{ signsFrom: 'desc' }, { kid: 'asc' }],
  });
  // One whose time has not come is better than none: clocks differ.
  const inOrder = [...live.filter(({ signsFrom }) => signsFrom <= now), ...live.filter(({ signsFrom }) => signsFrom > now).reverse()];
  for (const stored of inOrder) {
    const key = opened.get(stored.kid) ?? (await open(stored));
    if (key) return { kid: stored.kid, key };
  }
  return null;
}

async function open({ kid, privateKey }: Stored): Promise<CryptoKey | null> {
  const plaintext = await compactDecrypt(privateKey, wrappingKey()).then(
    ({ plaintext: text }) => text,
    () => null,
  );
  if (!plaintext) {
    log.error({ kid }, 'a signing key was encrypted with another secret: it signs no more');
    return null;
  }
  const key = await importJWK(privateJwk.parse(JSON.parse(new TextDecoder().decode(plaintext))), ALGORITHM);
  if (key instanceof Uint8Array) throw new Error('A signing key is not a pair');
  opened.set(kid, key);
  return key;
}

/** A new key that signs from `signsFrom`, until when those before it do. */
async function makeKey(tx: Tx, ctx: Ctx<JobActor>, signsFrom: Date): Promise<{ kid: string; key: CryptoKey }> {
  const pair = await generateKeyPair(ALGORITHM, { extractable: true });
  const publicKey = publicJwk.parse(await exportJWK(pair.publicKey));
  const kid = await calculateJwkThumbprint(publicKey);
  const secret = new TextEncoder().encode(JSON.stringify(await exportJWK(pair.privateKey)));
  const privateKey = await new CompactEncrypt(secret).setProtectedHeader({ alg: 'dir', enc: 'A256GCM' }).encrypt(wrappingKey());

  // Only those that signed until now: one that was never due has nothing to stay for.
  await tx.signingKey.updateMany({ where: { retiresAt: null, signsFrom: { lt: signsFrom } }, data: { retiresAt: addMinutes(signsFrom, PUBLISHED_AFTER_MINUTES) } });
  await tx.signingKey.create({ data: { kid, algorithm: ALGORITHM, publicKey, privateKey, createdAt: ctx.now, signsFrom } });
  await record(tx, ctx, { type: 'signing-key.made', subject: kid, detail: { signsFrom: signsFrom.toISOString() } });
  return { kid, key: pair.privateKey };
}

/** One process at a time: of several that find no key, or an old one, exactly one makes the next. */
async function alone<Value>(work: (tx: Tx) => Promise<Value>): Promise<Value> {
  const value = await db.$transaction(async (tx) => {
    // Raw, as Prisma has no word for a lock that ends with the transaction.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('signing key'))`;
    return work(tx);
  });
  forgetSigningKeys();
  return value;
}

/** What private halves are encrypted with, from the secret of this installation. Throws when it is not set. */
function wrappingKey(): Uint8Array {
  const { NEXTAUTH_SECRET } = env();
  if (!NEXTAUTH_SECRET) throw new Error('NEXTAUTH_SECRET is not set: run the app with npm start, which makes one');
  return new Uint8Array(hkdfSync('sha256', NEXTAUTH_SECRET, '', 'onward signing keys', 32));
}
