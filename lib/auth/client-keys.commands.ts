import { record } from '@/lib/audit/record';
import { audited, withClient } from '@/lib/auth/client-change.commands';
import type { ClientKeyForm } from '@/lib/auth/client-key.schema';
import type { Manager } from '@/lib/auth/clients.queries';
import { requirePermission } from '@/lib/auth/permissions';
import { violates } from '@/lib/platform/db';
import type { Refusal } from '@/lib/platform/errors';
import { ok, refuse, type Result } from '@/lib/platform/result';

/**
 * Registers a public key, for the one algorithm that comes with it. Refuses with `client-not-found`, or `client-key-taken` when the client has or had a key
 * with this id. Audited, and so is the refusal. Throws ForbiddenError without `client:manage`.
 */
export async function addKey(ctx: Manager, { clientId, key }: { clientId: string; key: ClientKeyForm }): Promise<Result<{ kid: string }, Refusal>> {
  requirePermission(ctx.actor, 'client:manage');
  return audited(ctx, clientId, attemptKey(ctx, { clientId, key }));
}

/**
 * Withdraws a key: within five seconds nothing that it signed is accepted. One that was withdrawn before stays so. Refuses with `client-not-found`. Audited, and so is
 * the refusal. Throws ForbiddenError without `client:manage`.
 */
export async function revokeKey(ctx: Manager, { clientId, kid }: { clientId: string; kid: string }): Promise<Result<{ isChanged: boolean }, Refusal>> {
  requirePermission(ctx.actor, 'client:manage');
  return audited(ctx, clientId, withClient(clientId, async (tx) => {
    const { count } = await tx.apiClientKey.updateMany({ where: { clientId, kid, revokedAt: null }, data: { revokedAt: ctx.now } });
    if (count > 0) await record(tx, ctx, { type: 'client.key-revoked', subject: clientId, detail: { kid } });
    return ok({ isChanged: count > 0 });
  }));
}

async function attemptKey(ctx: Manager, { clientId, key }: { clientId: string; key: ClientKeyForm }): Promise<Result<{ kid: string }, Refusal>> {
  const { kid, algorithm, publicKey } = key;
  try {
    return await withClient(clientId, async (tx) => {
      await tx.apiClientKey.create({ data: { clientId, kid, algorithm, publicKey, createdAt: ctx.now } });
      await record(tx, ctx, { type: 'client.key-added', subject: clientId, detail: { kid, algorithm } });
      return ok({ kid });
    });
  } catch (error) {
    if (violates(error, 'api_client_key_pkey')) return refuse({ code: 'client-key-taken', kid });
    throw error;
  }
}
