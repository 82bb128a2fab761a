import { record } from '@/lib/audit/record';
import type { Manager } from '@/lib/auth/clients.queries';
import { forgetClients } from '@/lib/auth/registered-client.queries';
import { db, type Tx } from '@/lib/platform/db';
import type { Refusal } from '@/lib/platform/errors';
import { isId } from '@/lib/platform/id';
import { refuse, type Result } from '@/lib/platform/result';
import { transact } from '@/lib/platform/transact';

/** The outcome of a change of an API client, audited when it is a refusal; this process reads its clients again from now on. */
export async function audited<Value>(ctx: Manager, clientId: string | null, change: Promise<Result<Value, Refusal>>): Promise<Result<Value, Refusal>> {
  const outcome = await change;
  forgetClients();
  if (!outcome.ok) await record(db, ctx, { type: 'client.change-refused', subject: clientId?.slice(0, 36), detail: { code: outcome.error.code } });
  return outcome;
}

/** One transaction on what a client proves itself by: a new version of the client. Refuses with `client-not-found`. */
export async function withClient<Value>(clientId: string, work: (tx: Tx) => Promise<Result<Value, Refusal>>): Promise<Result<Value, Refusal>> {
  return transact(async (tx) => {
    // The client's row is the lock: of two who add a secret at once, the second counts the first one's.
    const { count } = isId(clientId) ? await tx.apiClient.updateMany({ where: { id: clientId }, data: { version: { increment: 1 } } }) : { count: 0 };
    return count === 0 ? refuse({ code: 'client-not-found' }) : work(tx);
  });
}
