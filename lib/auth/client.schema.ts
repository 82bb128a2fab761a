import { z } from 'zod';
import type { Scope } from '@/lib/auth/actor';

/**
 * Why a token is not accepted, in the words of section 3.3 of the reference; each API door has its own table of statuses and words.
 * `part` and `claim` name a part of the token, never its content.
 */
export type TokenFault =
  | { reason: 'missing' }
  | { reason: 'malformed'; part: string }
  | { reason: 'signature' }
  | { reason: 'expired' }
  | { reason: 'issued-in-future' }
  | { reason: 'audience' }
  | { reason: 'claim'; claim: string }
  | { reason: 'scope'; needed: Scope }
  | { reason: 'organisation'; odsCode: string }
  | { reason: 'proxy-headers' };

/** What a door knows of a request before it is known who sent it. */
export type ClientRequest = {
  /** The value of the header `Authorization`, or null. */
  authorization: string | null;
  proxy: { traceId: string | null; from: string | null; to: string | null; interactionId: string | null };
  /** The service root that the token must be for. */
  audience: string;
  scope: Scope;
  /** Such as `create:appointment`. */
  interaction: string;
  now: Date;
  requestId: string;
  correlationId: string | null;
};

/** A client as requests are judged by it: active, and with the keys that were not withdrawn. */
export type RegisteredClient = {
  id: string;
  name: string;
  /** Its own organisation first, then those that it acts for. */
  organisations: readonly { code: string; name: string }[];
  scopes: readonly Scope[];
  services: { book: readonly string[]; cancel: readonly string[] };
  isBehindProxy: boolean;
  needsProxyHeaders: boolean;
  needsDocument: boolean;
  refusesLongTokens: boolean;
  requestsPerMinute: number;
  keys: readonly PublicKey[];
};

/** A public key, and the one algorithm that it is for. */
export type PublicKey = { kid: string; algorithm: string; publicKey: PublicJwk };

/** The public members of a JWK. */
export const publicJwk = z.object({
  kty: z.enum(['RSA', 'EC', 'OKP']),
  crv: z.string().optional(),
  n: z.string().optional(),
  e: z.string().optional(),
  x: z.string().optional(),
  y: z.string().optional(),
});
export type PublicJwk = z.infer<typeof publicJwk>;

/** The answer to a request for a token that gets none: the codes of RFC 6749, and `slow_down` after too many wrong ones. */
export type OAuthFault = {
  error: 'invalid_request' | 'invalid_client' | 'unsupported_grant_type' | 'invalid_scope' | 'slow_down';
  /** For whoever runs the other system; never what was sent. */
  description: string;
  retrySeconds?: number;
};
