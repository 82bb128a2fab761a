import { z } from 'zod';

const ODS_SYSTEM = 'https://fhir.nhs.uk/Id/ods-organization-code';
const SDS_USER = 'https://fhir.nhs.uk/Id/sds-user-id';
const SDS_ROLE = 'https://fhir.nhs.uk/Id/sds-role-profile-id';

/** What senders write when they do not know an id of the national directory (B-112). */
const UNKNOWN = 'UNK';
const MOST_IDENTIFIERS = 20;

// What PostgreSQL cannot keep in jsonb, and nobody writes into a name.
const text = z.string().min(1).max(255).refine((value) => !/[\p{Cc}\p{Cs}]/u.test(value));
const identifiers = z.array(z.object({ system: text, value: text })).min(1).max(MOST_IDENTIFIERS);
const type = (name: string) => z.literal(name).optional();

const odsCode = text.transform((value) => value.toUpperCase()).pipe(z.string().regex(/^[A-Z0-9]{1,15}$/));

/** `requesting_device` (B-110). */
export const deviceClaim = z
  .object({ resourceType: type('Device'), identifier: identifiers, model: text, version: text })
  .transform(({ identifier, model, version }) => ({ model, version, identifiers: identifier }));

/** `requesting_organization` (B-111): the organisation where the request began. The ODS code comes out in capitals. */
export const organisationClaim = z
  .object({ resourceType: type('Organization'), name: text, identifier: identifiers.pipe(z.array(z.object({ system: z.string(), value: z.string() }))) })
  .transform(({ name, identifier }, ctx) => {
    const code = odsCode.safeParse(identifier.find(({ system }) => system === ODS_SYSTEM)?.value);
    if (code.success) return { code: code.data, name };
    ctx.addIssue({ code: 'custom', path: ['identifier'], message: 'No ODS code' });
    return z.NEVER;
  });

const humanName = z.object({ text: text.optional(), prefix: z.array(text).max(5).optional(), given: z.array(text).max(10).optional(), family: text.optional() });
type HumanName = z.infer<typeof humanName>;

/** `requesting_practitioner` (B-112), as the provenance keeps it; ids that are `UNK` or missing are null. */
export const practitionerClaim = z
  .object({
    resourceType: type('Practitioner'),
    id: text,
    name: z.union([z.array(humanName).min(1).max(5), humanName.transform((name) => [name])]),
    identifier: z.array(z.object({ system: text, value: text })).max(MOST_IDENTIFIERS).optional(),
  })
  .transform(({ id, name, identifier = [] }, ctx) => {
    const user = { id, name: wordsOf(name[0]), sdsUserId: idIn(identifier, SDS_USER), roleProfileId: idIn(identifier, SDS_ROLE) };
    if (user.name) return user;
    ctx.addIssue({ code: 'custom', path: ['name'], message: 'No name' });
    return z.NEVER;
  });

const seconds = z.number().int().positive().max(Number.MAX_SAFE_INTEGER);

/** The claims of a token (B-102 to B-112); a claim that nobody names here is ignored. Times in seconds since 1970. */
export const tokenClaims = z
  .object({
    iss: text,
    sub: text,
    aud: z.union([text.transform((one) => [one]), z.array(text).min(1).max(20)]),
    exp: seconds,
    iat: seconds,
    nbf: seconds.optional(),
    client_id: text.optional(),
    reason_for_request: text,
    requested_scope: z.string().max(2_000),
    requesting_device: deviceClaim,
    requesting_organization: organisationClaim,
    requesting_practitioner: practitionerClaim.nullish(),
  })
  .transform((claims) => ({
    ...{ issuer: claims.iss, subject: claims.sub, audiences: claims.aud, expiresAt: claims.exp, issuedAt: claims.iat, notBefore: claims.nbf ?? null },
    ...{ clientId: claims.client_id ?? null, reason: claims.reason_for_request, scopes: claims.requested_scope.split(/\s+/).filter(Boolean) },
    ...{ device: claims.requesting_device, organisation: claims.requesting_organization, practitioner: claims.requesting_practitioner ?? null },
  }));

export type TokenClaims = z.infer<typeof tokenClaims>;

/** The header of a token: unknown members are ignored, but one that must be understood is a fault. */
export const tokenHeader = z.object({ alg: text, kid: text.optional(), crit: z.never().optional() });
export type TokenHeader = z.infer<typeof tokenHeader>;

/** The claims of an assertion, by which a client proves who it is with its key (RFC 7523). Times in seconds since 1970. */
export const assertionClaims = z.object({
  iss: text,
  sub: text,
  aud: z.union([text.transform((one) => [one]), z.array(text).min(1).max(20)]),
  exp: seconds,
  iat: seconds.optional(),
  nbf: seconds.optional(),
  jti: text,
});
export type AssertionClaims = z.infer<typeof assertionClaims>;

function wordsOf(name: HumanName | undefined): string {
  if (!name) return '';
  return name.text ?? [...(name.prefix ?? []), ...(name.given ?? []), name.family].filter(Boolean).join(' ');
}

function idIn(identifier: readonly { system: string; value: string }[], system: string): string | null {
  const value = identifier.find((each) => each.system === system)?.value;
  return value && value !== UNKNOWN ? value : null;
}
