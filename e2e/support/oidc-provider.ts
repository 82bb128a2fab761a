import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import Provider from 'oidc-provider';

/** What the app under test is told by OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET. */
const PORT = 3199;
const ISSUER = `http://127.0.0.1:${PORT}`;
const CLIENT = { id: 'onward', secret: 'onward-journeys' };

/**
 * A real OpenID Connect provider on this machine, whose sign-in page asks for nothing but the subject to be.
 * It insists on PKCE, as providers of staff identities do. Returns how to stop it.
 */
export async function startProvider(appUrl: string): Promise<() => Promise<void>> {
  const provider = new Provider(ISSUER, {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [new URL('/api/auth/callback/oidc', appUrl).href],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    pkce: { required: () => true },
    cookies: { keys: ['journeys'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_ctx, subject) => ({ accountId: subject, claims: () => ({ sub: subject }) }),
    loadExistingGrant: consentAtOnce,
  });
  const fallback = provider.callback();
  const server = createServer((request, response) => {
    const answer = request.url?.startsWith('/interaction/') ? interact(provider, request, response) : fallback(request, response);
    answer.catch((error: Error) => response.destroy(error));
  });
  await new Promise<void>((resolve) => server.listen(PORT, '127.0.0.1', resolve));
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
}

type Oidc = Parameters<NonNullable<NonNullable<ConstructorParameters<typeof Provider>[1]>['loadExistingGrant']>>[0];

async function consentAtOnce({ oidc }: Oidc) {
  const grant = new oidc.provider.Grant({ clientId: oidc.client?.clientId, accountId: oidc.session?.accountId });
  grant.addOIDCScope('openid');
  await grant.save();
  return grant;
}

async function interact(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method === 'POST') {
    const subject = new URLSearchParams(await text(request)).get('subject') ?? '';
    return provider.interactionFinished(request, response, { login: { accountId: subject } });
  }
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.end('<title>Test identity</title><form method="post"><label>Subject <input name="subject"></label><button>Continue</button></form>');
}
