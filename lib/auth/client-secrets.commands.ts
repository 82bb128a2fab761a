import { randomBytes } from 'node:crypto';
import { record } from '@/lib/audit/record';
import { audited, withClient } from '@/lib/auth/client-change.commands';
import type { Manager } from '@/lib/auth/clients.queries';
import { requirePermission } from '@/lib/auth/permissions';
import { digestOf } from '@/lib/auth/token-client.commands';
import type { Tx } from '@/lib/platform/db';
import type { Refusal } from '@/lib/platform/errors';
import { isId, newId } from '@/lib/platform/id';
import { ok, refuse, type Result } from '@/lib/platform/result';

const MOST_SECRETS = 2;
const SECRET_BYTES = 32;

/** A secret, to be shown once: what is kept is its digest. */
export type NewSecret = { secretId: string; secret: string };

/**
 * A second secret, so that a client can change over without a gap. Refuses with `client-not-found`, or `client-secrets-full` when two count already.
 * Audited, and so is the refusal. Throws ForbiddenError without `client:manage`.
 */
export async function addSecret(ctx: Manager, clientId: string): Promise<Result<NewSecret, Refusal>> {
  requirePermission(ctx.actor, 'client:manage');
  return audited(ctx, clientId, withClient(clientId, async (tx) => {
    const live = await tx.apiClientSecret.count({ where: { clientId, revokedAt: null } });
    return live >= MOST_SECRETS ? refuse({ code: 'client-secrets-full', most: MOST_SECRETS }) : ok(await writeSecret(tx, ctx, clientId));
  }));
}

/**
 * Withdraws a secret: no token is issued for it from now on, those that were live on for their five minutes. One that was withdrawn before stays so.
 * Refuses with `client-not-found`. Audited, and so is the refusal. Throws ForbiddenError without `client:manage`.
 */
export async function revokeSecret(ctx: Manager, { clientId, secretId }: { clientId: string; secretId: string }): Promise<Result<{ isChanged: boolean }, Refusal>> {
  requirePermission(ctx.actor, 'client:manage');
  return audited(ctx, clientId, withClient(clientId, async (tx) => {
    const { count } = isId(secretId) ? await tx.apiClientSecret.updateMany({ where: { id: secretId, clientId, revokedAt: null }, data: { revokedAt: ctx.now } }) : { count: 0 };
    if (count > 0) await record(tx, ctx, { type: 'client.secret-revoked', subject: clientId, detail: { secretId } });
    return ok({ isChanged: count > 0 });
  }));
}

/** Writes a new secret of a client, and the audit row that tells of it, through `tx`. */
export async function writeSecret(tx: Tx, ctx: Manager, clientId: string): Promise<NewSecret> {
  const [secretId, secret] = [newId(), randomBytes(SECRET_BYTES).toString('base64url')];
  await tx.apiClientSecret.create({ data: { id: secretId, clientId, digest: digestOf(secret).toString('base64url'), createdAt: ctx.now } });
  await record(tx, ctx, { type: 'client.secret-added', subject: clientId, detail: { secretId } });
  return { secretId, secret };
}
