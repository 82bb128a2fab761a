import { z } from 'zod';
import type { Provenance, Scope } from '@/lib/auth/actor';
import { scopesIn } from '@/lib/auth/client.rules';
import type { OAuthFault, RegisteredClient } from '@/lib/auth/client.schema';
import { deviceClaim, organisationClaim, practitionerClaim } from '@/lib/auth/token.schema';
import { ok, refuse, type Result } from '@/lib/platform/result';

/** How a client says who it is: by a secret, in the form or by Basic, or by an assertion that its key signed. */
export type Credentials = { clientId: string } & ({ by: 'post' | 'basic'; secret: string } | { by: 'assertion'; assertion: string });

/** For whom a token is asked, as far as the form says so. */
export type Behalf = { organisation: Provenance['organisation'] | null } & { device: Provenance['device'] | null } & Pick<Provenance, 'user'>;

const GRANT = 'client_credentials';
const ASSERTION = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const UNKNOWN_CLIENT: OAuthFault = { error: 'invalid_client', description: 'The client is not known by these credentials' };

/**
 * The credentials in a form that was posted to the token endpoint. Refuses a field that comes twice, another grant than client credentials, no
 * credentials and credentials given in more than one way (RFC 6749, 2.3 and 4.4; RFC 7523, 2.2).
 */
export function readCredentials(form: URLSearchParams, authorization: string | null): Result<Credentials, OAuthFault> {
  const twice = [...new Set(form.keys())].some((name) => form.getAll(name).length > 1);
  if (twice) return invalid('A field is there more than once');
  const grant = form.get('grant_type');
  if (!grant) return invalid('grant_type is missing');
  if (grant !== GRANT) return refuse({ error: 'unsupported_grant_type', description: `grant_type must be ${GRANT}` });

  const [secret, assertion] = [form.get('client_secret'), form.get('client_assertion')];
  if ([authorization, secret, assertion].filter(Boolean).length > 1) return invalid('Credentials are given in more than one way');
  if (authorization) return fromBasic(authorization, form.get('client_id'));
  if (assertion) return fromAssertion(form, assertion);
  const clientId = form.get('client_id');
  return clientId && secret ? ok({ by: 'post', clientId, secret }) : refuse(UNKNOWN_CLIENT);
}

/** Every scope that is granted: what was asked for, all that the client is registered for when nothing was or `.default` of one of the roots (B-903, B-904). */
export function grantedScopes(asked: string | null, { client, root }: { client: RegisteredClient; root: string }): Result<readonly Scope[], OAuthFault> {
  const wanted = (asked ?? '').split(/\s+/).filter(Boolean);
  const everything = [`${root}/STU3/.default`, `${root}/registry/STU3/.default`];
  const named = wanted.filter((scope) => !everything.includes(scope));
  const allowed = scopesIn(named, client.scopes);
  if (!named.every((scope) => allowed.some((one) => one === scope))) return refuse({ error: 'invalid_scope', description: 'The client is not registered for a scope that it asks for' });
  if (named.length < wanted.length || named.length === 0) return ok(client.scopes);
  return ok(allowed.filter((scope) => named.includes(scope)));
}

/**
 * For whom the token is: the optional fields `requesting_device`, `requesting_organization` and `requesting_practitioner`, each the FHIR resource as
 * JSON, checked like the claims (B-110 to B-112). The organisation must be the client's or one that it acts for.
 */
export function readBehalf(form: URLSearchParams, client: RegisteredClient): Result<Behalf, OAuthFault> {
  const device = resourceIn(form, 'requesting_device', deviceClaim);
  const organisation = resourceIn(form, 'requesting_organization', organisationClaim);
  const user = resourceIn(form, 'requesting_practitioner', practitionerClaim);
  if (!device.ok) return device;
  if (!organisation.ok) return organisation;
  if (!user.ok) return user;
  const isOther = organisation.value && !client.organisations.some(({ code }) => code === organisation.value?.code);
  if (isOther) return invalid('requesting_organization is not one that the client acts for');
  return ok({ device: device.value, organisation: organisation.value, user: user.value });
}

function fromBasic(authorization: string, namedId: string | null): Result<Credentials, OAuthFault> {
  const encoded = /^Basic +([\w+/=-]+)$/i.exec(authorization.trim())?.[1];
  const pair = encoded === undefined ? null : Buffer.from(encoded, 'base64').toString('utf8');
  const colon = pair?.indexOf(':') ?? -1;
  const clientId = unescaped(pair?.slice(0, colon) ?? '');
  const secret = unescaped(pair?.slice(colon + 1) ?? '');
  if (colon < 1 || !clientId || !secret) return refuse(UNKNOWN_CLIENT);
  if (namedId && namedId !== clientId) return invalid('client_id is not the one of the Authorization header');
  return ok({ by: 'basic', clientId, secret });
}

// RFC 6749, 2.3.1: both are form-encoded before they are joined.
function unescaped(value: string): string | null {
  try {
    return decodeURIComponent(value.replaceAll('+', ' '));
  } catch {
    return null;
  }
}

function fromAssertion(form: URLSearchParams, assertion: string): Result<Credentials, OAuthFault> {
  if (form.get('client_assertion_type') !== ASSERTION) return invalid(`client_assertion_type must be ${ASSERTION}`);
  const clientId = form.get('client_id') || subjectOf(assertion);
  return clientId ? ok({ by: 'assertion', clientId, assertion }) : refuse(UNKNOWN_CLIENT);
}

/** Whom an assertion says it speaks for; it proves nothing until its signature was checked. */
function subjectOf(assertion: string): string | null {
  const payload = jsonOf(Buffer.from(assertion.split('.')[1] ?? '', 'base64url').toString('utf8'));
  return z.object({ sub: z.string() }).safeParse(payload).data?.sub ?? null;
}

function resourceIn<Value>(form: URLSearchParams, name: string, schema: z.ZodType<Value>): Result<Value | null, OAuthFault> {
  const sent = form.get(name);
  if (!sent) return ok(null);
  const resource = schema.safeParse(jsonOf(sent));
  return resource.success ? ok(resource.data) : invalid(`${name} is not the resource that it should be`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function invalid(description: string): Result<never, OAuthFault> {
  return refuse({ error: 'invalid_request', description });
}
