import { createHash, timingSafeEqual } from 'node:crypto';
import { compactVerify } from 'jose';
import { RateLimiterPrisma } from 'rate-limiter-flexible';
import type { Ctx } from '@/lib/auth/actor';
import { speaksFor } from '@/lib/auth/client.rules';
import type { OAuthFault, RegisteredClient } from '@/lib/auth/client.schema';
import { readClient, secretDigests } from '@/lib/auth/registered-client.queries';
import type { Credentials } from '@/lib/auth/token-request.rules';
import { assertionClaims } from '@/lib/auth/token.schema';
import { db } from '@/lib/platform/db';
import { publicUrl } from '@/lib/platform/env';
import { ok, refuse, type Result } from '@/lib/platform/result';

/** When a token is asked for, and from which network address; nobody is known yet. */
export type TokenMoment = Omit<Ctx, 'actor' | 'correlationId'> & { address?: string };

/** Who asks, and the id of the assertion that said so, which counts once. */
export type Asking = { client: RegisteredClient; assertionId: string | null };

const WINDOW_SECONDS = 5 * 60;

// By client and address together: whoever guesses from elsewhere must not shut a whole 111 provider out.
const byClient = limiter('token-client', 10);
const byAddress = limiter('token-address', 100);

const WRONG: OAuthFault = { error: 'invalid_client', description: 'The client is not known by these credentials' };

/**
 * The client that these credentials are of. The refusal is one and the same for an unknown client, one that is switched off and wrong
 * credentials; after 10 wrong tries for one client from one address, or 100 from one address, within 5 minutes it is `slow_down`.
 */
export async function authenticate(moment: TokenMoment, credentials: Credentials): Promise<Result<Asking, OAuthFault>> {
  const address = moment.address ?? 'unknown';
  const keys = { client: digestOf(`${credentials.clientId} ${address}`).toString('base64url'), address: digestOf(address).toString('base64url') };
  const [clientCount, addressCount] = await Promise.all([byClient.get(keys.client), byAddress.get(keys.address)]);
  const waits = [clientCount, addressCount].flatMap((count) => (count?.remainingPoints === 0 ? [Math.ceil(count.msBeforeNext / 1_000)] : []));
  if (waits.length > 0) return refuse({ error: 'slow_down', description: 'Too many wrong credentials: wait and try again', retrySeconds: Math.max(1, ...waits) });

  const client = await readClient({ id: credentials.clientId });
  const asking = credentials.by === 'assertion' ? await byAssertion(client, credentials, moment.now) : await bySecret(client, credentials);
  if (!asking) {
    await Promise.all([byClient.penalty(keys.client), byAddress.penalty(keys.address)]);
    return refuse(WRONG);
  }
  if (clientCount) await byClient.delete(keys.client);
  return ok(asking);
}

/** The digest by which a secret is kept. */
export function digestOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

async function bySecret(client: RegisteredClient | null, { clientId, secret }: { clientId: string; secret: string }): Promise<Asking | null> {
  const sent = digestOf(secret);
  const digests = client ? await secretDigests(clientId) : [];
  // Every one is compared, each in constant time.
  const matches = digests.filter((digest) => isSame(sent, digest));
  return client && matches.length > 0 ? { client, assertionId: null } : null;
}

function isSame(sent: Buffer, digest: string): boolean {
  const kept = Buffer.from(digest, 'base64url');
  return kept.length === sent.length && timingSafeEqual(kept, sent);
}

async function byAssertion(client: RegisteredClient | null, { clientId, assertion }: { clientId: string; assertion: string }, now: Date): Promise<Asking | null> {
  const claims = client && (await signedClaims(client, assertion));
  if (!client || !claims) return null;
  const audiences = [`${publicUrl()}/oauth2/token`, publicUrl()];
  return speaksFor(claims, { clientId, audiences, now }) ? { client, assertionId: claims.jti } : null;
}

/** The claims of an assertion that one of the client's keys signed, by the algorithm that it is registered for; else null. */
async function signedClaims({ keys }: RegisteredClient, assertion: string) {
  try {
    const { payload } = await compactVerify(assertion, ({ alg, kid }) => {
      const key = keys.find((each) => each.algorithm === alg && (kid === undefined || each.kid === kid));
      if (!key) throw new Error('Not a key of this client');
      return key.publicKey;
    });
    return assertionClaims.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload)));
  } catch {
    return null;
  }
}

function limiter(keyPrefix: string, points: number): RateLimiterPrisma {
  return new RateLimiterPrisma({ storeClient: db, keyPrefix, points, duration: WINDOW_SECONDS });
}
