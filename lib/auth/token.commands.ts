import { record } from '@/lib/audit/record';
import { accessClaims, deviceOf } from '@/lib/auth/access-token.rules';
import type { Ctx, JobActor, Scope, SystemActor } from '@/lib/auth/actor';
import { LIFE_SECONDS } from '@/lib/auth/client.rules';
import type { OAuthFault } from '@/lib/auth/client.schema';
import { signToken } from '@/lib/auth/signing-key.commands';
import { authenticate, type Asking, type TokenMoment } from '@/lib/auth/token-client.commands';
import { grantedScopes, readBehalf, readCredentials, type Behalf, type Credentials } from '@/lib/auth/token-request.rules';
import { db } from '@/lib/platform/db';
import { publicUrl } from '@/lib/platform/env';
import { isId, newId } from '@/lib/platform/id';
import { ok, refuse, type Result } from '@/lib/platform/result';
import { transact } from '@/lib/platform/transact';

/** `scope`: what was granted, separated by spaces. */
export type IssuedToken = { accessToken: string; expiresInSeconds: number; scope: string };

type Grant = Asking & { scopes: readonly Scope[]; behalf: Behalf; by: Credentials['by'] };

/**
 * A token for the form that was posted to the token endpoint: OAuth 2.0 client credentials with a secret, in the form or by Basic, or with an assertion
 * that the client's key signed and that counts once (B-903, X-40). It is for five minutes and both APIs.
 *
 * Refuses with the codes of RFC 6749, `invalid_client` alike for unknown clients, clients switched off and wrong credentials, and `slow_down` after too many
 * of those. Both ways are audited, without the secret or the assertion.
 */
export async function issueToken(moment: TokenMoment, form: URLSearchParams, authorization: string | null): Promise<Result<IssuedToken, OAuthFault>> {
  const credentials = readCredentials(form, authorization);
  if (!credentials.ok) return refused(moment, { fault: credentials.error, clientId: null });

  const outcome = await attempt(moment, { form, credentials: credentials.value });
  return outcome.ok ? outcome : refused(moment, { fault: outcome.error, clientId: credentials.value.clientId });
}

async function attempt(moment: TokenMoment, { form, credentials }: { form: URLSearchParams; credentials: Credentials }): Promise<Result<IssuedToken, OAuthFault>> {
  const asking = await authenticate(moment, credentials);
  if (!asking.ok) return asking;
  const { client } = asking.value;
  const scopes = grantedScopes(form.get('scope'), { client, root: publicUrl() });
  if (!scopes.ok) return scopes;
  const behalf = readBehalf(form, client);
  if (!behalf.ok) return behalf;
  return issue(moment, { ...asking.value, scopes: scopes.value, behalf: behalf.value, by: credentials.by });
}

async function issue({ now, requestId }: TokenMoment, { client, assertionId, scopes, behalf, by }: Grant): Promise<Result<IssuedToken, OAuthFault>> {
  const [id, root] = [newId(), publicUrl()];
  const [own] = client.organisations;
  const organisation = behalf.organisation ?? own;
  if (!organisation) throw new Error('A client belongs to an organisation');
  const device = behalf.device ?? deviceOf(client, root);
  const accessToken = await signToken({ now, requestId }, accessClaims({ root, id, now, client, scopes, device, organisation, user: behalf.user }));

  const provenance = { client: { id: client.id, name: client.name }, organisation, interaction: 'token', device, user: behalf.user, proxy: NO_PROXY };
  const actor: SystemActor = { kind: 'system', id: client.id, name: client.name, organisation, scopes, services: client.services, needsDocument: client.needsDocument, provenance };
  return transact(async (tx) => {
    // The claim is the lock: an assertion that was overheard, or sent many times at once, gives one token.
    const once = { door: 'oauth2', sender: client.id, method: 'assertion', requestId: assertionId ?? id, answer: id, at: now };
    const claimed = assertionId === null ? 1 : (await tx.inboundRequest.createMany({ data: [once], skipDuplicates: true })).count;
    if (claimed === 0) return refuse<OAuthFault>({ error: 'invalid_client', description: 'The assertion was used before' });
    await record(tx, { actor, now, requestId }, { type: 'token.issued', subject: client.id, detail: { id, by, scopes: [...scopes] } });
    return ok({ accessToken, expiresInSeconds: LIFE_SECONDS, scope: scopes.join(' ') });
  });
}

const NO_PROXY = { traceId: null, from: null, to: null, interactionId: null };

async function refused({ now, requestId }: TokenMoment, { fault, clientId }: { fault: OAuthFault; clientId: string | null }): Promise<{ ok: false; error: OAuthFault }> {
  const door: Ctx<JobActor> = { actor: { kind: 'job', id: 'token' }, now, requestId };
  // Anything may have been typed where the id belongs: a secret too.
  const subject = clientId && isId(clientId) ? clientId : undefined;
  await record(db, door, { type: 'token.refused', subject, detail: { code: fault.error } });
  return refuse(fault);
}
