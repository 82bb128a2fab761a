import { expect, type APIRequestContext, type APIResponse } from '@playwright/test';
import { z } from 'zod';
import { SCOPES } from '@/lib/auth/actor';
import { registerClient } from '@/lib/auth/clients.commands';
import { readClock } from '@/lib/platform/time';
import { aHandler } from '@/prisma/factories/staff';
import { unique } from '@/prisma/factories/unique';

/** The id and the secret of a client, as its system keeps them. */
export type Credentials = { clientId: string; secret: string };

/** The person at the other side, as tokens name them. */
const ORLA = { resourceType: 'Practitioner', id: 'u-204', name: [{ prefix: ['Ms'], given: ['Orla'], family: 'Samplewright' }] };

const issued = z.object({ access_token: z.string() });

/** A system of the test's own that may do everything through the API. */
export async function aRegisteredSystem() {
  const ctx = { ...(await aHandler({ role: 'system-admin' })), now: readClock() };
  const { organisation } = ctx.actor;
  const name = `Example Triage ${unique()}`;
  const registered = await registerClient(ctx, {
    ...{ name, organisationCode: organisation.code, actsFor: [], scopes: [...SCOPES], bookServices: ['*'], cancelServices: ['*'] },
    ...{ issuer: null, isBehindProxy: false, needsProxyHeaders: false, needsDocument: true, refusesLongTokens: false, requestsPerMinute: 600 },
  });
  if (!registered.ok) throw new Error(registered.error.code);
  return { name, organisation, credentials: registered.value };
}

/** Asks for a token on behalf of Ms Orla Samplewright. */
export function askForToken(request: APIRequestContext, { clientId, secret }: Credentials): Promise<APIResponse> {
  return request.post('/oauth2/token', {
    form: { grant_type: 'client_credentials', client_id: clientId, client_secret: secret, requesting_practitioner: JSON.stringify(ORLA) },
  });
}

/** The header that the requests of this system have. */
export async function bearer(request: APIRequestContext, credentials: Credentials): Promise<{ authorization: string }> {
  const answer = await askForToken(request, credentials);
  expect(answer.status(), await answer.text()).toBe(200);
  return { authorization: `Bearer ${issued.parse(await answer.json()).access_token}` };
}
