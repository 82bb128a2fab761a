import { SCOPES } from '@/lib/auth/actor';
import { publicJwk, type RegisteredClient } from '@/lib/auth/client.schema';
import { withoutSlash } from '@/lib/auth/client.rules';
import { db } from '@/lib/platform/db';
import { isDemonstration } from '@/lib/platform/env';
import { isId } from '@/lib/platform/id';
import { Recent } from '@/lib/platform/recent';

/** How long a process may go on by what it read of a client: what is withdrawn bites by then everywhere. */
export const CLIENT_KNOWN_MS = 5_000;

const MOST_KNOWN = 2_000;

/** By client id, or by the issuer that a client writes into tokens that it makes itself (one slash at the end is ignored). */
export type ClientBy = { id: string } | { issuer: string };

type Known = { client: Promise<RegisteredClient | null>; readAt: number };

const known = new Recent<Known>(MOST_KNOWN);

/**
 * The client with its keys, or null: unknown, switched off, or a client of the demonstration outside it. What this process has read is
 * good for five seconds of the caller's clock, so that whatever is withdrawn elsewhere bites within that time.
 */
export function registeredClient(by: ClientBy, now: Date): Promise<RegisteredClient | null> {
  const key = 'id' in by ? `id ${by.id}` : `issuer ${withoutSlash(by.issuer)}`;
  const before = known.get(key);
  const age = now.getTime() - (before?.readAt ?? 0);
  if (before && age >= 0 && age < CLIENT_KNOWN_MS) return before.client;

  const client = readClient(by);
  known.set(key, { client, readAt: now.getTime() });
  // Nobody may be told for five seconds what one broken connection said.
  client.catch(() => known.delete(key));
  return client;
}

/** Has this process read every client again: called after a change of one. */
export function forgetClients(): void {
  known.clear();
}

/** The client as it is this moment: see `registeredClient`. */
export async function readClient(by: ClientBy): Promise<RegisteredClient | null> {
  const where = whereOf(by);
  if (!where) return null;
  const found = await db.apiClient.findFirst({
    where: { ...where, isActive: true, ...(isDemonstration() ? {} : { isDemonstration: false }) },
    select: {
      ...{ id: true, name: true, actsFor: true, scopes: true, bookServices: true, cancelServices: true, isBehindProxy: true },
      ...{ needsProxyHeaders: true, needsDocument: true, refusesLongTokens: true, requestsPerMinute: true },
      organisation: { select: { odsCode: true, name: true } },
      keys: { where: { revokedAt: null }, select: { kid: true, algorithm: true, publicKey: true }, orderBy: [{ createdAt: 'desc' }, { kid: 'asc' }] },
    },
  });
  if (!found) return null;
  const { organisation, actsFor, scopes, bookServices, cancelServices, keys, ...client } = found;
  return {
    ...client,
    organisations: [{ code: organisation.odsCode, name: organisation.name }, ...(await organisationsOf(actsFor))],
    scopes: SCOPES.filter((scope) => scopes.includes(scope)),
    services: { book: bookServices, cancel: cancelServices },
    // Unsigned tokens are never taken in the demonstration, whatever the client says.
    isBehindProxy: client.isBehindProxy && !isDemonstration(),
    keys: keys.map(({ kid, algorithm, publicKey }) => ({ kid, algorithm, publicKey: publicJwk.parse(publicKey) })),
  };
}

/** The digests of the secrets of a client that were not withdrawn, the newest first. */
export async function secretDigests(clientId: string): Promise<string[]> {
  const secrets = await db.apiClientSecret.findMany({ where: { clientId, revokedAt: null }, select: { digest: true }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }] });
  return secrets.map(({ digest }) => digest);
}

async function organisationsOf(codes: readonly string[]): Promise<{ code: string; name: string }[]> {
  if (codes.length === 0) return [];
  const found = await db.organisation.findMany({ where: { odsCode: { in: [...codes] } }, select: { odsCode: true, name: true }, orderBy: { odsCode: 'asc' } });
  return found.map(({ odsCode, name }) => ({ code: odsCode, name }));
}

function whereOf(by: ClientBy) {
  if ('id' in by) return isId(by.id) ? { id: by.id } : null;
  const issuer = withoutSlash(by.issuer);
  return { issuer: { in: [issuer, `${issuer}/`] } };
}
