import { createHash } from 'node:crypto';
import { base64url, compactVerify } from 'jose';
import type { Ctx, SystemActor } from '@/lib/auth/actor';
import { decideToken, isThroughProxy, readClaims, secondsTooLong, type Accepted } from '@/lib/auth/client.rules';
import type { ClientRequest, PublicKey, RegisteredClient, TokenFault } from '@/lib/auth/client.schema';
import { registeredClient } from '@/lib/auth/registered-client.queries';
import { publishedKeys } from '@/lib/auth/signing-key.queries';
import { tokenHeader, type TokenClaims, type TokenHeader } from '@/lib/auth/token.schema';
import { publicUrl } from '@/lib/platform/env';
import { log } from '@/lib/platform/log';
import { Recent } from '@/lib/platform/recent';
import { ok, refuse, type Result } from '@/lib/platform/result';

type Known = { ctx: Ctx<SystemActor>; requestsPerMinute: number };
type Parts = { header: TokenHeader; claims: TokenClaims; isSigned: boolean };

/** Whose token it says it is, and the key that must have signed it; no key: one that came unsigned through the proxy. */
type Sender = { client: RegisteredClient; key: PublicKey | null };

const UNSIGNED = 'none';
const MOST_VERIFIED = 5_000;

/** Tokens whose signature was checked, by their digest, with the key that signed them. All else is decided for each request. */
const verified = new Recent<{ parts: Parts; signedBy: string }>(MOST_VERIFIED);

/**
 * Who sends this request, or why its token is not accepted: the checks of section 3.3 of the reference in their order. Tokens of Onward's own token
 * endpoint are taken, and those that a client made itself: signed with a key that is registered for it, by that key's algorithm alone, or unsigned
 * from a client behind the Spine proxy, but not at the registry, which is reached directly (B-101, B-902). Unknown and switched-off clients are `signature`, like forged tokens: a stranger learns nothing.
 *
 * Clients and keys may be up to five seconds old: what was withdrawn bites by then.
 */
export async function clientCtx(request: ClientRequest): Promise<Result<Known, TokenFault>> {
  const token = bearerOf(request.authorization);
  if (token === null) return refuse({ reason: 'missing' });

  const sent = await senderOf(token, request);
  if (!sent.ok) return sent;
  const { claims, client } = sent.value;
  const accepted = decideToken(claims, { client, request });
  if (!accepted.ok) return accepted;
  return ok({ ctx: ctxOf(request, { claims, client, accepted: accepted.value }), requestsPerMinute: client.requestsPerMinute });
}

async function senderOf(token: string, request: ClientRequest): Promise<Result<{ claims: TokenClaims; client: RegisteredClient }, TokenFault>> {
  const digest = createHash('sha256').update(token).digest('base64url');
  const before = verified.get(digest);
  const read = before ? ok(before.parts) : partsOf(token);
  if (!read.ok) return read;

  const { claims } = read.value;
  const sender = await findSender(read.value, request);
  if (!sender) return refuse({ reason: 'signature' });
  if (!sender.key) return ok({ claims, client: sender.client });

  const signedBy = `${sender.client.id} ${sender.key.kid}`;
  if (before?.signedBy !== signedBy) {
    if (!(await isSignedBy(token, sender.key))) return refuse({ reason: 'signature' });
    verified.set(digest, { parts: read.value, signedBy });
    if (secondsTooLong(claims) > 0) log.warn({ clientId: sender.client.id, tooLongSeconds: secondsTooLong(claims) }, 'a token lives longer than five minutes');
  }
  return ok({ claims, client: sender.client });
}

async function findSender({ header, claims, isSigned }: Parts, { now, scope }: ClientRequest): Promise<Sender | null> {
  const isOwn = claims.issuer === publicUrl();
  const client = isOwn ? await clientOfOwn(claims, now) : await registeredClient({ issuer: claims.issuer }, now);
  if (!client) return null;
  if (header.alg === UNSIGNED) return !isOwn && !isSigned && client.isBehindProxy && isThroughProxy(scope) ? { client, key: null } : null;

  const keys = isOwn ? await publishedKeys(now) : client.keys;
  // The algorithm is the key's, never the token's: what a client is not registered for is no signature.
  const key = keys.find(({ kid, algorithm }) => algorithm === header.alg && (header.kid === undefined || header.kid === kid));
  return key ? { client, key } : null;
}

async function clientOfOwn({ clientId }: TokenClaims, now: Date): Promise<RegisteredClient | null> {
  return clientId === null ? null : registeredClient({ id: clientId }, now);
}

async function isSignedBy(token: string, { publicKey, algorithm }: PublicKey): Promise<boolean> {
  try {
    await compactVerify(token, publicKey, { algorithms: [algorithm] });
    return true;
  } catch {
    return false;
  }
}

/** The token of `Bearer <token>`, or null. */
function bearerOf(authorization: string | null): string | null {
  return /^Bearer +(\S.*)$/i.exec(authorization?.trim() ?? '')?.[1] ?? null;
}

/** The parts of a token, or which of them is badly built (B-131). */
function partsOf(token: string): Result<Parts, TokenFault> {
  const [first, second, third, ...more] = token.split('.');
  if (first === undefined || second === undefined || third === undefined || more.length > 0) return refuse({ reason: 'malformed', part: 'parts' });
  const header = tokenHeader.safeParse(jsonOf(first));
  if (!header.success) return refuse({ reason: 'malformed', part: 'header' });
  const claims = readClaims(jsonOf(second));
  return claims.ok ? ok({ header: header.data, claims: claims.value, isSigned: third !== '' }) : claims;
}

function jsonOf(part: string): unknown {
  if (!/^[\w-]+$/.test(part)) return undefined;
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(base64url.decode(part)));
  } catch {
    return undefined;
  }
}

function ctxOf({ interaction, proxy, now, requestId, correlationId }: ClientRequest, { claims, client, accepted }: { claims: TokenClaims; client: RegisteredClient; accepted: Accepted }): Ctx<SystemActor> {
  const { id, name, services, needsDocument } = client;
  const { organisation, scopes, device, user } = accepted;
  const provenance = { client: { id, name }, organisation: claims.organisation, interaction, device, user, proxy };
  return { actor: { kind: 'system', id, name, organisation, scopes, services, needsDocument, provenance }, now, requestId, correlationId };
}
