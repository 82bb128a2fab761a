import type { Provenance, Scope } from '@/lib/auth/actor';
import { LIFE_SECONDS, secondsOf } from '@/lib/auth/client.rules';

type Grant = {
  /** Of this installation, without a slash at the end. */
  root: string;
  id: string;
  now: Date;
  client: { id: string };
  scopes: readonly Scope[];
} & Pick<Provenance, 'device' | 'organisation' | 'user'>;

/** The claims of a token that Onward issues: those of section 3.1, for both APIs, for five minutes. Without a user the client is its subject. */
export function accessClaims({ root, id, now, client, scopes, device, organisation, user }: Grant) {
  const issuedAt = secondsOf(now);
  return {
    iss: root,
    sub: user?.id ?? client.id,
    aud: [`${root}/STU3`, `${root}/registry/STU3`],
    iat: issuedAt,
    exp: issuedAt + LIFE_SECONDS,
    jti: id,
    client_id: client.id,
    reason_for_request: 'directcare',
    requested_scope: scopes.join(' '),
    requesting_device: { resourceType: 'Device', identifier: device.identifiers, model: device.model, version: device.version },
    requesting_organization: { resourceType: 'Organization', name: organisation.name, identifier: [{ system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: organisation.code }] },
    ...(user ? { requesting_practitioner: practitioner(user) } : {}),
  };
}

/** What stands for the device when a client asks for a token without naming one. */
export function deviceOf({ id, name }: { id: string; name: string }, root: string): Provenance['device'] {
  return { model: name, version: 'not stated', identifiers: [{ system: `${root}/Id/client`, value: id }] };
}

function practitioner({ id, name, sdsUserId, roleProfileId }: NonNullable<Provenance['user']>) {
  const identifier = [
    { system: 'https://fhir.nhs.uk/Id/sds-user-id', value: sdsUserId ?? 'UNK' },
    { system: 'https://fhir.nhs.uk/Id/sds-role-profile-id', value: roleProfileId ?? 'UNK' },
  ];
  return { resourceType: 'Practitioner', id, name: [{ text: name }], identifier };
}
