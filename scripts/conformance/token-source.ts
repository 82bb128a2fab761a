import { createPrivateKey, randomUUID, type KeyObject } from 'node:crypto';
import { SignJWT, decodeJwt } from 'jose';
import { z } from 'zod';
import { readClock } from './clock';
import type { Redaction } from './redaction';

/** The claims of section 3.1 by their names. */
export type Claims = Record<string, unknown>;

/** Where the kit has its tokens from. */
export type TokenSource = {
  /** A token that is valid now; with `scopes`, for these alone where the source can narrow. */
  token: (scopes?: readonly string[]) => Promise<string>;
  canNarrow: boolean;
  /** A token of the standard's own kind with claims changed by `change`; null where the kit cannot make tokens. */
  make: ((change: (claims: Claims) => Claims) => Promise<string>) | null;
  /** Whether its tokens are unsigned, as behind the Spine proxy. */
  isUnsigned: boolean;
};

export type OwnTokens = { issuer: string; organisation: string; base: string; scopes: readonly string[] };
type Endpoint = { url: string; clientId: string; clientSecret: string; scopes: readonly string[]; timeoutMs: number };
type PrivateKey = OwnTokens & { pem: string; kid: string };

const LIFE_SECONDS = 300;
const MARGIN_SECONDS = 30;
const ANSWER = z.object({ access_token: z.string().min(1), expires_in: z.number().optional() });

/** One token that somebody made; an unsigned one can be changed, so the checks of claims are run too. */
export function givenToken(token: string, redaction: Redaction): TokenSource {
  redaction.keepOut(token);
  const isUnsigned = token.endsWith('.');
  const make = async (change: (claims: Claims) => Claims) => unsigned(change(decodeJwt(token)));
  return { token: async () => token, canNarrow: false, make: isUnsigned ? make : null, isUnsigned };
}

/** Tokens of a token endpoint by client credentials, anew when they run out. Throws when it gives none. */
export function endpointTokens(endpoint: Endpoint, redaction: Redaction): TokenSource {
  redaction.keepOut(endpoint.clientSecret);
  const kept = new Map<string, { token: string; until: number }>();
  return {
    canNarrow: true,
    make: null,
    isUnsigned: false,
    token: async (scopes = endpoint.scopes) => {
      const scope = scopes.join(' ');
      const before = kept.get(scope);
      if (before && before.until > secondsNow()) return before.token;
      const answer = await fetchToken(endpoint, scope);
      redaction.keepOut(answer.access_token);
      kept.set(scope, { token: answer.access_token, until: secondsNow() + (answer.expires_in ?? LIFE_SECONDS) - MARGIN_SECONDS });
      return answer.access_token;
    },
  };
}

/** The standard's own tokens, made by the consumer and signed with its key (B-101). Throws when the key cannot be read. */
export function signedTokens({ pem, kid, ...own }: PrivateKey): TokenSource {
  const key = createPrivateKey(pem);
  const sign = (claims: Claims) => new SignJWT(claims).setProtectedHeader({ alg: algorithmOf(key), typ: 'JWT', kid }).sign(key);
  return {
    canNarrow: true,
    isUnsigned: false,
    token: (scopes = own.scopes) => sign(claimsFor(own, scopes)),
    make: (change) => sign(change(claimsFor(own, own.scopes))),
  };
}

/** A token with these claims and no signature: three parts, the last of them empty. */
export function unsigned(claims: Claims): string {
  return `${encoded({ alg: 'none', typ: 'JWT' })}.${encoded(claims)}.`;
}

/** What stands in a token's middle part; nothing when it is not a JWT. */
export function claimsOf(token: string): Claims {
  try {
    return decodeJwt(token);
  } catch {
    return {};
  }
}

function claimsFor({ issuer, organisation, base }: OwnTokens, scopes: readonly string[]): Claims {
  const user = 'conformance-user';
  const iat = secondsNow();
  return {
    iss: issuer,
    sub: user,
    aud: base,
    iat,
    exp: iat + LIFE_SECONDS,
    jti: randomUUID(),
    reason_for_request: 'directcare',
    requested_scope: scopes.join(' '),
    requesting_device: { resourceType: 'Device', identifier: [{ system: 'https://consumer.example.nhs.uk/Id/device', value: 'CONFORMANCE' }], model: 'Conformance kit', version: '1' },
    requesting_organization: { resourceType: 'Organization', name: 'Conformance kit', identifier: [{ system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: organisation }] },
    requesting_practitioner: {
      resourceType: 'Practitioner',
      id: user,
      name: [{ family: 'Conformance', given: ['Kit'] }],
      identifier: [
        { system: 'https://fhir.nhs.uk/Id/sds-user-id', value: 'UNK' },
        { system: 'https://fhir.nhs.uk/Id/sds-role-profile-id', value: 'UNK' },
        { system: 'https://consumer.example.nhs.uk/Id/user', value: user },
      ],
    },
  };
}

async function fetchToken({ url, clientId, clientSecret, timeoutMs }: Endpoint, scope: string): Promise<z.infer<typeof ANSWER>> {
  const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret, scope });
  const answer = await fetch(url, { method: 'POST', body, signal: AbortSignal.timeout(timeoutMs) });
  const found = ANSWER.safeParse(await answer.json().catch(() => null));
  if (!answer.ok || !found.success) throw new Error(`The token endpoint gave no token: it answered ${answer.status}.`);
  return found.data;
}

function algorithmOf(key: KeyObject): string {
  const curves: Record<string, string> = { prime256v1: 'ES256', secp384r1: 'ES384', secp521r1: 'ES512' };
  if (key.asymmetricKeyType === 'ec') return curves[key.asymmetricKeyDetails?.namedCurve ?? ''] ?? 'ES256';
  return key.asymmetricKeyType === 'ed25519' ? 'EdDSA' : 'RS256';
}

function encoded(part: unknown): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

function secondsNow(): number {
  return Math.floor(readClock().getTime() / 1_000);
}
