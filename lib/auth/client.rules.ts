import { SCOPES, type Provenance, type Scope } from '@/lib/auth/actor';
import type { ClientRequest, RegisteredClient, TokenFault } from '@/lib/auth/client.schema';
import { tokenClaims, type AssertionClaims, type TokenClaims } from '@/lib/auth/token.schema';
import { ok, refuse, type Result } from '@/lib/platform/result';

/** How long a token and an assertion live at most (B-105). */
export const LIFE_SECONDS = 300;

/** Clocks differ a little (B-107). */
const EXPIRY_MARGIN_SECONDS = 5;
const AHEAD_MARGIN_SECONDS = 30;

const DIRECT_CARE = 'directcare';

/** What a token that is accepted says: for whom and with which scopes the client acts, and what provenance keeps of it. */
export type Accepted = { organisation: { code: string; name: string }; scopes: readonly Scope[] } & Pick<Provenance, 'device' | 'user'>;

/** The claims that a token must have, or the first part that is missing or of the wrong kind (B-131). */
export function readClaims(payload: unknown): Result<TokenClaims, TokenFault> {
  const claims = tokenClaims.safeParse(payload);
  if (claims.success) return ok(claims.data);
  const path = claims.error.issues[0]?.path.filter((step) => typeof step === 'string') ?? [];
  return refuse({ reason: 'malformed', part: path.join('.') || 'payload' });
}

/**
 * May a client send this request with these claims? Its signature was checked before. In the order of section 3.3: expired (B-133), issued in
 * the future (B-134), for another system (B-135), reason or subject (B-136), scope (B-137), organisation (B-138), and last the
 * headers of the proxy, of a client that needs them (B-011). Margins: 5 s for `exp`, 30 s for `iat` and `nbf`.
 */
export function decideToken(claims: TokenClaims, { client, request }: { client: RegisteredClient; request: ClientRequest }): Result<Accepted, TokenFault> {
  const faulty = timeFault(claims, { client, now: request.now }) ?? claimFault(claims, request.audience);
  if (faulty) return refuse(faulty);

  const scopes = scopesIn(claims.scopes, client.scopes);
  if (!scopes.includes(request.scope)) return refuse({ reason: 'scope', needed: request.scope });
  const organisation = client.organisations.find(({ code }) => code === claims.organisation.code);
  if (!organisation) return refuse({ reason: 'organisation', odsCode: claims.organisation.code });
  const { traceId, from, to, interactionId } = request.proxy;
  const isProxied = isThroughProxy(request.scope) && client.needsProxyHeaders;
  if (isProxied && !(traceId && from && to && interactionId)) return refuse({ reason: 'proxy-headers' });
  return ok({ organisation, scopes, device: claims.device, user: claims.practitioner });
}

/** What was asked for of what a client is registered for, changing including reading on both sides (B-109, B-122); unknown scopes give nothing (B-123). */
export function scopesIn(asked: readonly string[], registered: readonly Scope[]): Scope[] {
  const [wanted, allowed] = [withReading(asked), withReading(registered)];
  return SCOPES.filter((scope) => wanted.has(scope) && allowed.has(scope));
}

/**
 * Whether what this scope is for comes through the Spine Secure Proxy, whose headers a client may be set to need and behind which a token
 * may be unsigned: everything but the registry, which is reached directly (B-902).
 */
export function isThroughProxy(scope: Scope): boolean {
  return !scope.startsWith('registry/');
}

/** How much longer than 300 s a token lives, in seconds; 0 or less: no longer (B-107). */
export function secondsTooLong({ expiresAt, issuedAt }: Pick<TokenClaims, 'expiresAt' | 'issuedAt'>): number {
  return expiresAt - issuedAt - LIFE_SECONDS;
}

/**
 * Whether an assertion speaks for `clientId` to one of `audiences` now: issuer and subject are the client, and it ends within five
 * minutes (RFC 7523). Its signature is checked elsewhere.
 */
export function speaksFor(claims: AssertionClaims, { clientId, audiences, now }: { clientId: string; audiences: readonly string[]; now: Date }): boolean {
  const at = secondsOf(now);
  const isNow = at < claims.exp + EXPIRY_MARGIN_SECONDS && claims.exp <= at + LIFE_SECONDS + AHEAD_MARGIN_SECONDS;
  const isAhead = Math.max(claims.iat ?? 0, claims.nbf ?? 0) > at + AHEAD_MARGIN_SECONDS;
  return claims.iss === clientId && claims.sub === clientId && isNow && !isAhead && audiences.some((audience) => isFor(claims.aud, audience));
}

/** Whole seconds since 1970, as tokens tell time. */
export function secondsOf(instant: Date): number {
  return Math.floor(instant.getTime() / 1_000);
}

/** Without the one slash at the end that addresses are compared without (B-104). */
export function withoutSlash(address: string): string {
  return address.replace(/\/$/, '');
}

function timeFault(claims: TokenClaims, { client, now }: { client: RegisteredClient; now: Date }): TokenFault | null {
  const at = now.getTime() / 1_000;
  if (at >= claims.expiresAt + EXPIRY_MARGIN_SECONDS) return { reason: 'expired' };
  if (claims.issuedAt > at + AHEAD_MARGIN_SECONDS) return { reason: 'issued-in-future' };
  if (claims.notBefore !== null && claims.notBefore > at + AHEAD_MARGIN_SECONDS) return { reason: 'claim', claim: 'nbf' };
  if (client.refusesLongTokens && secondsTooLong(claims) > 0) return { reason: 'claim', claim: 'exp' };
  return null;
}

function claimFault(claims: TokenClaims, audience: string): TokenFault | null {
  if (!isFor(claims.audiences, audience)) return { reason: 'audience' };
  if (claims.reason !== DIRECT_CARE) return { reason: 'claim', claim: 'reason_for_request' };
  if (claims.practitioner && claims.practitioner.id !== claims.subject) return { reason: 'claim', claim: 'sub' };
  return null;
}

function isFor(audiences: readonly string[], audience: string): boolean {
  return audiences.some((one) => withoutSlash(one) === withoutSlash(audience));
}

function withReading(scopes: readonly string[]): Set<string> {
  return new Set(scopes.flatMap((scope) => [scope, scope.replace(/\.write$/, '.read')]));
}
