import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import { SCOPES } from '@/lib/auth/actor';
import { KEY_ALGORITHMS } from '@/lib/auth/client-key.schema';
import type { OAuthFault } from '@/lib/auth/client.schema';
import { publishedKeys } from '@/lib/auth/signing-key.queries';
import { issueToken } from '@/lib/auth/token.commands';
import { publicUrl } from '@/lib/platform/env';
import { newId } from '@/lib/platform/id';
import { log } from '@/lib/platform/log';

const TOKEN = '/oauth2/token';
const KEYS = '/.well-known/jwks.json';
const METADATA = '/.well-known/oauth-authorization-server';

const FORM = 'application/x-www-form-urlencoded';
const MOST_BYTES = 64 * 1024;
/** A new key signs ten minutes after it was published: nobody misses it. */
const CACHEABLE = 'public, max-age=300';
const SECRET = { 'Cache-Control': 'no-store', Pragma: 'no-cache' };

/** What the Node server tells of a connection. */
const connection = z.object({ incoming: z.object({ socket: z.object({ remoteAddress: z.string() }) }) });

/** The status of each refusal (RFC 6749, 5.2; RFC 6585). */
const STATUS: Record<OAuthFault['error'], 400 | 401 | 429> = {
  invalid_request: 400,
  invalid_client: 401,
  unsupported_grant_type: 400,
  invalid_scope: 400,
  slow_down: 429,
};

/**
 * Where clients get tokens, and where others find the keys that tokens are signed with: `/oauth2/token` (RFC 6749, B-903), `/.well-known/jwks.json` and
 * `/.well-known/oauth-authorization-server` (RFC 8414). Paths are whole: it belongs at the root. Answers are plain JSON, not FHIR.
 */
export function oauthApp(clock: () => Date): Hono {
  const app = new Hono();
  app.post(TOKEN, bodyLimit({ maxSize: MOST_BYTES, onError: (c) => refusal(c, 413, { error: 'invalid_request', description: `The form is longer than ${MOST_BYTES} bytes` }) }), (c) => token(c, clock()));
  app.all(TOKEN, (c) => wrongMethod(c, 'POST'));
  app.get(KEYS, async (c) => c.json({ keys: (await publishedKeys(clock())).map(({ kid, algorithm, publicKey }) => ({ ...publicKey, kid, alg: algorithm, use: 'sig' })) }, 200, { 'Cache-Control': CACHEABLE }));
  app.all(KEYS, (c) => wrongMethod(c, 'GET, HEAD'));
  app.get(METADATA, (c) => c.json(metadata(publicUrl()), 200, { 'Cache-Control': CACHEABLE }));
  app.all(METADATA, (c) => wrongMethod(c, 'GET, HEAD'));
  app.onError((error, c) => {
    log.error({ fault: error.name }, 'the token endpoint ended in a fault');
    return c.json({ error: 'server_error' }, 500, SECRET);
  });
  return app;
}

async function token(c: Context, now: Date): Promise<Response> {
  const mediaType = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (mediaType !== FORM) return refusal(c, 415, { error: 'invalid_request', description: `Send the form as ${FORM}` });

  const requestId = newId();
  const form = new URLSearchParams(await c.req.text());
  const issued = await issueToken({ now, requestId, address: networkAddress(c) }, form, c.req.header('authorization') ?? null);
  c.header('X-Request-Id', requestId);
  if (!issued.ok) return refusal(c, STATUS[issued.error.error], issued.error);
  const { accessToken, expiresInSeconds, scope } = issued.value;
  return c.json({ access_token: accessToken, token_type: 'Bearer', expires_in: expiresInSeconds, scope }, 200, SECRET);
}

function refusal(c: Context, status: 400 | 401 | 413 | 415 | 429, { error, description, retrySeconds }: OAuthFault): Response {
  if (status === 401) c.header('WWW-Authenticate', 'Basic realm="Onward", charset="UTF-8"');
  if (retrySeconds !== undefined) c.header('Retry-After', String(retrySeconds));
  return c.json({ error, error_description: description }, status, SECRET);
}

function wrongMethod(c: Context, allowed: string): Response {
  return c.json({ error: 'invalid_request', error_description: `Use ${allowed}` }, 405, { ...SECRET, Allow: allowed });
}

// The last address is the one that the nearest proxy saw; the ones before it anybody can write. Without a proxy the connection tells.
function networkAddress(c: Context): string | undefined {
  const forwarded = c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim();
  return forwarded || connection.safeParse(c.env).data?.incoming.socket.remoteAddress;
}

function metadata(root: string) {
  return {
    issuer: root,
    token_endpoint: `${root}${TOKEN}`,
    jwks_uri: `${root}${KEYS}`,
    scopes_supported: SCOPES,
    response_types_supported: [],
    grant_types_supported: ['client_credentials'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
    token_endpoint_auth_signing_alg_values_supported: KEY_ALGORITHMS,
    service_documentation: `${root}/developers`,
  };
}
